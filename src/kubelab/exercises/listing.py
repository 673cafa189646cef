"""Which exercises there are: those below a folder, in the order of its course."""

from pathlib import Path

import kubelab
from kubelab.authoring.chapters import COURSE, chapters
from kubelab.exercises.exercise import FEATURES, Exercise, read


def shipped() -> Path:
    """The folder with the features of the installed package."""
    return Path(kubelab.__file__).parent / "labs" / FEATURES


def found(features: Path) -> list[Exercise]:
    """Every exercise below a folder: first those of its course.yaml, where it has one, in that order, then the others by their path."""
    listed = (
        [path for chapter in chapters(features) for lab in chapter.labs for path in lab.features] if (features / COURSE).is_file() else []
    )
    paths = dict.fromkeys([*(path for path in listed if path.is_file()), *sorted(features.rglob("*.feature"))])
    return [exercise for exercise in map(read, paths) if exercise]
