"""At the end of a run: which sentences waited longest, and which were met only when most of their time was over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from kubelab import durations
from kubelab.plugin.narration import WAITS
from kubelab.records.scenario_record import TIGHT, Wait

MOST = 5
"""Lines of each section."""
LONG = 1.0
"""Seconds from which a wait is worth telling."""


@dataclass(frozen=True)
class Waited:
    """A wait of a sentence, with the place and the text of that."""

    wait: Wait
    place: str
    sentence: str

    @property
    def figures(self) -> str:
        """`2.1 of 30 s`: a limit is looked at when it is over, and then a little later than that."""
        return durations.of(min(self.wait.waited, self.wait.limit), self.wait.limit)

    @property
    def share(self) -> str:
        """`  7 %  `."""
        return f"{min(self.wait.used, 1) * 100:3.0f} %  "


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print both, where there is something to tell."""
    if config.get_verbosity() < 0:
        return
    waits = [one for one in _waits(terminalreporter) if one.wait.met and not one.wait.stretch]
    slow = sorted((one for one in waits if one.wait.waited >= LONG), key=lambda one: (-one.wait.waited, one.place))
    tight = sorted((one for one in waits if one.wait.used >= TIGHT), key=lambda one: (-one.wait.used, one.place))
    _section(terminalreporter, "slowest waits", [("", one) for one in slow[:MOST]])
    _section(terminalreporter, "least headroom", [(one.share, one) for one in tight[:MOST]])


def _section(terminalreporter: pytest.TerminalReporter, title: str, told: Sequence[tuple[str, Waited]]) -> None:
    if told:
        width = max(len(one.figures) for _, one in told)
        terminalreporter.ensure_newline()
        terminalreporter.section(title)
        terminalreporter.write_line("\n".join(f"{share}{one.figures:>{width}}  {one.place}  {one.sentence}" for share, one in told))


def _waits(terminalreporter: pytest.TerminalReporter) -> Iterator[Waited]:
    """Those that the reports carry, whichever process ran the scenario."""
    for report in {id(one): one for reports in terminalreporter.stats.values() for one in reports}.values():
        for told in getattr(report, WAITS, ()):
            yield _waited(**told)


def _waited(place: str, sentence: str, **told: Any) -> Waited:
    return Waited(Wait(**told), place, sentence)
