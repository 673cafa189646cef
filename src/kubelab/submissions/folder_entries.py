"""The files of a folder, found without following a link."""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kubelab.submissions.entry import DEVICE, HARD_LINK, LINK, OTHER, PIPE, Entry, looked_at
from kubelab.submissions.paths import parts
from kubelab.submissions.refusal import MEMBERS, Refusal, shown

SORTS = {stat.S_IFREG: "", stat.S_IFLNK: LINK, stat.S_IFIFO: PIPE, stat.S_IFBLK: DEVICE, stat.S_IFCHR: DEVICE}
"""What a file is, by the type in its mode."""
OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""How a file is opened: what has become a link or a pipe meanwhile is not followed, and not waited for."""


def entries(root: Path) -> Iterator[Entry]:
    """Everything below a folder that is no folder itself; Refusal where there is too much, or a name is odd."""
    left, count = [("", root)], 0
    while left:
        above, folder = left.pop()
        for one in _listed(folder):
            count += 1
            if count > MEMBERS:
                raise Refusal(f"There are more than {MEMBERS} files. Hand in those that are asked for, and no others.")
            path = parts(f"{above}{one.name}")
            if one.is_dir(follow_symlinks=False):
                left += [(f"{above}{one.name}/", Path(one.path))] if looked_at(path) else []
            else:
                yield entry(Path(one.path), path)


def entry(file: Path, path: tuple[str, ...]) -> Entry:
    """A file, whatever it is, under that path."""
    found = file.lstat()
    return Entry(path, partial(_start, file), _sort(found), found.st_size)


def _sort(found: os.stat_result) -> str:
    sort = SORTS.get(stat.S_IFMT(found.st_mode), OTHER)
    return HARD_LINK if not sort and found.st_nlink > 1 else sort


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return [one for one, _ in zip(found, range(MEMBERS + 1), strict=False)]
    except OSError as error:
        raise Refusal(f"The folder {shown(folder.name)} cannot be read: {error.strerror}.") from error


def _start(file: Path, most: int) -> bytes:
    try:
        descriptor = os.open(file, OPENING)
        with os.fdopen(descriptor, "rb") as opened:
            if sort := _sort(os.fstat(descriptor)):
                raise Refusal(f"{shown(file.name)} has become {sort}. Hand in the file itself.")
            return opened.read(most)
    except OSError as error:
        raise Refusal(f"{shown(file.name)} cannot be read: {error.strerror}.") from error
