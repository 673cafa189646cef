"""The task of an exercise as a page: what is asked for, in which files, and what is looked at."""

from collections.abc import Iterable, Iterator

from kubelab.conditions.in_words import counted
from kubelab.exercises import Exercise

CHECK = """\
## Check it

In this folder:

```
kubelab check            # what is so, and what is not
kubelab check --watch    # the same at every save
```
"""


def markdown(exercise: Exercise, given: Iterable[str] = ()) -> str:
    """The page; `given` are the names of the files that come with the task."""
    return "\n".join([f"# {exercise.title}", "", exercise.task, "", *_files(exercise, list(given)), *_objectives(exercise), CHECK])


def _files(exercise: Exercise, given: list[str]) -> Iterator[str]:
    yield "## Files"
    yield ""
    for file in exercise.files:
        what = "your commands, one a line, each beginning with kubectl" if file.endswith(".sh") else f"your YAML{_of(exercise.kinds)}"
        yield f"- `{file}`: {what}"
    for file in given:
        yield f"- `{file}`: given. It is there to be read: the check takes its own copy of it"
    yield ""


def _of(kinds: tuple[str, ...]) -> str:
    return f", objects of the kinds {', '.join(kinds)}" if len(kinds) > 1 else f", of the kind {kinds[0]}" if kinds else ""


def _objectives(exercise: Exercise) -> Iterator[str]:
    yield f"## What is looked at ({counted(exercise.points, 'point')})"
    yield ""
    yield "| objective | points |\n|---|---|"
    for one in exercise.objectives:
        yield f"| {one.title.replace('|', chr(92) + '|')} | {one.points} |"
    yield ""
