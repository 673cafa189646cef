"""The timelines of scenarios that pass, printed at the end of the run where --lab-timeline asks for them."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.options import chosen

if TYPE_CHECKING:
    from kubelab.scenario import Scenario

TIMELINE = "kubelab_timeline"
"""Where a report carries its lines."""
NOTHING = "nothing was seen"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the report of a scenario that passed carry its timeline."""
    report = yield
    if isinstance(item, ScenarioItem) and call.when == "call" and report.passed and chosen(item.config).timeline:
        vars(report)[TIMELINE] = _lines(item)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print them, one below the other."""
    told: list[Any] = [one for word in ("passed", "xpassed") for one in terminalreporter.getreports(word) if TIMELINE in vars(one)]
    if told:
        terminalreporter.section("timelines")
    for report in told:
        terminalreporter.write_line("\n  ".join([report.nodeid, *(vars(report)[TIMELINE] or [NOTHING])]))


def _lines(item: ScenarioItem) -> list[str]:
    from kubelab.observation.timeline import in_lines  # noqa: PLC0415  (only who asks for it needs it)
    from kubelab.plugin.failure_text import as_named  # noqa: PLC0415

    lab: Scenario = item.funcargs["lab"]  # type: ignore[assignment]
    return [as_named(item, line) for line in in_lines(lab.store.last_view(lab.since), lab.store.gaps())]
