"""With `--collect-only` nothing runs, but what is wrong with features is still reported, also by the exit code."""

import pytest

from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.reporting import COULD_NOT_JUDGE

WRONG = pytest.StashKey[list[str]]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the findings of the selected scenarios, each once."""
    if session.config.option.collectonly:
        findings = {finding for item in session.items if isinstance(item, ScenarioItem) for finding in item.findings}
        session.config.stash[WRONG] = [str(finding) for finding in sorted(findings)]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Set the exit code if not everything can run."""
    if exitstatus == pytest.ExitCode.OK and session.config.stash.get(WRONG, []):
        session.exitstatus = COULD_NOT_JUDGE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the findings."""
    if wrong := terminalreporter.config.stash.get(WRONG, []):
        terminalreporter.section("wrong in feature files")
        terminalreporter.write_line("\n".join(wrong))
