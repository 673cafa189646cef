"""Whose is what in a folder of submissions: a folder, an archive or a few files per student, under the names of learning platforms too."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kubelab.errors import LabFailure
from kubelab.submissions.archives import ending
from kubelab.submissions.hand_in_names import HandIn, from_platform, hand_in, readable

UNSEEN = (".", "__MACOSX")
"""How names begin of what no student has handed in."""


@dataclass(frozen=True)
class Place:
    """A folder, an archive or a file, and what the student called it; `numbered` where the platform adds which hand-in of it this is."""

    path: Path
    name: str
    numbered: bool = False


@dataclass(frozen=True)
class Source:
    """What one student handed in; `student` is the name that is shown, and no other has it."""

    student: str
    places: tuple[Place, ...]


def students(folder: Path) -> list[Source]:
    """What each student handed in, in the order of their names; LabFailure where there is nothing."""
    found = defaultdict[tuple[str, str], list[Place]](list)
    for path in _listed(folder):
        if whose := _whose(path):
            found[whose.student, whose.number].append(Place(path, whose.file or path.name, whose.is_numbered))
    if not found:
        raise LabFailure(f"{folder}: there are no submissions here. It needs a folder, or an archive (.zip, .tar.gz), for each student.")
    names = _unique(sorted(found))
    return sorted((Source(names[whose], tuple(places)) for whose, places in found.items()), key=lambda one: one.student)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if not one.name.startswith(UNSEEN))
    except NotADirectoryError as error:
        raise LabFailure(f"{folder}: this is not a folder. Unpack it, and name the folder that has the submissions.") from error
    except OSError as error:
        raise LabFailure(f"{folder}: this folder cannot be read: {error.strerror}.") from error


def _whose(path: Path) -> HandIn | None:
    """Whose it is; None for a file that is nobody's. Archives and folders without a platform's name are called as their student.

    Each of these is somebody's own, so its file name stands in the place of the number.
    """
    is_folder = path.is_dir()
    if known := from_platform(path.name, is_folder=is_folder):
        return known
    packed = "" if is_folder else ending(path.name)
    name = path.name.removesuffix(path.name[-len(packed) :]) if packed else path.name
    return HandIn(readable(name), path.name) if is_folder or packed or path.is_symlink() else None


def _unique(whose: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The name that is shown of each: with the platform's number, or one of ours, where several have the same, whatever its case."""
    same = Counter(student.casefold() for student, _ in whose)
    names, taken = dict[tuple[str, str], str](), set(same)
    for student, number in whose:
        name = student if same[student.casefold()] == 1 else _numbered(student, number, taken)
        names[student, number] = name
        taken.add(name.casefold())
    return names


def _numbered(student: str, number: str, taken: set[str]) -> str:
    candidates = [*([number] if number.isdecimal() else []), *map(str, range(1, len(taken) + 2))]
    return next(name for one in candidates if (name := f"{student} ({one})").casefold() not in taken)


def latest(places: Sequence[Place], files: Sequence[str]) -> list[Place]:
    """The places: of the files that are asked for, where the platform numbers them, only what was handed in last, under its first name."""
    numbered = {one.name: one for one in places if one.numbered}
    newest = {file: max(numbered, key=partial(_number, file, files)) for file in files if numbered}
    asked = [replace(numbered[name], name=file) for file, name in newest.items() if _number(file, files, name) >= 0]
    return [*asked, *(one for one in places if not any(_number(file, files, one.name) >= 0 for file in files if one.numbered))]


def _number(file: str, files: Sequence[str], name: str) -> int:
    """Which hand-in of a file one of that name is, -1 for another file."""
    return -1 if name != file and name in files else hand_in(name, file)
