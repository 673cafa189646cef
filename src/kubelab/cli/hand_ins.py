"""What a class has handed in: the exercises that are graded, and of each student the files that they ask for, in folders of their own."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kubelab.errors import LabFailure, SetupTrouble
from kubelab.exercises import Exercise, found
from kubelab.exercises.exercise_choice import named
from kubelab.grading import Assignment, Goal
from kubelab.grading.file_names import file_name
from kubelab.grading.shards import Shard
from kubelab.submissions import Source, Submission, inspected, read, students


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for: exercises, whether they were `named` there, the part of the class, scenarios at a time."""

    exercises: Sequence[Exercise]
    shard: Shard
    jobs: int
    named: bool


@dataclass(frozen=True)
class HandedIn:
    """The exercises by their names, and the submissions of each student of this shard."""

    exercises: Mapping[str, Exercise]
    submissions: tuple[Submission, ...]

    def assignments(self, version: str) -> dict[str, Assignment]:
        """The exercises as this version of kubelab grades them."""
        return {name: _assignment(exercise, version) for name, exercise in self.exercises.items()}


def chosen(features: Path, names: Iterable[str]) -> list[Exercise]:
    """The exercises below a folder of these names, or all of them without one; ValueError for a name that there is not.

    An exercise is named as everywhere: in full, as "controllers/rs_lab", or by the end of it where that says which.
    """
    there = [one for one in found(features) if one.objectives]
    if not there:
        raise ValueError(f"there are no exercises below {features}: they are feature files with the tag @exercise")
    picked = [named(name, features) for name in names] or there
    known: dict[str, Exercise] = {}
    for one in picked:
        if known.setdefault(one.name, one) != one:
            raise ValueError(f'two features are the exercise "{one.name}": {known[one.name].feature} and {one.feature}. Rename one of them')
    return list(known.values())


def gathered(folder: Path, wanted: Wanted, into: Path) -> HandedIn:
    """Copy what the exercises ask for, of each student in the folder, into folders below `into`, which is made anew.

    Unless they were named, exercises of which nobody in the whole class has handed in any file are left out.
    """
    shutil.rmtree(into, ignore_errors=True)
    try:
        everybody = students(folder)
    except LabFailure as failure:
        raise SetupTrouble(str(failure)) from failure
    own = wanted.shard.of(everybody)
    submissions = [_taken(one, exercise, into) for one in (own if wanted.named else everybody) for exercise in wanted.exercises]
    there = {one.exercise for one in submissions if wanted.named or any(one.folder.iterdir())}
    if not there and own:
        files = ", ".join(sorted({file for exercise in wanted.exercises for file in exercise.files}))
        raise SetupTrouble(f"Nobody in {folder} has handed in a file that an exercise asks for.\nThey ask for: {files}")
    mine = {one.student for one in own}
    exercises = {one.name: one for one in wanted.exercises if wanted.named or one.name in there}
    return HandedIn(exercises, tuple(one for one in submissions if one.student in mine and one.exercise in there))


def _taken(source: Source, exercise: Exercise, into: Path) -> Submission:
    submission = read(source, exercise, into / file_name(source.student) / exercise.name)
    if submission.refusals:
        return submission
    return replace(submission, refusals=tuple(inspected(submission.folder, exercise.files, exercise.kinds, exercise.allows)))


def _assignment(exercise: Exercise, version: str) -> Assignment:
    digest = hashlib.sha256(exercise.feature.read_bytes() + version.encode()).hexdigest()
    goals = tuple(Goal(one.title, one.line, one.points, one.hint) for one in exercise.objectives)
    return Assignment(exercise.name, exercise.title, digest, goals)
