"""Lines below pytest's own output that are drawn anew in their place: pytest writes on as if they were not there."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

DOWN, UP, SAVE, RESTORE = "\x1bD", "\x1b[{}A", "\x1b7", "\x1b8"
"""Control sequences: one line down (scrolling at the bottom, in the same column), lines up, the cursor's place kept and taken again."""
NEXT, REST, BELOW = "\r\n", "\x1b[K", "\x1b[J"
"""Control sequences: to the beginning of the next line, clear the rest of the line, clear everything below."""
OTHERWISE = os.terminal_size((80, 24))
"""The size of a terminal that does not tell it."""


@dataclass(eq=False)
class Region:
    """The lines below the cursor of the terminal at a file descriptor, which stays open also while pytest captures standard output."""

    terminal: int
    lines: Sequence[str] = ()
    lock: threading.RLock = field(default_factory=threading.RLock)
    is_paused: bool = False
    is_closed: bool = False

    @property
    def size(self) -> os.terminal_size:
        """The terminal's columns and rows."""
        try:
            found = os.get_terminal_size(self.terminal)
        except OSError:
            return OTHERWISE
        return found if found.columns and found.lines else OTHERWISE

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines in the place of those before; each must be shorter than the terminal is wide."""
        with self.lock:
            if self.is_paused or self.is_closed or not (lines or self.lines):
                return
            if lines:
                self._write(
                    DOWN * len(lines) + UP.format(len(lines)) + SAVE + "".join(NEXT + one + REST for one in lines) + BELOW + RESTORE
                )
            else:
                self._write(SAVE + NEXT + BELOW + RESTORE)
            self.lines = lines

    def pause(self) -> None:
        """Clear the lines, and draw none until `resume`; the debugger has written into them already."""
        with self.lock:
            if self.lines:
                self._write(BELOW)
            self.lines, self.is_paused = (), True

    def resume(self) -> None:
        """Draw again."""
        self.is_paused = False

    def close(self) -> None:
        """Clear the lines, and draw none any more."""
        with self.lock:
            self.draw(())
            if not self.is_closed:
                self.is_closed = True
                os.close(self.terminal)

    def _write(self, text: str) -> None:
        data = text.encode()
        while data:
            data = data[os.write(self.terminal, data) :]


def make_room(region: Region, writer: Any) -> None:
    """Have pytest's writer write where it is, with no lines below it: they come back after each text."""
    write = writer.write_raw

    def write_raw(text: str, *, flush: bool = False) -> None:
        with region.lock:
            lines = region.lines
            region.draw(())
            write(text, flush=flush or bool(lines))
            region.draw(lines)

    writer.write_raw = write_raw
