"""Which findings are only consequences of others: what a scenario lacks may be on a line of it that could not be read."""

from collections.abc import Callable, Iterable, Sequence

from kubelab.authoring.finding import Finding
from kubelab.authoring.misplaced import BACKGROUND, OTHER
from kubelab.authoring.structure import Part
from kubelab.authoring.unreadable import BROKEN, MISTYPED

UNREADABLE = frozenset({BROKEN, MISTYPED, OTHER, BACKGROUND, "unclosed-docstring"})
"""The codes for lines that could not be read, or not as they were meant."""
LACKING = frozenset({"empty-scenario", "empty-examples", "unknown-placeholder"})
"""The codes for what a scenario lacks."""
EMPTY = "no-scenario"


def causes(findings: Iterable[Finding], homes: Callable[[Finding], Sequence[Part]]) -> list[Finding]:
    """The findings, without those about something missing where a line could not be read; `homes` gives a finding's scenarios."""
    found = list(findings)
    unreadable = [finding for finding in found if finding.code in UNREADABLE]
    broken = {part.id for finding in unreadable for part in homes(finding)}

    def follows(finding: Finding) -> bool:
        if finding.code == EMPTY:
            return bool(unreadable)
        return finding.code in LACKING and any(part.id in broken for part in homes(finding))

    return [finding for finding in found if not follows(finding)]
