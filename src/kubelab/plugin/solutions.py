"""The files that students write for exercises: one folder of them, or those of many students by a list (--lab-solutions)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin.options import value

if TYPE_CHECKING:
    from kubelab.authoring import Feature
    from kubelab.exercises import Exercise, Objective
    from kubelab.manifests import Solution

SETTING = "solutions"
LIST = ".json"
"""How the name of a list ends; what has another name is a folder."""
FIELDS = ("student", "exercise", "folder")


@dataclass(frozen=True)
class Submitted:
    """One line of a list: a student, the name of an exercise, and the folder with the student's files for it."""

    student: str
    exercise: str
    folder: Path


@dataclass(frozen=True)
class Solutions:
    """Where a run finds what students write: `folder` for one, `submitted` for many; both None where nobody says it.

    `shown` is the setting as it was written.
    """

    folder: Path | None = None
    submitted: Sequence[Submitted] | None = None
    shown: str = ""


@dataclass(frozen=True)
class Assessment:
    """An exercise and the files that it is judged by; `student` is named in a list only, and what is from a list nobody has looked at."""

    exercise: "Exercise"
    solution: "Solution | None"
    student: str = ""
    untrusted: bool = False

    def objective(self, title: str) -> "Objective":
        """The objective of that title."""
        return next(one for one in self.exercise.objectives if one.title == title)

    def named(self, title: str) -> str:
        """The name of the item that judges it."""
        return f"{title}[{self.student}]" if self.student else title


CHOSEN = pytest.StashKey[Solutions | str]()


def chosen(config: pytest.Config) -> Solutions:
    """Those of this run; a usage error where the setting cannot be meant."""
    if CHOSEN not in config.stash:
        config.stash[CHOSEN] = _read(value(config, SETTING), config.invocation_params.dir)
    found = config.stash[CHOSEN]
    if isinstance(found, str):
        raise pytest.UsageError(f"--lab-{SETTING} {found}")
    return found


def assessments(config: pytest.Config, feature: "Feature") -> list[Assessment] | None:
    """How a feature is judged: once for each student who has handed something in, where there is a list; None where it is no exercise.

    A list that cannot be read counts as none here: whoever starts the run refuses it.
    """
    from kubelab import exercises  # noqa: PLC0415  (a run without features needs none)

    exercise = exercises.of(feature)
    if exercise is None:
        return None
    submitted = _known(config).submitted
    if submitted is None:
        return [Assessment(exercise, solution(config, exercise))]
    return [_of_submitted(one, exercise) for one in submitted if one.exercise == exercise.name]


def solution(config: pytest.Config, exercise: "Exercise") -> "Solution | None":
    """Where the files of an exercise are: below the folder that was named, or our own solution; None where there is neither."""
    from kubelab import manifests  # noqa: PLC0415

    found, stem = _known(config), Path(exercise.name).name
    if found.folder is None:
        return manifests.solution_of(stem, exercise.files, manifests.folders(exercise.feature, config.rootpath))
    below = next((one for one in (exercise.name, stem) if (found.folder / one).is_dir()), ".")
    return manifests.Solution(found.folder / below, exercise.files, str(Path(found.shown, below)))


def of_file(config: pytest.Config, path: Path) -> "Solution | None":
    """The same for a feature that a Python module binds."""
    from kubelab import exercises  # noqa: PLC0415

    exercise = exercises.read(path)
    return solution(config, exercise) if exercise else None


def _known(config: pytest.Config) -> Solutions:
    try:
        return chosen(config)
    except pytest.UsageError:
        return Solutions()


def _of_submitted(one: Submitted, exercise: "Exercise") -> Assessment:
    from kubelab import manifests  # noqa: PLC0415

    return Assessment(exercise, manifests.Solution(one.folder, exercise.files, "the submission"), one.student, untrusted=True)


def _read(said: str, at: Path) -> Solutions | str:
    """What a setting names, looked for from a folder; a text that says what is wrong with it."""
    place = at / said
    if not said:
        return Solutions()
    if not said.endswith(LIST):
        return Solutions(place, shown=said) if place.is_dir() else f'says "{said}", and there is no such folder'
    try:
        return Solutions(submitted=_listed(json.loads(place.read_text(encoding="utf-8")), place.parent), shown=said)
    except OSError as error:
        return f'says "{said}", which cannot be read: {error.strerror}'
    except ValueError as error:
        return f'says "{said}", which is not a list of submissions: {error}'


def _listed(found: Any, at: Path) -> Sequence[Submitted]:
    """The lines of a list; ValueError that says which of them cannot be meant."""
    lines = found.get("submissions") if isinstance(found, dict) else None
    if not isinstance(lines, list):
        raise ValueError('it is to be {"submissions": [{"student": …, "exercise": …, "folder": …}, …]}')  # noqa: TRY004  (as JSON's own)
    submitted = [_line(number, line, at) for number, line in enumerate(lines, 1)]
    known = set[tuple[str, str]]()
    for one in submitted:
        if (one.student, one.exercise) in known:
            raise ValueError(f'"{one.student}" is there twice with the exercise "{one.exercise}"')
        known.add((one.student, one.exercise))
    return submitted


def _line(number: int, line: Any, at: Path) -> Submitted:
    fields: Mapping[str, Any] = line if isinstance(line, dict) else {}
    student, exercise, folder = (fields.get(field) for field in FIELDS)
    if not all(isinstance(one, str) and one for one in (student, exercise, folder)):
        raise ValueError(f"its entry {number} has not the three texts {', '.join(FIELDS)}")
    if not str(student).isprintable() or "::" in str(student):
        raise ValueError(f"the student of its entry {number} has characters that no name has")
    if not (at / str(folder)).is_dir():
        raise ValueError(f'there is no folder "{folder}" (entry {number})')
    return Submitted(str(student), str(exercise), at / str(folder))
