"""Folders and archives as students hand them in, honest ones and others."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kubelab.submissions import Place, Source, Submission, read


@dataclass(frozen=True)
class Exercise:
    """What an exercise asks for."""

    name: str = "controllers/rs_lab"
    files: tuple[str, ...] = ("rs-lab.yaml",)


def folder(at: Path, files: Mapping[str, str]) -> Path:
    """A folder with these files."""
    at.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(text)
    return at


def zipped(at: Path, files: Mapping[str, str | bytes]) -> Path:
    """A zip archive with these members, whose names are not checked."""
    at.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(at, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return at


def tarred(at: Path, *members: tarfile.TarInfo, packed: bool = True) -> Path:
    """A tar archive with these members; the content of each is the given number of letters x."""
    at.parent.mkdir(parents=True, exist_ok=True)
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size) if member.isreg() else None)
    at.write_bytes(gzip.compress(made.getvalue()) if packed else made.getvalue())
    return at


def member(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, target: str = "") -> tarfile.TarInfo:
    """A member of a tar archive."""
    made = tarfile.TarInfo(name)
    made.type, made.size, made.linkname = kind, size, target
    return made


def taken(path: Path, exercise: Exercise | None = None, name: str = "") -> Submission:
    """The result of reading Ann's hand-in; it is copied to a folder beside it."""
    into = path.parent / "taken"
    return read(Source("Ann", (Place(path, name or path.name),)), exercise or Exercise(), into)


def copied(submission: Submission) -> dict[str, str]:
    """The contents of the folder that it was copied to."""
    found = sorted(submission.folder.rglob("*"))
    assert all(one.is_file() and not one.is_symlink() for one in found)
    return {one.name: one.read_text() for one in found}
