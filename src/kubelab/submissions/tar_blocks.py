"""What a tar archive holds, as a stream that stops as soon as it has given more than it may."""

from dataclasses import dataclass
from typing import Protocol

from kubelab.submissions.refusal import Refusal, shown

BLOCK = 512
AT_ONCE = 1 << 16
"""Bytes that are passed over at once."""


class Readable(Protocol):
    """What gives bytes in order."""

    def read(self, count: int, /) -> bytes:
        """The next ones, fewer only at the end."""


@dataclass
class Blocks:
    """The unpacked stream of the archive of that name, of which at most `most` bytes are read; `position` is how many were."""

    stream: Readable
    name: str
    most: int
    position: int = 0

    def read(self, count: int) -> bytes:
        """The next bytes; EOFError where the archive ends before, Refusal where it holds too much."""
        content = self._next(count)
        if len(content) < count:
            raise EOFError("it ends in the midst of a member")
        return content

    def header(self) -> bytes:
        """The next block, b"" at the end: after the last member comes a block of zeros, or nothing."""
        block = self._next(BLOCK)
        return block if block.strip(b"\0") else b""

    def pass_to(self, position: int) -> None:
        """Pass over what lies before that position."""
        while self.position < position:
            self.read(min(AT_ONCE, position - self.position))

    def _next(self, count: int) -> bytes:
        content = self.stream.read(count)
        self.position += len(content)
        if self.position > self.most:
            raise Refusal(f"{shown(self.name)} unpacks to more than {self.most / 1_000_000:g} MB. Hand in the files that are asked for.")
        return content
