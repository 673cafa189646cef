"""The lines of `pytest --lab-score`, a JSON object for each objective: written, and read while the file still grows."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kubelab.errors import SetupTrouble
from kubelab.grading.marks import NOT_GRADED, Mark

VERSION = 1
"""The version of the lines that is written, and the only one that is read."""
PLACE = re.compile(r"\S.*\.feature:(?=\d+  )")
"""Where a sentence stands, as pytest shows it: from its root folder, which is another one on another machine."""
TEXTS = ("sentence", "expected", "last_saw", "cause", "hint", "text")


@dataclass(frozen=True)
class ScoreLine:
    """One objective of one submission as it was judged, and the version of the cluster, as "1.36.3"."""

    student: str
    exercise: str
    mark: Mark
    kubernetes: str = ""


@dataclass
class Growing:
    """A file that somebody appends lines to; what has been read of it, in bytes."""

    path: Path
    read: int = 0

    def lines(self) -> list[str]:
        """The lines that have been completed since the last call; none while there is no file."""
        if not self.path.exists():
            return []
        with self.path.open("rb") as file:
            file.seek(self.read)
            new = file.read()
        complete = new[: new.rfind(b"\n") + 1]
        self.read += len(complete)
        return complete.decode(errors="replace").split("\n")[:-1]


def read(text: str) -> ScoreLine:
    """The line as a value; SetupTrouble for what is none."""
    try:
        said: Mapping[str, Any] = json.loads(text)
        version = said["version"]
        if version != VERSION:
            raise SetupTrouble(f"A score line has version {version}, and this kubelab reads version {VERSION}. Grade with one kubelab only")
        return ScoreLine(said["student"], said["exercise"], _mark(said), said.get("kubernetes", ""))
    except (ValueError, KeyError, TypeError) as error:
        raise SetupTrouble(f"This is not a score line of pytest --lab-score ({error}):\n  {text[:200]}") from error


def written(line: ScoreLine) -> dict[str, Any]:
    """The object that `read` understands."""
    mark = {field.name: getattr(line.mark, field.name) for field in fields(Mark)}
    return {"version": VERSION, "student": line.student, "exercise": line.exercise, **mark, "kubernetes": line.kubernetes}


def local(line: ScoreLine, folder: Path) -> ScoreLine:
    """The same with paths that are relative to the student's folder: where that lies is another place on another machine."""
    home = f"{folder.absolute()}/"
    return replace(line, mark=replace(line.mark, **{name: getattr(line.mark, name).replace(home, "") for name in TEXTS}))


def _mark(said: Mapping[str, Any]) -> Mark:
    texts = {name: str(said.get(name, "")) for name in TEXTS}
    texts["sentence"] = PLACE.sub(f"{said['exercise']}.feature:", texts["sentence"], count=1)
    points = 0 if said["outcome"] == NOT_GRADED else int(said["points"])
    return Mark(
        objective=str(said["objective"]),
        line=int(said["line"]),
        of=int(said["of"]),
        points=points,
        outcome=str(said["outcome"]),
        seconds=float(said.get("seconds", 0)),
        **texts,
    )
