"""The progress line, on a terminal and elsewhere."""

import io

import pytest

from kubelab.cli import live_line


class Screen(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_elsewhere_a_line_is_printed_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without control characters, and never the same line twice."""
    stream, now = io.StringIO(), [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    with live_line.drawn(stream) as show:
        for seconds, text in ((0, "one"), (10, "two"), (31, "three"), (62, "three"), (65, "four")):
            now[0] = seconds
            show(text)

    assert stream.getvalue() == "one\nthree\nfour\n"


def test_on_a_terminal_it_is_drawn_in_its_place() -> None:
    """Text in brackets is not taken for markup."""
    stream = Screen()

    with live_line.drawn(stream) as show:
        show("3 of 6 objectives judged [bold]")

    assert "3 of 6 objectives judged [bold]" in stream.getvalue()
    assert "\r" in stream.getvalue()
