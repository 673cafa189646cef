"""The members of a tar archive, packed or not, read by hand: no header of it can have more read than there may be."""

import gzip
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from kubelab.submissions.entry import DEVICE, HARD_LINK, LINK, OTHER, PIPE, Entry
from kubelab.submissions.paths import parts
from kubelab.submissions.refusal import MEMBERS, Refusal, shown
from kubelab.submissions.tar_blocks import Blocks
from kubelab.submissions.tar_headers import members

TROUBLES = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError)
"""What is raised for an archive that is damaged."""
PACKED = b"\x1f\x8b"
"""How what gzip has packed begins (RFC 1952)."""
SORTS = {
    **dict.fromkeys((tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE), ""),
    tarfile.SYMTYPE: LINK,
    tarfile.LNKTYPE: HARD_LINK,
    tarfile.CHRTYPE: DEVICE,
    tarfile.BLKTYPE: DEVICE,
    tarfile.FIFOTYPE: PIPE,
}


def entries(archive: Path, name: str, most: int) -> Iterator[Entry]:
    """Its files in its order; Refusal where they are more than `most` bytes, too many, or what is read is no tar archive."""
    with _opened(archive, name, most) as stream:
        for number, member in enumerate(members(stream)):
            if number >= MEMBERS:
                raise Refusal(f"{shown(name)} has more than {MEMBERS} members. Hand in the files that are asked for, and no others.")
            path = parts(member.name)
            if path and member.type != tarfile.DIRTYPE:
                yield Entry(path, partial(_start, archive, name, most, number), SORTS.get(member.type, OTHER), member.size, name)


@contextmanager
def _opened(archive: Path, name: str, most: int) -> Iterator[Blocks]:
    """What the archive holds, unpacked as it is read."""
    try:
        with archive.open("rb") as file:
            is_packed = file.read(len(PACKED)) == PACKED
            file.seek(0)
            yield Blocks(gzip.GzipFile(fileobj=file) if is_packed else file, name, most)
    except TROUBLES as error:
        raise Refusal(f"{shown(name)} is not a tar archive, or a damaged one. Pack it again.") from error


def _start(archive: Path, name: str, most: int, number: int, length: int) -> bytes:
    """The first bytes of the member of that number: found anew, as a packed stream has no way back."""
    with _opened(archive, name, most) as stream:
        wanted = islice(members(stream), number, None)
        return next((stream.read(min(length, member.size)) for member in wanted), b"")
