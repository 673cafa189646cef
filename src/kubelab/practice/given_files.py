"""The files that come with an exercise: manifests of its chapter that its sentences name, or that its task names with their ending."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kubelab import authoring, manifests
from kubelab.errors import LabFailure
from kubelab.exercises import Exercise

FILE = re.compile(r"[\w./-]+\.ya?ml\b")
"""A manifest in a sentence, a command or the task. The name of an object is none: a manifest called so may be half the solution."""


def given(exercise: Exercise) -> list[Path]:
    """Where they lie, in the order in which they are named; none of what the student writes."""
    folders = manifests.folders(exercise.feature, exercise.feature.parent)
    found = dict[Path, None]()
    for name in dict.fromkeys(_names(exercise)):
        with suppress(LabFailure):  # what is not there the sentence will tell
            found[manifests.find(name, folders)] = None
    return [path for path in found if path.name not in exercise.files]


def _names(exercise: Exercise) -> Iterator[str]:
    for scenario in authoring.read(exercise.feature).scenarios:
        for step in scenario.steps:
            yield from FILE.findall(step.text)
    yield from FILE.findall(exercise.task)
