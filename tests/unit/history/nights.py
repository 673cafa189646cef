"""Nights for tests: records of runs, one a day, and a scenario's outcomes in them as one letter a night."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kubelab.history import history_files, history_reading
from kubelab.history.classes import Standing, Window
from kubelab.history.version_overview import Overview, overview
from kubelab.records.scenario_record import RunFacts, ScenarioRecord, Sentence, Wait

FIRST = datetime(2026, 8, 1, 2, 17, 4, tzinfo=UTC)
OUTCOMES = {"P": "passed", "F": "failed", "E": "error", "S": "skipped"}
FEATURE = "features/pods/run_a_pod.feature"


def night(number: int) -> datetime:
    """When the run of a night began; the first night is 1."""
    return FIRST + timedelta(days=number - 1)


def record(
    number: int = 1,
    letter: str = "P",
    name: str = "It runs",
    *,
    kubernetes: str = "1.36.3",
    feature: str = FEATURE,
    seconds: float = 4.0,
    waits: tuple[Wait, ...] = (),
    student: str = "",
    cause: str = "Pod web was not ready",
) -> ScenarioRecord:
    """The record of a scenario in the run of that night."""
    began = night(number).isoformat()
    return ScenarioRecord(
        id=f"{feature}::{name}",
        feature=feature,
        name="Run a Pod",
        goal="",
        chapter="pods",
        scenario=name,
        line=3,
        outcome=OUTCOMES[letter],
        began=began,
        seconds=seconds,
        run=RunFacts(f"run {number}", began, "0.1.0", kubernetes),
        student=student,
        cause=cause if letter in "FE" else "",
        reason="there is one node only" if letter == "S" else "",
        sentences=(Sentence(5, "Then", 'Pod "web" is ready', "then", OUTCOMES[letter], waits=waits),),
    )


def nights(letters: str, name: str = "It runs", *, kubernetes: str = "1.36.3", feature: str = FEATURE) -> Iterator[ScenarioRecord]:
    """Records of a scenario, one run a night; a dot is a night without it."""
    for number, letter in enumerate(letters, 1):
        if letter != ".":
            yield record(number, letter, name, kubernetes=kubernetes, feature=feature)


def seen(folder: Path, *, at: int | None = None, stale: int = 7, last: int | None = None) -> list[Overview]:
    """The analysis of the history in the folder, an hour after the newest run or after that of the given night."""
    histories = history_reading.read(folder)
    newest = max(run.began for one in histories for run in one.runs)
    now = night(at) if at else datetime.fromisoformat(newest)
    return [overview(one, Window(now + timedelta(hours=1), stale, last)) for one in histories]


def standing(folder: Path, letters: str, *, at: int | None = None, last: int | None = None) -> Standing:
    """The analysis of a scenario with these nights, beside one that passes in every night."""
    history_files.add([*nights(letters), *nights("P" * len(letters), "Another")], folder)
    (found,) = seen(folder, at=at, last=last)
    return next(one for one in found.standings if one.track.name == "It runs")
