"""How far a student has come with the exercises, as the folders here remember it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kubelab.exercises import Exercise
from kubelab.practice import memory

DONE, PART, CHANGED, BEGUN, NONE = "done", "in part", "changed", "begun", ""
"""All points; some or none of them; files changed since the last check; a folder without a check; nothing here."""


@dataclass(frozen=True)
class Standing:
    """How far one exercise is, in which folder (None where there is none), and the points of the last check, if its files are as then."""

    exercise: Exercise
    state: str
    points: int = 0
    folder: Path | None = None

    @property
    def in_words(self) -> str:
        """The state, with the points where only a part of them was reached."""
        return f"{self.points} of {self.exercise.points}" if self.state == PART else {CHANGED: "changed since"}.get(self.state, self.state)


def standings(exercises: Iterable[Exercise], folder: Path) -> list[Standing]:
    """That of each exercise, in a folder and in those directly below it: where it is furthest."""
    homes = list(_homes(folder))
    return [_best(exercise, homes) for exercise in exercises]


def _homes(folder: Path) -> Iterator[Path]:
    """The folders that remember something."""
    below = sorted(one for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    yield from (one for one in (folder, *below) if (one / memory.HOME).is_dir())


def _best(exercise: Exercise, homes: Iterable[Path]) -> Standing:
    order = (DONE, PART, CHANGED, BEGUN, NONE)
    found = [_in(exercise, home) for home in homes]
    return min(found, key=lambda one: (order.index(one.state), -one.points), default=Standing(exercise, NONE))


def _in(exercise: Exercise, home: Path) -> Standing:
    found = memory.last(home, exercise)
    if found is None:
        is_for = memory.remembered(home) == exercise.name
        return Standing(exercise, BEGUN, folder=home) if is_for else Standing(exercise, NONE)
    if found.digest != memory.digest(home, exercise):
        return Standing(exercise, CHANGED, folder=home)
    return Standing(exercise, DONE if found.is_done else PART, found.points, home)
