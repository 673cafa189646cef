"""What is remembered in a student's folder."""

from pathlib import Path

import pytest

from kubelab import exercises
from kubelab.errors import SetupTrouble
from kubelab.exercises import Exercise
from kubelab.exercises.exercise_choice import NotMeant, named
from kubelab.practice import memory
from kubelab.practice.memory import Found

FOUND = Found(2, 3, "d1", {"It is there": "passed", "Scaled in": "failed"})


def test_a_folder_knows_its_exercise(exercise: Exercise, work: Path) -> None:
    """Unless another one is given."""
    memory.begun(work, exercise)

    assert memory.exercise_of(work) == exercise
    assert memory.exercise_of(work, "ingress/page").name == "ingress/page"


def test_of_an_exercise_that_does_not_ship_the_feature_is_remembered(exercise: Exercise, work: Path, tmp_path: Path) -> None:
    """By its path, from any current folder."""
    own = tmp_path / "mine.feature"
    own.write_text(exercise.feature.read_text())
    memory.begun(work, named(str(own), exercises.shipped()))

    assert memory.remembered(work) == str(own)
    assert memory.exercise_of(work).feature == own


def test_a_folder_may_be_called_as_its_exercise(exercise: Exercise, tmp_path: Path) -> None:
    """Otherwise the exercise must be given."""
    for name in ("rs-lab", "mine"):
        (tmp_path / name).mkdir()

    assert memory.exercise_of(tmp_path / "rs-lab") == exercise
    with pytest.raises(NotMeant, match=r"mine was not begun with kubelab start\. Say what it is for: kubelab check --exercise NAME"):
        memory.exercise_of(tmp_path / "mine")


def test_the_last_check_of_each_exercise_is_kept(exercise: Exercise, work: Path) -> None:
    """Separately, and only the last one."""
    other = named("ingress/page", exercises.shipped())
    memory.keep(work, exercise, FOUND)
    memory.keep(work, other, Found(1, 1, "d2", {"It is shown": "passed"}))
    memory.keep(work, exercise, Found(3, 3, "d3", {}))

    last = memory.last(work, exercise)
    assert last == Found(3, 3, "d3", {})
    assert last.is_done
    assert memory.last(work, other) == Found(1, 1, "d2", {"It is shown": "passed"})


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2}', '{"version": 1, "exercises": {"controllers/rs_lab": {"points": 1}}}'])
def test_what_cannot_be_read_was_never_found(exercise: Exercise, work: Path, text: str) -> None:
    """The same for a broken file, or one of another version."""
    (memory.home(work) / memory.CHECK).write_text(text)

    assert memory.last(work, exercise) is None


def test_the_digest_changes_with_each_file_and_with_the_exercise(exercise: Exercise, work: Path) -> None:
    """But not with anything else."""
    digests = [memory.digest(work, exercise)]
    for file in exercise.files:
        (work / file).write_text("kind: Pod")
        digests.append(memory.digest(work, exercise))
    (work / "other.yaml").write_text("kind: Pod")
    unchanged = memory.digest(work, exercise)
    exercise.feature.write_text(exercise.feature.read_text() + "\n")
    digests.append(memory.digest(work, exercise))

    assert len(set(digests)) == 4
    assert unchanged == digests[2]


def test_a_place_that_cannot_be_made_is_named(exercise: Exercise, work: Path) -> None:
    """A file is in its place."""
    (work / memory.HOME).write_text("")

    with pytest.raises(SetupTrouble, match=r"keeps what it finds out in .*/work/\.kubelab, and cannot make it: File exists"):
        memory.begun(work, exercise)
