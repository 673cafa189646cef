"""What a student's folder remembers, in its folder .kubelab: which exercise it is for, and what the last check found."""

import json
import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kubelab import exercises
from kubelab.errors import SetupTrouble
from kubelab.exercises import Exercise
from kubelab.exercises.exercise_choice import ENDING, NotMeant, named, plain

HOME = ".kubelab"
EXERCISE, CHECK, LOG = "exercise.json", "check.json", "check.log"
"""The files in it: the exercise, the last check of each exercise, and what pytest printed."""
VERSION = 1


@dataclass(frozen=True)
class Found:
    """What a check found: the points reached, and the digest of what was judged; `outcomes` by the objectives' titles."""

    points: int
    of: int
    digest: str
    outcomes: Mapping[str, str]

    @property
    def is_done(self) -> bool:
        """Whether all points were reached."""
        return self.points == self.of


def home(folder: Path) -> Path:
    """The folder's own place for what it remembers, made where it is missing; SetupTrouble where that cannot be."""
    place = folder / HOME
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupTrouble(f"kubelab keeps what it finds out in {place}, and cannot make it: {error.strerror}") from error
    return place


def begun(folder: Path, exercise: Exercise) -> None:
    """Remember which exercise the folder is for; of one that does not ship, where its feature is."""
    feature = "" if exercise.feature.is_relative_to(exercises.shipped()) else str(exercise.feature.absolute())
    _write(home(folder) / EXERCISE, {"exercise": exercise.name, "feature": feature})


def remembered(folder: Path) -> str:
    """The name of the folder's exercise, or the path of its feature; "" where it remembers none."""
    said = _read(folder / HOME / EXERCISE)
    return str(said.get("feature") or said.get("exercise") or "")


def exercise_of(folder: Path, name: str = "") -> Exercise:
    """The exercise that a folder is for: the one that is named, or remembered, or called as the folder is. NotMeant where none is."""
    known = name or remembered(folder)
    if known:
        return named(known, exercises.shipped())
    with suppress(NotMeant):
        return named(plain(folder.absolute().name) + ENDING, exercises.shipped())
    if there := begun_below(folder):
        raise NotMeant(f"Which exercise? {there}")
    raise NotMeant(f"{folder.absolute()} was not begun with kubelab start. Say what it is for: kubelab check --exercise NAME")


def begun_below(folder: Path) -> str:
    """The folders in it that were begun, and the command that checks the first; "" where there is none."""
    there = sorted(one.parent.parent for one in folder.glob(f"*/{HOME}/{EXERCISE}"))
    return f"Begun here: {', '.join(map(str, there))}. Check it: kubelab check {shlex.quote(str(there[0]))}" if there else ""


def place_of(folder: Path, exercise: Exercise) -> Path:
    """Where in a folder the files of an exercise are: in one that is called as it is, or in the folder itself."""
    inner = (folder / exercise.name, folder / Path(exercise.name).name)
    return next((one for one in inner if one.is_dir()), folder)


def keep(folder: Path, exercise: Exercise, found: Found) -> None:
    """Remember what a check has found."""
    said = _read(folder / HOME / CHECK).get("exercises", {})
    _write(home(folder) / CHECK, {"exercises": {**said, exercise.name: asdict(found)}})


def last(folder: Path, exercise: Exercise) -> Found | None:
    """What the last check of the exercise found in this folder; None where there was none, or it cannot be read."""
    said = _read(folder / HOME / CHECK).get("exercises", {}).get(exercise.name)
    with suppress(TypeError):
        return Found(**said)
    return None


def digest(folder: Path, exercise: Exercise) -> str:
    """What changes with the student's files, and with the exercise."""
    whole = sha256(_content(exercise.feature))
    for file in exercise.files:
        content = _content(folder / file)
        whole.update(f"\n{file} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.is_file() else b""
    except OSError:  # that it cannot be read is told when it is looked at
        return b""


def _read(file: Path) -> dict[str, Any]:
    """What stands in a file of ours; nothing where it is not there, or broken, or of another version."""
    with suppress(OSError, ValueError):
        said = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(said, dict) and said.get("version") == VERSION:
            return said
    return {}


def _write(file: Path, said: Mapping[str, Any]) -> None:
    text = json.dumps({"version": VERSION, **said}, indent=2, ensure_ascii=False)
    try:
        file.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise SetupTrouble(f"{file} cannot be written: {error.strerror}") from error
