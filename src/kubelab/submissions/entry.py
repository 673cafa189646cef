"""One thing that a student handed in: where it lies, what it is, and how its content is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kubelab.submissions.refusal import LARGEST, Refusal, shown

LINK, HARD_LINK, DEVICE, PIPE, OTHER = "a symbolic link", "a hard link", "a device", "a pipe", "not a regular file"
UNREAD = frozenset({"__MACOSX", "node_modules"})
"""Folders that programs make, in which nothing is looked for, as in those whose name begins with a dot."""


@dataclass(frozen=True)
class Entry:
    """A file by its path within `inside`, the archive it came in ("" for none); `sort` says what it is where it is no regular file.

    `read` gives its first bytes, at most as many as it is asked for.
    """

    path: tuple[str, ...]
    read: Callable[[int], bytes] = field(compare=False, repr=False)
    sort: str = ""
    size: int = 0
    inside: str = ""

    @property
    def name(self) -> str:
        """The last name of its path."""
        return self.path[-1]

    @property
    def shown(self) -> str:
        """Its path for a sentence, with the archive that it came in."""
        place = f" in {shown(self.inside)}" if self.inside else ""
        return shown("/".join(self.path)) + place

    def content(self) -> bytes:
        """All of it; Refusal where it is no regular file, or too large."""
        if self.sort:
            raise Refusal(f"{self.shown} is {self.sort}. Hand in the file itself.")
        content = self.read(LARGEST + 1) if self.size <= LARGEST else b""
        if max(self.size, len(content)) > LARGEST:
            raise Refusal(f"{self.shown} is larger than the {LARGEST // 1_000_000} MB that a file may have. Hand in less.")
        return content


def looked_at(path: Iterable[str]) -> bool:
    """Whether files are looked for in the folder of that path."""
    return not any(part in UNREAD or part.startswith(".") for part in path)
