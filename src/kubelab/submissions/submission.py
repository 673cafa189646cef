"""A student's files for one exercise: found in what was handed in, and copied into a folder that holds nothing else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kubelab.submissions.contents import contents
from kubelab.submissions.file_choice import Missing
from kubelab.submissions.refusal import Refusal
from kubelab.submissions.sources import Source, latest


class Asked(Protocol):
    """An exercise as far as it says which files it asks for: its `name` is "controllers/rs_lab"."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files."""


@dataclass(frozen=True)
class Submission:
    """What a student handed in for an exercise: `folder` has the files that were asked for, and no others.

    `refusals` and `missing` say in sentences what was not taken, and which files are not there; of a submission without any file the
    latter are among the former. `digest` (sha256, in hex) changes with the files and with these sentences.
    """

    student: str
    exercise: str
    folder: Path
    digest: str
    refusals: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def read(source: Source, exercise: Asked, into: Path) -> Submission:
    """Copy the files that the exercise asks for into the folder `into`, which is made; FileExistsError where it has one of them already."""
    taken, refusals, missing = _taken(source, exercise)
    if not taken and not refusals:
        refusals, missing = missing, []
    into.mkdir(parents=True, exist_ok=True)
    for name, content in taken.items():
        with (into / name).open("xb") as file:
            file.write(content)
    return Submission(source.student, exercise.name, into, _digest(taken, [*refusals, *missing]), tuple(refusals), tuple(missing))


def _taken(source: Source, exercise: Asked) -> tuple[dict[str, bytes], list[str], list[str]]:
    """The content of each file, what is refused, and what is missing."""
    taken, refusals, missing = dict[str, bytes](), list[str](), list[str]()
    try:
        handed_in = contents(latest(source.places, exercise.files))
    except Refusal as refusal:
        return {}, [str(refusal)], []
    for file in exercise.files:
        try:
            taken[file] = handed_in.find(exercise.name, file).content()
        except Refusal as refusal:
            refusals.append(str(refusal))
        except Missing as sentence:
            missing.append(str(sentence))
    return taken, list(dict.fromkeys(refusals)), missing


def _digest(taken: Mapping[str, bytes], sentences: list[str]) -> str:
    digest = hashlib.sha256()
    for name, content in [*sorted(taken.items()), *(("", sentence.encode(errors="replace")) for sentence in sentences)]:
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()
