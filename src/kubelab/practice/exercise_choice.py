"""Which exercise a student means: by its name, by the end of it, by the file of a feature."""

from collections.abc import Iterable
from pathlib import Path

from kubelab import exercises
from kubelab.client.likeness import nearest
from kubelab.exercises import Exercise

ENDING = ".feature"


class NotMeant(Exception):  # noqa: N818  (nothing is in trouble: a word on the command line is wrong)
    """No exercise can be meant; the text says which there are."""


def named(name: str) -> Exercise:
    """The exercise of that name, or whose name ends in it, with dashes or underscores; or that in the file of a feature.

    NotMeant with the nearest names where there is none, or several.
    """
    home = exercises.shipped()
    if name.endswith(ENDING) and Path(name).is_file():
        return _read(Path(name))
    called = {path: path.relative_to(home).with_suffix("").as_posix() for path in sorted(home.rglob(f"*{ENDING}"))}
    known = [exercise for path, one in called.items() if _is_end(name, one) if (exercise := exercises.read(path))]
    if len(known) == 1:
        return known[0]
    raise NotMeant(_several(name, known) if known else _none(name, [one.name for one in exercises.found(home)]))


def of_chapter(chapter: str, found: Iterable[Exercise]) -> list[Exercise]:
    """Those of a chapter, all where none is named; NotMeant with the chapters there are."""
    known = list(found)
    chosen = [one for one in known if chapter in {"", one.chapter}]
    if chapter and not chosen:
        chapters = dict.fromkeys(one.chapter for one in known)
        raise NotMeant(f'No chapter with exercises is called "{chapter}".{_meant(chapter, chapters)} There are {", ".join(chapters)}.')
    return chosen


def plain(name: str) -> str:
    """A name in the letters in which names are compared."""
    return name.lower().replace("-", "_").removesuffix(ENDING)


def _read(feature: Path) -> Exercise:
    found = exercises.read(feature)
    if found is None:
        raise NotMeant(f"{feature} is no exercise: an exercise is a feature tagged @exercise. See those that ship: kubelab exercises")
    return found


def _is_end(name: str, whole: str) -> bool:
    return f"/{plain(whole)}".endswith(f"/{plain(name)}")


def _several(name: str, found: Iterable[Exercise]) -> str:
    return f'There are several exercises "{name}": {", ".join(one.name for one in found)}. Name one of them in full.'


def _none(name: str, names: Iterable[str]) -> str:
    ends = {plain(one.rpartition("/")[2]): one.rpartition("/")[2] for one in names}
    return f'There is no exercise "{name}".{_meant(plain(name.rpartition("/")[2]), ends)} See all: kubelab exercises'


def _meant(name: str, names: Iterable[str]) -> str:
    near = nearest(name, names)
    return f" Did you mean {', '.join(near)}?" if near else ""
