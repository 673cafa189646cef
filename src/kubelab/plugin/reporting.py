"""Separates failures from errors: trouble of the run is reported as ERROR, whenever it came, and the exit code tells which it was."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from itertools import groupby
from textwrap import dedent
from typing import Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.labs import is_scenario
from kubelab.plugin.options import chosen, value
from kubelab.plugin.pytest_bdd_scenarios import LAB

COULD_NOT_JUDGE = 6
"""The exit code if nothing failed but some scenarios could not be judged; pytest's own codes end at 5."""


@dataclass(eq=False)
class Tally:
    """Counts what failed and what could not be judged; in the controlling process also the reports of workers."""

    config: pytest.Config
    failed: int = 0
    troubled: int = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one report."""
        if report.failed and report.when != "call" and is_scenario(self.config, report.nodeid):
            self.troubled += 1
        elif report.failed:
            self.failed += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count files that cannot be collected as failures, as pytest does."""
        self.failed += report.failed


TALLY = pytest.StashKey[Tally]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count."""
    config.stash[TALLY] = Tally(config)
    config.pluginmanager.register(config.stash[TALLY], "kubelab-tally")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn trouble into an error, and give a scenario's report its line in the feature file."""
    report = yield
    if call.excinfo and isinstance(call.excinfo.value, SetupTrouble):
        report.when = "setup" if report.when == "call" else report.when
        _expect_none(report)
    if isinstance(item, ScenarioItem):
        _tell(item, report, call.excinfo)
    elif report.failed and LAB in item.stash:
        vars(item)["failed"] = True
    return report


def _expect_none(report: pytest.TestReport) -> None:
    """Trouble is an error also for a scenario that is marked to fail: it has not been seen to fail."""
    report.outcome = "failed"
    vars(report).pop("wasxfail", None)


def _tell(item: ScenarioItem, report: pytest.TestReport, excinfo: pytest.ExceptionInfo[BaseException] | None) -> None:
    report.location = (report.location[0], item.line - 1, item.name)
    if report.failed and excinfo:
        from kubelab.plugin.failure_text import cause, sentence, told  # noqa: PLC0415  (only a failure needs it)
        from kubelab.pytest_internals import failure_text  # noqa: PLC0415

        item.failed = True
        text = told(item, excinfo.value)
        if text:
            shown = "" if report.when == "call" and item.config.getoption("tbstyle") == "line" else text
            report.longrepr = failure_text(shown, item.path, item.line, cause(item, excinfo.value))
        _keep_evidence(item, report, excinfo.value, text or str(report.longrepr))
        report.sections += [("sentence", sentence(item))] if report.when == "call" and not text else []


def _keep_evidence(item: ScenarioItem, report: pytest.TestReport, error: BaseException, text: str) -> None:
    """Write the files of --lab-evidence; if that fails, say so without changing the verdict."""
    from kubelab.plugin import disk, evidence_files  # noqa: PLC0415

    folder = chosen(item.config).evidence
    try:
        if folder:
            evidence_files.write(folder, item, error, text, teardown=report.when == "teardown")
    except (OSError, ValueError) as trouble:  # ValueError: a name that the file system has no letters for
        report.sections.append(("evidence", f"The evidence could not be written into {folder}: {disk.said(trouble)}"))


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(crashitem: str, report: pytest.TestReport, sched: Any) -> None:
    """A scenario whose worker died could not be judged: an error, not a failure."""
    if is_scenario(sched.config, crashitem):
        from kubelab.pytest_internals import failure_text  # noqa: PLC0415

        file, _, title = crashitem.partition("::")
        report.when = "setup"
        report.location = (file, None, title)
        died = f"the worker process that ran this scenario died ({report.longrepr}); nothing is known about the scenario."
        text = f"{file}  {title}\n  {died}\n  Was it killed, or short of memory? Its namespace is removed at the end of the run."
        report.longrepr = failure_text(text, sched.config.rootpath / file, 1, died)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Set the exit code if nothing failed but something could not be judged."""
    tally = session.config.stash[TALLY]
    if exitstatus == pytest.ExitCode.TESTS_FAILED and tally.troubled and not tally.failed:
        session.exitstatus = COULD_NOT_JUDGE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print why scenarios were skipped, which pytest does only with -rs."""
    skipped = [report for report in terminalreporter.getreports("skipped") if is_scenario(config, report.nodeid)]
    told = [(report.nodeid.partition("::")[0], report.longrepr[2].removeprefix("Skipped: ")) for report in skipped]
    # What is skipped for a tag has a reason that does not begin with a place in its file.
    reasons = _by_reason(reason for file, reason in told if reason.startswith(f"{file}:"))
    if reasons:
        terminalreporter.section("not judged in this namespace" if value(config, "namespace") else "not possible on this cluster")
        terminalreporter.write_line("\n".join(reasons))


def _by_reason(told: Iterable[str]) -> list[str]:
    """Each reason once, with its sentences below."""
    parts = sorted(tuple(reversed(one.partition("\n")[::2])) for one in told)
    grouped = groupby(parts, key=lambda part: dedent(part[0]))
    return [line for reason, sentences in grouped for line in (reason, *(f"  {sentence}" for _, sentence in sentences))]
