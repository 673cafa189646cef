"""The lines below pytest's output: in their place, out of its way, and removed at the end."""

import fcntl
import os
import struct
import termios
from collections.abc import Iterator
from typing import Any

import pytest

from kubelab.plugin.live_region import OTHERWISE, Region, make_room
from tests.plugin.screen import Screen


class Terminal:
    """A pseudo-terminal, a region on it, and a writer like pytest's."""

    def __init__(self, columns: int = 40, rows: int = 10) -> None:
        self.reads, self.writes = os.openpty()
        fcntl.ioctl(self.writes, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.region = Region(os.dup(self.writes))
        self.screen = Screen(columns or 80, rows or 24)

    def write_raw(self, text: str, *, flush: bool = False) -> None:  # noqa: ARG002  (as pytest's)
        """Write at once."""
        os.write(self.writes, text.encode())

    @property
    def lines(self) -> list[str]:
        """The current lines on it."""
        os.write(self.writes, b"\x00")
        text = b""
        while not text.endswith(b"\x00"):
            text += os.read(self.reads, 65536)
        self.screen.feed(text.decode())
        return self.screen.lines


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A small one."""
    found = Terminal()
    yield found
    found.region.close()
    os.close(found.reads)
    os.close(found.writes)


def test_lines_are_below_and_pytest_writes_on_where_it_was(terminal: Terminal) -> None:
    """They are redrawn in their place, whether their number grows or shrinks."""
    writer: Any = terminal
    make_room(terminal.region, writer)

    writer.write_raw("a.feature ")
    terminal.region.draw(["one", "two", "three"])
    assert terminal.lines == ["a.feature", "one", "two", "three"]
    writer.write_raw(".")
    terminal.region.draw(["other"])
    assert terminal.lines == ["a.feature .", "other"]
    writer.write_raw("F   [100%]\nb.feature ")
    assert terminal.lines == ["a.feature .F   [100%]", "b.feature", "other"]


def test_at_the_bottom_the_terminal_scrolls_once(terminal: Terminal) -> None:
    """The output of pytest stays as it was."""
    writer: Any = terminal
    make_room(terminal.region, writer)
    written = [f"line {number}" for number in range(12)]

    writer.write_raw("\n".join(written))
    for _ in range(3):
        terminal.region.draw(["one", "two"])
    assert terminal.lines == [*written, "one", "two"]
    writer.write_raw("!\nthe end\n")
    terminal.region.draw([])
    assert terminal.lines == [*written[:-1], "line 11!", "the end"]


def test_a_pause_clears_them(terminal: Terminal) -> None:
    """A debugger has the terminal to itself, and has already begun to write when that is reported."""
    terminal.region.draw(["one", "two"])
    terminal.write_raw("\n>>> PDB >>>\n")
    terminal.region.pause()
    terminal.region.draw(["three"])
    assert terminal.lines == ["", ">>> PDB >>>"]
    terminal.region.resume()
    terminal.region.draw(["four"])
    assert terminal.lines == ["", ">>> PDB >>>", "", "four"]


def test_nothing_is_drawn_after_the_end(terminal: Terminal) -> None:
    """However often it ends, and whoever writes then."""
    writer: Any = terminal
    make_room(terminal.region, writer)

    terminal.region.draw(["one"])
    terminal.region.close()
    terminal.region.close()
    terminal.region.draw(["two"])
    writer.write_raw("bye")

    assert terminal.lines == ["bye"]


def test_the_size_is_the_present_one() -> None:
    """A terminal that does not report its size, or is gone, has the usual one."""
    small, silent = Terminal(33, 7), Terminal(0, 0)

    assert (small.region.size, silent.region.size) == ((33, 7), OTHERWISE)
    small.region.close()
    assert small.region.size == OTHERWISE
