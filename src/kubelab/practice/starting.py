"""Begins an exercise in a folder: the task, the files that come with it, a place for those that it asks for. Never overwrites anything."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kubelab.errors import SetupTrouble
from kubelab.exercises import Exercise
from kubelab.exercises.exercise_choice import NotMeant
from kubelab.practice import memory, task_page
from kubelab.practice.given_files import given
from kubelab.practice.skeletons import skeleton

PAGE = "README.md"
EDITORCONFIG = """\
root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true
trim_trailing_whitespace = true

[*.{yaml,yml,sh}]
indent_style = space
indent_size = 2
"""
VSCODE = {
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.detectIndentation": False},
    "files.associations": {"*.yaml": "yaml"},
    "files.encoding": "utf8",
    "files.eol": "\n",
    "files.insertFinalNewline": True,
}
"""What works without network: the schemas of Kubernetes' kinds are not among it."""


@dataclass(frozen=True)
class Put:
    """A file of the folder: its name, what it is, and whether it was there before, and so is as it was."""

    name: str
    what: str
    was_there: bool


def folder_of(exercise: Exercise) -> Path:
    """The folder that an exercise is begun in where none is named: it is called as the exercise is."""
    return Path(exercise.name.rpartition("/")[2])


def start(exercise: Exercise, folder: Path, *, skeletons: bool = False) -> list[Put]:
    """Make the folder, and in it what is missing; each of its files. NotMeant in a folder that is for another exercise."""
    other = memory.remembered(folder)
    if other not in {"", exercise.name, str(exercise.feature.absolute())}:
        raise NotMeant(f"{folder} is for the exercise {other} already. Name another folder: kubelab start {exercise.name} DIR")
    try:
        put = [_put(folder, *one) for one in _texts(exercise, skeletons=skeletons)]
    except OSError as error:
        raise SetupTrouble(f"The folder cannot be made: {error.filename}: {error.strerror}") from error
    memory.begun(folder, exercise)
    return put


def _texts(exercise: Exercise, *, skeletons: bool) -> Iterator[tuple[str, str, str]]:
    """Each file's name, text, and what it is."""
    comes_along = given(exercise)
    yield PAGE, task_page.markdown(exercise, [path.name for path in comes_along]), "the task"
    for path in comes_along:
        yield path.name, path.read_text(encoding="utf-8"), "given"
    for file in exercise.files:
        yield file, skeleton(file, exercise) if skeletons else "", "a skeleton: fill it in" if skeletons else "empty: write it"
    yield ".editorconfig", EDITORCONFIG, "for editors: two spaces, no tabs"
    yield ".vscode/settings.json", json.dumps(VSCODE, indent=2) + "\n", "the same for VS Code"


def _put(folder: Path, name: str, text: str, what: str) -> Put:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        return Put(name, what, was_there=True)
    return Put(name, what, was_there=False)
