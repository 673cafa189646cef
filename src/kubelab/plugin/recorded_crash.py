"""The record of a scenario whose worker process died, written by the process that gave it the scenario: what it did is not known."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab.authoring import Feature, ScenarioText, named, read
from kubelab.plugin import solutions
from kubelab.plugin.recorded_scenario import described, iso
from kubelab.plugin.recorded_sentences import unperformed
from kubelab.plugin.scenario_files import place
from kubelab.records import record_files
from kubelab.records.scenario_record import ERROR, RunFacts, ScenarioRecord

if TYPE_CHECKING:
    import pytest

DIED = "the worker process that ran this scenario died"


def write(folder: Path, config: "pytest.Config", record: ScenarioRecord) -> None:
    """Write it under the name that the worker would have given it."""
    shown, _, name = record.id.partition("::")
    path = config.rootpath / shown
    record_files.write(folder / place(config.rootpath, read(path, shown), path, name, record_files.SUFFIX), record)


def recorded(config: "pytest.Config", nodeid: str, report: "pytest.TestReport", run: RunFacts) -> ScenarioRecord:
    """What its feature says of it; none of its sentences is known to have run."""
    shown, _, name = nodeid.partition("::")
    feature = read(config.rootpath / shown, shown)
    title, text = _scenario(feature, name)
    assessment = _assessment(config, feature, title, name)
    crash: Any = getattr(report.longrepr, "reprcrash", None)
    return ScenarioRecord(
        id=nodeid,
        scenario=title if assessment and assessment.student else name,
        outcome=ERROR,
        began=iso(datetime.now(UTC)),
        seconds=0.0,
        run=run,
        cause=crash.message if crash else "",
        why=DIED,
        text=str(report.longrepr),
        sentences=tuple(unperformed(text.steps)),
        **described(feature, text, title, assessment),
    )


def _scenario(feature: Feature, name: str) -> tuple[str, ScenarioText]:
    """The scenario of an item's name, which may have a student or parameters behind the scenario's own."""
    known = [(title, text) for title, text in named(feature.scenarios) if name == title or name.startswith(f"{title}[")]
    return max(known, key=lambda one: len(one[0]))


def _assessment(config: "pytest.Config", feature: Feature, title: str, name: str) -> solutions.Assessment | None:
    """Of an exercise whose solution it was."""
    return next((one for one in solutions.assessments(config, feature) or () if one.named(title) == name), None)
