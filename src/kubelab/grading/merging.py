"""Puts the results of several machines together into those of the class."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from kubelab.errors import SetupTrouble
from kubelab.grading.marks import Assignment, Grade, Results

One = TypeVar("One", Assignment, Grade)
Told = Iterable[tuple[Path, One]]
"""Things with the place that each comes from."""


def merged(parts: Sequence[tuple[Path, Results]]) -> Results:
    """The results of all parts, in whatever order they come; each part is named by its place.

    SetupTrouble where two parts were graded by different exercises, or where two have different grades for the same student.
    """
    exercises = _assignments((place, one) for place, part in parts for one in part.exercises)
    grades = _grades((place, one) for place, part in parts for one in part.grades)
    results = [part for _, part in parts]
    kubernetes = chain.from_iterable(part.kubernetes.split(", ") for part in results)
    kubelab = chain.from_iterable(part.kubelab.split(", ") for part in results)
    return Results.of(kubernetes, kubelab, exercises.values(), grades.values())


def _assignments(told: Told[Assignment]) -> Mapping[str, Assignment]:
    found: dict[str, tuple[Path, Assignment]] = {}
    for place, one in told:
        first, known = found.setdefault(one.name, (place, one))
        if known != one:
            raise SetupTrouble(
                f'The exercise "{one.name}" is not the same in {first} and in {place}: it was changed, or another kubelab graded it.\n'
                "Grade both with the same exercises and the same kubelab"
            )
    return {name: one for name, (_, one) in found.items()}


def _grades(told: Told[Grade]) -> Mapping[tuple[str, str], Grade]:
    found: dict[tuple[str, str], tuple[Path, Grade]] = {}
    for place, one in told:
        who = (one.student, one.exercise)
        first, known = found.setdefault(who, (place, one))
        if known.digest != one.digest:
            raise _twice(one, first, place, "with different files")
        if known.graded and one.graded and [_worth(known), known.refusals] != [_worth(one), one.refusals]:
            raise _twice(one, first, place, "and the same files have different points")
        if one.graded and not known.graded:
            found[who] = (place, one)
    return {who: one for who, (_, one) in found.items()}


def _worth(grade: Grade) -> list[int]:
    return [mark.points for mark in grade.marks]


def _twice(one: Grade, first: Path, second: Path, how: str) -> SetupTrouble:
    return SetupTrouble(
        f'"{one.student}" is graded in "{one.exercise}" twice, {how}: in {first} and in {second}.\n'
        "Merge only the folder that counts, or give the shards the same submissions"
    )
