"""The headers of a tar archive: of each member its name, what it is and how large, whichever program wrote it."""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from kubelab.submissions.tar_blocks import BLOCK, Blocks

WITHOUT_CONTENT = frozenset(tarfile.SUPPORTED_TYPES) - {*tarfile.REGULAR_TYPES, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
"""Members whose size says nothing of what follows, as in Python's own tarfile."""
BESIDE = frozenset({tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK})
"""Headers that say more of the next member, or of all."""
BESIDE_AT_MOST = 1 << 16
"""Bytes of such a header."""
DIGITS = re.compile(rb"[0-9]{1,9}")


@dataclass(frozen=True)
class Member:
    """A member: its content is what the stream gives next."""

    name: str
    type: bytes
    size: int


@dataclass
class _Said:
    """What the headers before a member say of it: its name ("" for nothing), and fields of POSIX.1-2001."""

    name: str = ""
    fields: dict[bytes, bytes] = field(default_factory=dict)


def members(stream: Blocks) -> Iterator[Member]:
    """Each member; of its content the caller reads what it wants. tarfile.TarError, EOFError or ValueError for a damaged archive."""
    said = _Said()
    while block := stream.header():
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        size = _size(header, said)
        end = stream.position + -(-size // BLOCK) * BLOCK
        if header.type in BESIDE:
            _take(header.type, stream.read(_small(size)), said)
        else:
            yield Member(said.name or header.name, header.type, size)
            said = _Said()
        stream.pass_to(end)


def _size(header: tarfile.TarInfo, said: _Said) -> int:
    if header.type in WITHOUT_CONTENT:
        return 0
    size = header.size if header.type in BESIDE else int(said.fields.get(b"size", header.size))
    if size < 0:
        raise tarfile.HeaderError("a size below zero")
    return size


def _small(size: int) -> int:
    if size > BESIDE_AT_MOST:
        raise tarfile.HeaderError("a header larger than any")
    return size


def _take(kind: bytes, content: bytes, said: _Said) -> None:
    """Note what a header says of the next member."""
    if kind == tarfile.GNUTYPE_LONGNAME:
        said.name = content.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    elif kind in {tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE}:
        said.fields = dict(_records(content))
        said.name = said.fields.get(b"path", b"").decode("utf-8", "surrogateescape")


def _records(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The records of a header of POSIX.1-2001 (pax, "Extended Header File Format")."""
    at = 0
    while at < len(content) and content[at]:
        digits = DIGITS.match(content, at)
        record = content[at : at + int(digits[0])] if digits else b""
        key, equals, value = record.partition(b" ")[2].removesuffix(b"\n").partition(b"=")
        if not equals:
            raise tarfile.HeaderError("a record without a value")
        at += len(record)
        yield key, value
