"""`kubelab grade` on classes of our own making: right solutions get all points, wrong ones lose those of the objectives they miss."""

import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.changes import ROOT, Change, changes
from tests.cluster.hand_ins import by_student, graded, grades, hand_in, lost, solution
from tests.cluster.runs import FROM_A_TERMINAL
from tests.cluster.weather import COMMAND

pytestmark = pytest.mark.cluster

EXERCISES = sorted((path.parts[-3], path.name) for path in (ROOT / "manifests").glob("*/solutions/*"))
OF_STUDENTS = (".yaml", ".sh")
RIGHT, WRONG = 10, 20
"""How many hand-ins of each kind a class has."""


def of(folder: str, chapter: str, lab: str) -> list[Change]:
    """The changes of an exercise that a student could have made."""
    found = [one for one in changes(folder) if (one.chapter, one.lab) == (chapter, lab) and one.file.endswith(OF_STUDENTS)]
    return [one for one in found if (solution(chapter, lab) / one.file).exists()]


def school_class(folder: Path, chapter: str, lab: str) -> dict[str, Change | None]:
    """Write a folder for each student: our solution, its variants, each wrong one; returns what was changed for each student."""
    students: dict[str, Change | None] = {"ours": None}
    students |= {f"variant-{at:02}": one for at, one in enumerate(of("variants", chapter, lab))}
    students |= {f"wrong-{at:02}": one for at, one in enumerate(of("wrong", chapter, lab))}
    for student, change in students.items():
        hand_in(folder / student, chapter, lab, change)
    return students


@pytest.mark.nightly
@pytest.mark.parametrize(("chapter", "lab"), EXERCISES, ids=lambda part: part)
def test_every_solution_gets_what_it_deserves(tmp_path: Path, chapter: str, lab: str) -> None:
    """All points, or all except those of the missed objectives; the first line of a cause names what is wrong."""
    students = school_class(tmp_path / "class", chapter, lab)

    done = graded(tmp_path / "class", tmp_path / "grades", "--exercise", f"{chapter}/{lab}")

    assert done.returncode == 0, done.stdout + done.stderr
    found = by_student(grades(tmp_path / "grades"))
    assert {student: set(lost(found[student])) for student in students} == {
        student: set(change.loses if change else ()) for student, change in students.items()
    }
    for student, change in students.items():
        if change and change.because:
            refused = found[student]["refusals"]  # what a submission may not ask for has a reason of its own
            assert refused or change.because in said(found[student]), student


def said(grade: Mapping[str, Any]) -> str:
    """The whole feedback for a student."""
    return "\n".join(text for one in grade["objectives"] for text in (one["sentence"], *map(str, one["seen"].values())))


def thirty(folder: Path, *, backwards: bool = False) -> None:
    """A class with ten right solutions of rs_lab and twenty that are wrong in different ways, written in this order or in reverse."""
    right = [None, *of("variants", "controllers", "rs_lab")]
    wrong = of("wrong", "controllers", "rs_lab")
    hand_ins = [(f"right-{at:02}", right[at % len(right)]) for at in range(RIGHT)]
    hand_ins += [(f"wrong-{at:02}", wrong[at % len(wrong)]) for at in range(WRONG)]
    for student, change in reversed(hand_ins) if backwards else hand_ins:
        hand_in(folder / student, "controllers", "rs_lab", change)


def told(folder: Path) -> dict[str, tuple[int, list[str]]]:
    """By student, the points and the objectives that did not pass."""
    return {student: (grade["points"], lost(grade)) for student, grade in by_student(grades(folder)).items()}


@pytest.mark.nightly
def test_a_class_of_thirty_is_graded_alike_in_another_order_and_after_a_stop(tmp_path: Path) -> None:
    """What was judged before the stop is not run again."""
    for name, backwards in (("class", False), ("reordered", True)):
        thirty(tmp_path / name, backwards=backwards)
    words = ("--exercise", "controllers/rs_lab")
    stopped = [*FROM_A_TERMINAL, *COMMAND, "grade", str(tmp_path / "class"), "--to", str(tmp_path / "stopped"), "--jobs", "4", *words]

    first = graded(tmp_path / "class", tmp_path / "first", *words)
    second = graded(tmp_path / "reordered", tmp_path / "second", *words)
    stop_in_the_middle(stopped, tmp_path / "stopped")
    before = (tmp_path / "stopped" / "journal.jsonl").read_text()
    third = graded(tmp_path / "class", tmp_path / "stopped", *words)

    assert [done.returncode for done in (first, second, third)] == [0, 0, 0], first.stdout + first.stderr + third.stderr
    assert told(tmp_path / "first") == told(tmp_path / "second") == told(tmp_path / "stopped")
    assert before
    assert (tmp_path / "stopped" / "journal.jsonl").read_text().startswith(before)
    assert all((points == 3) == student.startswith("right") for student, (points, _) in told(tmp_path / "first").items())


def stop_in_the_middle(command: list[str], to: Path) -> None:
    """Start grading, and interrupt it after a few objectives are judged."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for _ in process.stdout or ():
            journal = to / "journal.jsonl"
            if journal.exists() and journal.read_text().count('"objective"') >= 4:
                break
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[0]
    assert process.returncode == 130, said
    assert "the same command goes on" in said


def test_features_that_a_student_hands_in_are_not_loaded(tmp_path: Path) -> None:
    """Files that the exercise does not ask for are not loaded, and cost no points."""
    hand_in(tmp_path / "class" / "ann", "controllers", "rs_lab")
    (tmp_path / "class" / "ann" / "conftest.py").write_text("raise SystemExit('it was loaded')\n")
    (tmp_path / "class" / "ann" / "rs_lab.feature").write_text("Feature: Nothing\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "class" / "ann" / "pytest.ini")

    done = graded(tmp_path / "class", tmp_path / "grades", "--exercise", "controllers/rs_lab")

    assert done.returncode == 0, done.stdout + done.stderr
    assert told(tmp_path / "grades") == {"ann": (3, [])}
