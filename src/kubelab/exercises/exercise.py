"""One exercise, as its feature says it: the task, the files that students write, and the objectives with their points."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kubelab import authoring
from kubelab.authoring import Feature, exercise_tags
from kubelab.authoring.chapters import heading
from kubelab.authoring.exercise_tags import ALLOW, EXERCISE, FILE, KIND, LIVE

FEATURES = "features"


@dataclass(frozen=True)
class Objective:
    """A scenario of an exercise, or one row of an outline, named as pytest names it."""

    title: str
    line: int
    points: int = 1
    hint: str = ""


@dataclass(frozen=True)
class Exercise:
    """An exercise. `name` is the path of its feature below features/, without its ending; of a feature elsewhere the file's stem.

    `task` is the description of the feature; `files` are those that students write, `kinds` those that they may declare in them.
    `chapter` is what stands before the name's last slash; `allows` are fields that are refused in other exercises. `is_live`: it may be
    judged by what runs in a namespace already.
    """

    name: str
    feature: Path
    title: str
    task: str
    files: tuple[str, ...]
    kinds: tuple[str, ...]
    objectives: tuple[Objective, ...]
    chapter: str = ""
    allows: tuple[str, ...] = ()
    is_live: bool = False

    @property
    def points(self) -> int:
        """What all its objectives are worth."""
        return sum(objective.points for objective in self.objectives)


def read(path: Path) -> Exercise | None:
    """The exercise in a feature file; None where the feature is not tagged so, or cannot be read."""
    return of(authoring.read(path))


def of(feature: Feature) -> Exercise | None:
    """The exercise that a feature is; None where it is not tagged so."""
    if EXERCISE not in feature.tags:
        return None
    files, kinds, allows = (tuple(exercise_tags.values(feature.tags, what)) for what in (FILE, KIND, ALLOW))
    return Exercise(
        name=(name := _name(feature.path)),
        feature=feature.path,
        title=heading(feature.name),
        task=inspect.cleandoc(feature.description),
        files=files,
        kinds=kinds,
        objectives=tuple(_objectives(feature)),
        chapter=name.rpartition("/")[0],
        allows=allows,
        is_live=LIVE in feature.tags,
    )


def _objectives(feature: Feature) -> Iterator[Objective]:
    for name, text in authoring.named(feature.scenarios):
        yield Objective(name, text.line, text.points or 1, text.hint)


def _name(path: Path) -> str:
    """Its path below the last folder of that name, or its stem."""
    parts = path.absolute().with_suffix("").parts
    folders = parts[:-1]
    at = len(folders) - 1 - folders[::-1].index(FEATURES) if FEATURES in folders else len(folders) - 1
    return "/".join(parts[at + 1 :])
