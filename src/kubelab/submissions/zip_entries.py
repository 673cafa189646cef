"""The members of a zip archive, each read by hand, and only as far as a file may be large."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from kubelab.submissions.entry import OTHER, Entry
from kubelab.submissions.folder_entries import SORTS
from kubelab.submissions.paths import parts
from kubelab.submissions.refusal import MEMBERS, Refusal, shown
from kubelab.submissions.zip_end import END_AT_MOST, directory_size

TROUBLES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
"""What is raised for an archive that is damaged."""
READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How members may be packed: what a plain zip program writes."""
LOCKED = 0x1
"""The bit of a member that needs a password."""


def entries(archive: Path, name: str, most: int) -> Iterator[Entry]:
    """Its files in its order; Refusal where they are more than `most` bytes, too many, or what is read is no zip archive."""
    with _opened(archive, name) as opened:
        members = opened.infolist()
        if len(members) > MEMBERS:
            raise _too_many(name)
        if sum(one.file_size for one in members) > most:
            raise Refusal(f"{shown(name)} would unpack to more than {most / 1_000_000:g} MB. Hand in the files that are asked for.")
        for one in members:
            path = parts(one.orig_filename)
            if path and not one.is_dir():
                yield Entry(path, partial(_start, archive, name, one), _sort(one), one.file_size, name)


@contextmanager
def _opened(archive: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive, once its end says that its list of members is short enough to be read."""
    try:
        with archive.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - END_AT_MOST))
            longest = directory_size(file.read())
        if longest is None:
            raise _too_many(name)
        with zipfile.ZipFile(archive) as opened:
            yield opened
    except TROUBLES as error:
        raise Refusal(f"{shown(name)} is not a zip archive, or a damaged one. Pack it again.") from error


def _sort(member: zipfile.ZipInfo) -> str:
    """What it is, by the mode that Unix's programs write; other programs write none, and files only."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if member.flag_bits & LOCKED:
        return "locked with a password"
    if member.compress_type not in READABLE:
        return "packed in a way that is not read"
    return SORTS.get(kind, OTHER) if kind else ""


def _start(archive: Path, name: str, member: zipfile.ZipInfo, most: int) -> bytes:
    with _opened(archive, name) as opened, opened.open(member) as file:
        return file.read(most)


def _too_many(name: str) -> Refusal:
    return Refusal(f"{shown(name)} has more than {MEMBERS} members. Hand in the files that are asked for, and no others.")
