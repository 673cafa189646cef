"""A line that says how far something is: redrawn in its place on a terminal, printed now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

EVERY = 30.0
"""Seconds between two lines where it is not redrawn."""
Show = Callable[[str], None]


@contextmanager
def drawn(stream: TextIO | None = None) -> Iterator[Show]:
    """In the block: a function that shows a text in the place of the one before; on standard error, unless told otherwise."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield _Printed(stream)
        return
    from rich.console import Console  # noqa: PLC0415  (40 ms that only a terminal needs)
    from rich.text import Text  # noqa: PLC0415

    with Console(file=stream).status("") as status:
        yield lambda text: status.update(Text(text))


@dataclass
class _Printed:
    """Prints the first text, and then one that is another when it is time."""

    stream: TextIO
    last: str = ""
    at: float = float("-inf")

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        if text != self.last and now - self.at >= EVERY:
            self.last, self.at = text, now
            print(text, file=self.stream, flush=True)
