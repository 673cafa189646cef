"""Makes the record of each scenario, from which scores and JUnit's properties are made, and keeps it where somebody wants it.

The process that ran the scenario does so: makes it when the last sentence has ended, writes it as soon as the teardown is over.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kubelab.plugin import disk, scores
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.labs import is_scenario
from kubelab.plugin.options import value
from kubelab.plugin.run import RUN
from kubelab.records.scenario_record import RunFacts, ScenarioRecord

SETTING = "record"
FOLDER = pytest.StashKey[Path]()
WANTED = pytest.StashKey[bool]()
BEGAN = pytest.StashKey[str]()
"""The time of day when the run began, the same in all its processes."""
SETUP = pytest.StashKey[pytest.CallInfo[None]]()
RECORD = pytest.StashKey[ScenarioRecord]()
"""What is known of an item before its teardown."""
CARRIERS: tuple[Callable[[pytest.TestReport, ScenarioRecord], None], ...] = (scores.carry,)
"""What lets the report that decides carry something to the controlling process, made from the record."""
LOST = "kubelab_lost_record"
"""Where a report says why there is no record."""


def want_records(config: pytest.Config) -> None:
    """Have records made also without --lab-record, in a folder that is removed at the end; to be called by `pytest_configure`."""
    config.stash[WANTED] = True


def record_folder(config: pytest.Config) -> Path | None:
    """Where the records of this run are, None where nobody wants any."""
    if FOLDER not in config.stash:
        said, told = value(config, SETTING), getattr(config, "workerinput", {}).get("kubelab_records")
        if told:
            config.stash[FOLDER] = Path(told)
        elif said:
            config.stash[FOLDER] = config.invocation_params.dir / said
        elif config.stash.get(WANTED, False):
            config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="kubelab-records-"))
            config.add_cleanup(lambda: shutil.rmtree(config.stash[FOLDER], ignore_errors=True))
    return config.stash.get(FOLDER, None)


def pytest_configure(config: pytest.Config) -> None:
    """Note when the run began."""
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    config.stash[BEGAN] = getattr(config, "workerinput", {}).get("kubelab_began") or now


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the records are, and when the run began."""
    folder = record_folder(node.config)
    node.workerinput.update(kubelab_records=str(folder or ""), kubelab_began=node.config.stash[BEGAN])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remove the record of an earlier run: if this one is interrupted, it would be taken for its own."""
    folder = record_folder(item.config)
    if isinstance(item, ScenarioItem) and folder and not item.config.getoption("setuponly", default=False):
        with suppress(OSError, ValueError):
            _file(folder, item).unlink(missing_ok=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take what the reports say, as pytest and other plugins have decided it; nothing that goes wrong here changes a verdict."""
    report = yield
    if isinstance(item, ScenarioItem):
        _keeping(report, lambda: _take(item, call, report))
    return report


@pytest.hookimpl(optionalhook=True, trylast=True)
def pytest_handlecrashitem(crashitem: str, report: pytest.TestReport, sched: Any) -> None:
    """Nobody else has a record of a scenario whose worker died."""
    if is_scenario(sched.config, crashitem):
        _keeping(report, lambda: _take_crash(sched.config, crashitem, report))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in a line how many records are lost, and why."""
    from kubelab.conditions.in_words import counted  # noqa: PLC0415  (a run without labs needs none of it)

    reports = [one for some in terminalreporter.stats.values() for one in some]
    for reason, count in Counter(vars(one)[LOST] for one in reports if LOST in getattr(one, "__dict__", {})).items():
        terminalreporter.write_line(f"kubelab: {counted(count, 'record')} could not be kept: {reason}")


def facts(config: pytest.Config) -> RunFacts:
    """What is known of the run, and of its cluster where it has one."""
    run = config.stash[RUN]
    cluster = (run.known.get("facts") or {}).get("cluster") or {}
    told = {"cluster": cluster.get("name", ""), "provider": cluster.get("provider", "")}
    kubernetes = str(cluster.get("version", "")).removeprefix("v")
    return RunFacts(run.id, config.stash[BEGAN], _version(), kubernetes, **told)


@cache
def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  (it reads a file)

    return version("kubelab")


def _take(item: ScenarioItem, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
    """Make the record when the scenario has ended; JUnit reads that report and the teardown's. When the teardown is over, write it."""
    if call.when == "setup":
        item.stash[SETUP] = call
    if call.when == "call" or (call.when == "setup" and not report.passed):
        item.stash[RECORD] = _judged(item, call, report)
    if record := item.stash.get(RECORD, None):
        from kubelab.plugin.junit_properties import properties  # noqa: PLC0415  (a run without labs needs none of it)

        report.user_properties[:0] = properties(record)
        if call.when == "teardown":
            del item.stash[RECORD]
            _write(record, item, call, report)


def _judged(item: ScenarioItem, call: pytest.CallInfo[None], report: pytest.TestReport) -> ScenarioRecord:
    """The record, from which the report gets at once what it carries; what was seen is in it only where it is kept."""
    from kubelab.plugin.recorded_scenario import recorded, seen  # noqa: PLC0415  (collection needs none of it)

    error = call.excinfo.value if call.excinfo else None
    record = recorded(item, report, error, item.stash[SETUP], facts(item.config))
    _load(report, record)
    return seen(record, item, error) if record_folder(item.config) else record


def _write(record: ScenarioRecord, item: ScenarioItem, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
    """Keep it where somebody wants it; the teardown may have had trouble."""
    from kubelab.plugin.recorded_scenario import late  # noqa: PLC0415
    from kubelab.records import record_files  # noqa: PLC0415

    if folder := record_folder(item.config):
        error = call.excinfo.value if call.excinfo else None
        record_files.write(_file(folder, item), late(record, item, report, error) if report.failed else record)


def _take_crash(config: pytest.Config, nodeid: str, report: pytest.TestReport) -> None:
    from kubelab.plugin import recorded_crash  # noqa: PLC0415  (only a crash needs it)

    record = recorded_crash.recorded(config, nodeid, report, facts(config))
    _load(report, record)
    if folder := record_folder(config):
        recorded_crash.write(folder, config, record)


def _load(report: pytest.TestReport, record: ScenarioRecord) -> None:
    for carry in CARRIERS:
        carry(report, record)


def _keeping(report: pytest.TestReport, keep: Callable[[], None]) -> None:
    try:
        keep()
    except Exception as error:  # noqa: BLE001  (a record that cannot be made must never hide the verdict)
        vars(report)[LOST] = disk.said(error) or type(error).__name__


def _file(folder: Path, item: ScenarioItem) -> Path:
    from kubelab.plugin.scenario_files import place  # noqa: PLC0415
    from kubelab.records.record_files import SUFFIX  # noqa: PLC0415

    return folder / place(item.config.rootpath, item.feature, item.path, item.name, SUFFIX)
