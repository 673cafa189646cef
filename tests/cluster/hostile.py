"""A class of 24 that handed in controllers/rs_lab, from `hostile.yaml`: half of the students are hostile."""

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

EXERCISE = "controllers/rs_lab"
FILES = ("rs-lab.yaml", "rs-lab.sh")
"""The files that the exercise asks for."""
KINDS = ("ReplicaSet",)
"""The kinds that these files may declare."""


@dataclass(frozen=True)
class HandIn:
    """What a student handed in: files and links of a folder, or members of a zip archive; and the result that it must have.

    A `right` hand-in gets all points. `told` is a part of the text that the student must get: before anything runs if it is `refused`;
    otherwise at most `points` are reached.
    """

    student: str
    files: Mapping[str, str]
    links: Mapping[str, str] = field(default_factory=dict)
    zip: Mapping[str, str] = field(default_factory=dict)
    zeros: int = 0
    right: bool = False
    refused: bool = False
    told: str = ""
    points: int = 0

    def write(self, folder: Path, mark: Path) -> None:
        """Put it into a folder of submissions; `mark` is the file that no submission may write."""
        if self.zip:
            self._pack(folder / f"{self.student}.zip")
            return
        home = folder / self.student
        home.mkdir(parents=True)
        for name, text in self.files.items():
            if name not in self.links:
                (home / name).write_text(text.replace("MARK", str(mark)))
        for name, target in self.links.items():
            (home / name).symlink_to(target)

    def _pack(self, file: Path) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.zip.items():
                archive.writestr(name, text)
            if self.zeros:
                archive.writestr("zeros", b"\0" * self.zeros)


def hand_ins() -> tuple[list[HandIn], list[HandIn]]:
    """The honest hand-ins, and the hostile ones."""
    found = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    known = {"solution": found["solution"], "commands": found["commands"]}
    honest, hostile = ([_hand_in(known, **one) for one in found[part]] for part in ("honest", "hostile"))
    return honest, hostile


def write(chosen: Iterable[HandIn], folder: Path, mark: Path) -> Path:
    """The folder of submissions of these students."""
    folder.mkdir(parents=True)
    for one in chosen:
        one.write(folder, mark)
    return folder


def _hand_in(
    known: Mapping[str, str],
    student: str,
    files: Mapping[str, str] | None = None,
    change: Mapping[str, str] | None = None,
    zip: Mapping[str, str] | None = None,  # noqa: A002  (the word in the file)
    **more: object,
) -> HandIn:
    solution = known["solution"]
    for before, after in (change or {}).items():
        assert solution.count(before) == 1, before
        solution = solution.replace(before, after)
    texts = {FILES[0]: solution, FILES[1]: known["commands"], **{name: known.get(text, text) for name, text in (files or {}).items()}}
    packed = {name: known.get(text, text) for name, text in (zip or {}).items()}
    return HandIn(student, texts, zip=packed, **more)  # type: ignore[arg-type]
