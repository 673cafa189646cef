"""Archives that students hand in: which are read, and how much one may hold."""

from collections.abc import Iterator
from pathlib import Path

from kubelab.submissions import tar_entries, zip_entries
from kubelab.submissions.entry import Entry
from kubelab.submissions.refusal import FACTOR, FLOOR, MOST, Refusal, shown

READ = (".tar.gz", ".tgz", ".tar", ".zip")
OTHERS = (".7z", ".bz2", ".gz", ".rar", ".tar.bz2", ".tar.xz", ".tar.zst", ".tbz2", ".txz", ".xz", ".zst")
"""Endings of archives that are not read."""


def ending(name: str) -> str:
    """The ending by which a name is that of an archive, read or not; "" for every other name."""
    lower = name.lower()
    return max((one for one in (*READ, *OTHERS) if lower.endswith(one) and lower != one), key=len, default="")


def entries(archive: Path, name: str) -> Iterator[Entry]:
    """What an archive of that name holds, in its order; Refusal where it is too much, odd, damaged, or of a kind that is not read."""
    kind, size = ending(name), archive.stat().st_size
    if kind not in READ:
        raise Refusal(f"{shown(name)} is an archive of a kind that is not read. Pack it as {', '.join(READ)}.")
    if size > MOST:
        raise Refusal(f"{shown(name)} is larger than {MOST // 1_000_000} MB. Hand in the files that are asked for, and no others.")
    read = zip_entries.entries if kind == ".zip" else tar_entries.entries
    yield from read(archive, name, min(MOST, max(FLOOR, FACTOR * size)))
