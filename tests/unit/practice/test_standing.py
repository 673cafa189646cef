"""How far the exercises are, according to the folders here."""

from pathlib import Path

import pytest

from kubelab import exercises
from kubelab.exercises import Exercise
from kubelab.practice import memory
from kubelab.practice.memory import Found
from kubelab.practice.standing import BEGUN, CHANGED, DONE, NONE, PART, Standing, standings


def of(exercise: Exercise, folder: Path) -> Standing:
    """The state of one exercise in the folder."""
    [found] = standings([exercise], folder)
    return found


def checked(exercise: Exercise, folder: Path, points: int) -> None:
    """A check has found that number of points in a folder with its current files."""
    folder.mkdir(exist_ok=True)
    memory.keep(folder, exercise, Found(points, 3, memory.digest(folder, exercise), {}))


def test_nothing_is_known_of_a_folder_without_memory(shipped: Path, work: Path) -> None:
    """Nor about one that does not exist."""
    found = exercises.found(shipped)

    assert [one.state for one in standings(found, work)] == [NONE, NONE, NONE]
    assert [one.state for one in standings(found, work / "none")] == [NONE, NONE, NONE]


@pytest.mark.parametrize("below", ["", "mine"])
def test_an_exercise_is_begun_then_in_part_then_done(exercise: Exercise, work: Path, below: str) -> None:
    """In this folder, or in a direct subfolder."""
    folder = work / below
    memory.begun(folder, exercise)
    begun = of(exercise, work)
    checked(exercise, folder, 2)
    part = of(exercise, work)
    checked(exercise, folder, 3)
    done = of(exercise, work)

    assert (begun.state, begun.in_words, begun.folder) == (BEGUN, "begun", folder)
    assert (part.state, part.in_words, part.points) == (PART, "2 of 3", 2)
    assert (done.state, done.in_words, done.points) == (DONE, "done", 3)


def test_what_was_found_of_other_files_counts_no_more(exercise: Exercise, work: Path) -> None:
    """Until the files are as they were."""
    (work / "rs-lab.yaml").write_text("kind: ReplicaSet")
    checked(exercise, work, 3)
    (work / "rs-lab.yaml").write_text("kind: Pod")
    changed = of(exercise, work)
    (work / "rs-lab.yaml").write_text("kind: ReplicaSet")

    assert (changed.state, changed.in_words) == (CHANGED, "changed since")
    assert of(exercise, work).state == DONE


def test_the_folder_where_it_is_furthest_counts(exercise: Exercise, work: Path) -> None:
    """If there are several."""
    for name, points in [("a", 1), ("b", 2), ("c", 0)]:
        checked(exercise, work / name, points)
    memory.begun(work, exercise)

    assert of(exercise, work) == Standing(exercise, PART, 2, work / "b")
