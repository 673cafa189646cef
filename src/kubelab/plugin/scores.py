"""The file of --lab-score: a line of JSON for each objective of an exercise, written by the controlling process as soon as it is judged."""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin import disk, score_lines, solutions
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.labs import is_scenario
from kubelab.plugin.options import value
from kubelab.plugin.reporting import COULD_NOT_JUDGE

if TYPE_CHECKING:
    from kubelab.scenario import Scenario

SETTING = "score"
SCORE = "kubelab_score"
"""Where a report carries its line."""
SECONDS = pytest.StashKey[float]()
"""How long an item has taken so far."""


@dataclass(frozen=True)
class ScoreFile:
    """Writes the lines that reports carry, each at once."""

    path: Path

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the report's line, if it has one; a run whose scores are lost ends."""
        if line := vars(report).get(SCORE):
            try:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(line) + "\n")
            except OSError as error:
                pytest.exit(f"kubelab: the scores cannot be written: {disk.said(error)}", COULD_NOT_JUDGE)


def pytest_configure(config: pytest.Config) -> None:
    """Listen to the reports, in the process that gets all of them."""
    said = value(config, SETTING)
    if said and not hasattr(config, "workerinput"):
        config.pluginmanager.register(ScoreFile(config.invocation_params.dir / said), "kubelab-score")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a serial run, refuse settings that cannot be meant."""
    if not hasattr(config, "workerinput") and any(isinstance(item, ScenarioItem) for item in items):
        _check(config)


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_node_collection_finished(node: Any, ids: Sequence[str]) -> None:
    """In a parallel run likewise."""
    if any(is_scenario(node.config, one) for one in ids):
        _check(node.config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the report that decides carry its line; what comes after it is no longer about the objective."""
    report = yield
    if isinstance(item, ScenarioItem) and item.assessment:
        item.stash[SECONDS] = call.duration + (0.0 if call.when == "setup" else item.stash.get(SECONDS, 0.0))
        if report.when == "call" or (report.when == "setup" and not report.passed):
            error = call.excinfo.value if call.excinfo else None
            told = score_lines.told(item, report, error)
            _carry(report, score_lines.line(item.assessment, item.title, score_lines.outcome(report), {**told, **_measured(item)}))
    return report


@pytest.hookimpl(optionalhook=True, trylast=True)
def pytest_handlecrashitem(crashitem: str, report: pytest.TestReport, sched: Any) -> None:
    """Nobody judged a scenario whose worker died."""
    from kubelab.authoring import read  # noqa: PLC0415

    file, _, name = crashitem.partition("::")
    feature = read(sched.config.rootpath / file) if is_scenario(sched.config, crashitem) else None
    for one in (solutions.assessments(sched.config, feature) if feature else None) or ():
        for title in (objective.title for objective in one.exercise.objectives if one.named(objective.title) == name):
            told = {"cause": "the worker process that ran this scenario died", "text": report.longreprtext}
            _carry(report, score_lines.line(one, title, score_lines.NOT_GRADED, told))


def _check(config: pytest.Config) -> None:
    solutions.chosen(config)
    said = value(config, SETTING)
    place = config.invocation_params.dir / said
    if said and (place.is_dir() or not place.parent.is_dir()):
        raise pytest.UsageError(f'--lab-{SETTING} says "{said}", and no file can be written there')


def _carry(report: pytest.TestReport, line: dict[str, Any]) -> None:
    vars(report)[SCORE] = line


def _measured(item: ScenarioItem) -> dict[str, Any]:
    """How long it took, and on which version of Kubernetes."""
    lab: Scenario | None = item.funcargs.get("lab")  # type: ignore[assignment]
    seconds = item.stash[SECONDS]
    return {"seconds": round(seconds, 2), "kubernetes": lab.cluster.version.removeprefix("v") if lab else ""}
