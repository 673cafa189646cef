"""The page of --lab-report, made of the run's records at its end, in the process that has all of them."""

from collections.abc import Generator
from pathlib import Path

import pytest

from kubelab.plugin import disk
from kubelab.plugin.options import value
from kubelab.plugin.recording import record_folder, want_records
from kubelab.plugin.run import RUN

SETTING = "report"
NOBODY = "no scenario has run"
SAID = pytest.StashKey[str]()
"""What the end of the run says of it."""


def pytest_configure(config: pytest.Config) -> None:
    """Have records made, of which the page can be."""
    if value(config, SETTING):
        want_records(config)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the page. Nothing that goes wrong here changes the exit code."""
    said = value(session.config, SETTING)
    if said and not hasattr(session.config, "workerinput"):
        try:
            session.config.stash[SAID] = _written(session.config, session.config.invocation_params.dir / said)
        except Exception as error:  # noqa: BLE001  (what is told of the run must never hide its verdicts)
            session.config.stash[SAID] = f"no report: {disk.said(error) or type(error).__name__}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> Generator[None, None, None]:
    """Say below all else where it is, or why it is not there."""
    yield
    if said := config.stash.get(SAID, ""):
        terminalreporter.write_line(f"kubelab: {said}")


def _written(config: pytest.Config, file: Path) -> str:
    from kubelab import reports  # noqa: PLC0415  (only a run with a report needs it)
    from kubelab.records import record_files  # noqa: PLC0415

    folder = record_folder(config)
    files = sorted(folder.rglob(f"*{record_files.SUFFIX}")) if folder else []
    own = [record for record in map(record_files.read, files) if record.run.run == config.stash[RUN].id]
    if not own:
        return f"no report: {NOBODY}"
    reports.write(own, file)
    return f"the report is {file}"
