"""The file of --lab-score: a line of JSON for each objective of an exercise, written by the controlling process as soon as it is judged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kubelab.plugin import disk, solutions
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.labs import is_scenario
from kubelab.plugin.options import value
from kubelab.plugin.reporting import COULD_NOT_JUDGE
from kubelab.records.scenario_record import ScenarioRecord

SETTING = "score"
SCORE = "kubelab_score"
"""Where a report carries its line."""


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


def carry(report: pytest.TestReport, record: ScenarioRecord) -> None:
    """Let the report that decides carry the line of its objective, if it has one; what comes after it is no longer about that."""
    if record.objective:
        from kubelab.grading import marking, score_reading  # noqa: PLC0415  (only exercises need them)

        vars(report)[SCORE] = score_reading.written(marking.line(record, record.objective))


def _check(config: pytest.Config) -> None:
    if solutions.chosen(config).submitted is not None and value(config, "namespace"):
        raise pytest.UsageError(f"--lab-namespace is about what one student runs, and --lab-{solutions.SETTING} names a list")
    said = value(config, SETTING)
    place = config.invocation_params.dir / said
    if said and (place.is_dir() or not place.parent.is_dir()):
        raise pytest.UsageError(f'--lab-{SETTING} says "{said}", and no file can be written there')
