"""Which exercise a person means: by its name, by the end of it, by the file of a feature."""

from collections.abc import Iterable
from pathlib import Path

from kubelab.client.likeness import nearest
from kubelab.exercises.exercise import Exercise, read
from kubelab.exercises.listing import found

ENDING = ".feature"


class NotMeant(ValueError):  # noqa: N818  (nothing is in trouble: a word on the command line is wrong)
    """No exercise can be meant; the text says which there are."""


def named(name: str, features: Path) -> Exercise:
    """The exercise below a folder of that name, or whose name ends in it, with dashes or underscores; or that in the file of a feature.

    NotMeant with the nearest names where there is none, or several.
    """
    if name.endswith(ENDING) and Path(name).is_file():
        return _read(Path(name))
    paths = [path for path in sorted(features.rglob(f"*{ENDING}")) if _is_end(name, path.absolute())]
    known = [exercise for exercise in map(read, paths) if exercise]
    fitting = [one for one in known if plain(one.name) == plain(name)] or known
    if len(fitting) == 1:
        return _with_objectives(fitting[0])
    raise NotMeant(_several(name, fitting) if fitting else _none(name, [one.name for one in found(features)]))


def of_chapter(chapter: str, there: Iterable[Exercise]) -> list[Exercise]:
    """Those of a chapter, all where none is named; NotMeant with the chapters there are."""
    known = list(there)
    chosen = [one for one in known if chapter in {"", one.chapter}]
    if chapter and not chosen:
        chapters = dict.fromkeys(one.chapter for one in known)
        raise NotMeant(f'No chapter with exercises is called "{chapter}".{_meant(chapter, chapters)} There are {", ".join(chapters)}.')
    return chosen


def plain(name: str) -> str:
    """A name in the letters in which names are compared."""
    return name.lower().replace("-", "_").removesuffix(ENDING)


def _read(feature: Path) -> Exercise:
    exercise = read(feature)
    if exercise is None:
        raise NotMeant(f"{feature} is no exercise: an exercise is a feature tagged @exercise. See those that ship: kubelab exercises")
    return _with_objectives(exercise)


def _with_objectives(exercise: Exercise) -> Exercise:
    """The exercise; NotMeant for one without a scenario, of which nothing could be judged."""
    if not exercise.objectives:
        raise NotMeant(f"{exercise.feature} has no scenario, so that there is nothing to judge")
    return exercise


def _is_end(name: str, path: Path) -> bool:
    return plain(path.as_posix()).endswith(f"/{plain(name)}")


def _several(name: str, there: Iterable[Exercise]) -> str:
    known = list(there)
    if len({one.name for one in known}) < len(known):
        return f'Several features are the exercise "{name}": {", ".join(str(one.feature) for one in known)}. Rename one of them.'
    return f'There are several exercises "{name}": {", ".join(one.name for one in known)}. Name one of them in full.'


def _none(name: str, names: Iterable[str]) -> str:
    known = list(names)
    ends = {plain(one.rpartition("/")[2]): one.rpartition("/")[2] for one in known}
    said = _meant(plain(name.rpartition("/")[2]), ends) or (f" There are {', '.join(known)}." if known else "")
    return f'There is no exercise "{name}".{said}'


def _meant(name: str, names: Iterable[str]) -> str:
    near = nearest(name, names)
    return f" Did you mean {', '.join(near)}?" if near else ""
