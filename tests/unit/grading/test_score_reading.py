"""The lines that pytest writes for each objective."""

import json
from pathlib import Path
from typing import Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.grading import score_reading
from kubelab.grading.score_reading import Growing

from .small_class import SCALED, UP, failed, line, passed

LINE: dict[str, Any] = {
    "version": 1,
    "student": "ann",
    "exercise": "controllers/rs_lab",
    "objective": "Scaled in to one",
    "line": 20,
    "of": 2,
    "points": 0,
    "outcome": "failed",
    "sentence": '../lib/kubelab/labs/features/controllers/rs_lab.feature:22  Then ReplicaSet "web" has 1 ready pod',
    "expected": "1 ready pod",
    "last_saw": "web, 2 wanted, 2 ready",
    "cause": "/work/ann/rs-lab.yaml: spec.replicas is 2",
    "hint": "kubectl scale --help",
    "text": "the whole text",
    "seconds": 31.0,
    "kubernetes": "1.36.3",
}


def test_a_line_is_a_mark_of_a_student() -> None:
    """A path, which differs from machine to machine, is shortened."""
    read = score_reading.local(score_reading.read(json.dumps(LINE)), Path("/work/ann"))

    assert (read.student, read.exercise, read.kubernetes) == ("ann", "controllers/rs_lab", "1.36.3")
    assert read.mark.sentence == 'controllers/rs_lab.feature:22  Then ReplicaSet "web" has 1 ready pod'
    assert read.mark.cause == "rs-lab.yaml: spec.replicas is 2"
    assert (read.mark.points, read.mark.of, read.mark.line, read.mark.seconds) == (0, 2, 20, 31.0)


def test_what_is_not_graded_has_no_points() -> None:
    """Whatever the line says."""
    assert score_reading.read(json.dumps({**LINE, "outcome": "not graded", "points": 2})).mark.points == 0


@pytest.mark.parametrize("one", [line("ann", passed(UP)), line("Bö b", failed(SCALED))])
def test_what_is_written_is_read(one: score_reading.ScoreLine) -> None:
    """Without a change."""
    assert score_reading.read(json.dumps(score_reading.written(one))) == one


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1}', json.dumps({**LINE, "points": "many"})])
def test_what_is_not_a_line_is_reported(text: str) -> None:
    """With the text of the line."""
    with pytest.raises(SetupTrouble, match="not a score line of pytest --lab-score"):
        score_reading.read(text)


def test_a_line_of_another_version_is_refused() -> None:
    """Its fields may mean something else."""
    with pytest.raises(SetupTrouble, match="has version 2, and this kubelab reads version 1"):
        score_reading.read(json.dumps({**LINE, "version": 2}))


def test_a_growing_file_is_read_line_by_line(tmp_path: Path) -> None:
    """Each line once, as soon as it is complete."""
    file = tmp_path / "scores"
    growing = Growing(file)
    assert growing.lines() == []

    with file.open("a") as out:
        out.write("one\ntw")
        out.flush()
        assert growing.lines() == ["one"]
        out.write("o\nthr\u2028ee\n")
        out.flush()
        assert growing.lines() == ["two", "thr\u2028ee"]
    assert growing.lines() == []
