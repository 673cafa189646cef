"""A history as workflow commands of GitHub Actions: errors for what is broken or stale, warnings for what is flaky or not judged."""

from collections.abc import Iterator, Sequence

from kubelab.history import history_text
from kubelab.history.classes import ALARMS, FLAKY, NOT_JUDGED
from kubelab.history.version_overview import Overview


def lines(overviews: Sequence[Overview]) -> Iterator[str]:
    """A line each (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands)."""
    for one in overviews:
        if one.warning:
            yield f"::{'error' if one.alarm else 'warning'} title={_property(one.name)}::{_escaped(one.warning)}"
        for row in one.needing:
            if row.kind in ALARMS | {FLAKY, NOT_JUDGED}:
                level, title = "error" if row.kind in ALARMS else "warning", f"{row.kind} on {one.name}"
                yield f"::{level} title={_property(title)}::{_escaped(f'{row.track.feature}: {row.track.name}: {history_text.what(row)}')}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
