"""The running scenario, on a terminal: shown below pytest's output, which stays as it is without these lines."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.plugin.conftest import Folder
from tests.plugin.screen import Screen

LONGEST = 120
"""Seconds after which a run without progress is a failure."""
FROM_A_TERMINAL = ("env", "--default-signal=INT")
"""A command prefix that restores Ctrl-C: a script's background job ignores it, and so do its children."""
WAITING = "  Scenario: It is replaced\n    Given a thing\n    When I wait for word\n    Then it is so\n"
MARK = "\x1b7"
"""What only the live lines write."""


@dataclass
class Terminal:
    """A run of pytest on a pseudo-terminal, its output, and what is on the screen."""

    process: "subprocess.Popen[bytes]"
    reads: int
    screen: Screen
    written: str = ""

    def until(self, shows: Callable[[list[str]], bool]) -> list[str]:
        """The screen, as soon as it shows the text."""
        while not shows(self.screen.lines):
            assert select.select([self.reads], [], [], LONGEST)[0], self.screen.lines
            assert self._read(), self.screen.lines
        return self.screen.lines

    def end(self) -> list[str]:
        """The screen after the end of the run."""
        while select.select([self.reads], [], [], LONGEST)[0] and self._read():
            pass
        self.process.wait(LONGEST)
        return self.screen.lines

    def _read(self) -> bool:
        try:
            text = os.read(self.reads, 65536).decode()
        except OSError:  # the program has ended
            return False
        self.written += text
        self.screen.feed(text)
        return bool(text)


@contextmanager
def terminal(
    folder: Folder, *words: str, size: tuple[int, int] = (80, 40), environment: Mapping[str, str] | None = None
) -> Iterator[Terminal]:
    """A run of pytest on a terminal; ended afterwards."""
    reads, writes = os.openpty()
    fcntl.ioctl(writes, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    command = [*FROM_A_TERMINAL, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", *words]
    here = {name: value for name, value in os.environ.items() if name != "PY_COLORS"}  # set for a pytest within a test
    columns = {"COLUMNS": str(size[0])}  # as a shell sets it: an inherited value would be believed
    told = {**here, **columns, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **(environment or {})}
    process = subprocess.Popen(command, stdin=writes, stdout=writes, stderr=writes, cwd=folder.path, env=told)
    os.close(writes)
    try:
        yield Terminal(process, reads, Screen(*size))
    finally:
        process.kill()
        process.wait()
        os.close(reads)


def has(*texts: str) -> Callable[[list[str]], bool]:
    """Whether each of these texts is in a line."""
    return lambda lines: all(any(text in line for line in lines) for text in texts)


def body(lines: list[str]) -> list[str]:
    """The lines of the run itself, without what differs each time."""
    begin = next(at for at, line in enumerate(lines) if "collected" in line)
    end = next(at for at, line in enumerate(lines) if "[100%]" in line)
    return [line for line in lines[begin + 1 : end + 1] if line]


@pytest.mark.parametrize("how", [(), ("-v",)], ids=" ".join)
def test_a_serial_run_shows_its_sentences_while_they_run(folder: Folder, how: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the end the screen is that of a run without a terminal."""
    monkeypatch.setenv("COLUMNS", "200")
    folder.feature(WAITING)
    with terminal(folder, *how, size=(200, 40)) as run:
        lines = run.until(has("When I wait for word", "of 60 s", "no word yet"))
        (folder.path / "word").touch()
        end = run.end()
    plain = folder.run(*how).outlines

    assert any(line.startswith("  ✓ Given a thing") for line in lines)
    assert lines[-1] == "    no word yet"
    assert ("  It is replaced" in lines) is not bool(how)
    assert body(end) == body(plain)
    assert not has("wait for word ")(end)
    assert "\x1b[36m" in run.written  # the bar's colour


def test_a_parallel_run_shows_a_line_for_each_worker(folder: Folder) -> None:
    """A worker that is gone has no line; in the end no worker has one."""
    folder.feature(WAITING)
    folder.feature("  Scenario: Dies\n    When the worker dies\n", "b")
    with terminal(folder, "-n", "2", size=(200, 40)) as run:
        lines = run.until(lambda lines: has("node down", "When I wait for word · no word yet")(lines) and len(workers(lines)) == 1)
        (folder.path / "word").touch()
        end = run.end()

    [died] = [found[1] for line in lines if (found := re.match(r"\[(gw\d)\] node down", line))]
    [line] = workers(lines)
    assert not line.startswith(died)
    assert "It is replaced" in line
    assert "of 60 s" in line
    assert workers(end) == []
    assert has("1 passed, 1 error")(end)


def workers(lines: list[str]) -> list[str]:
    """The live lines of workers."""
    return [line for line in lines if re.match(r"gw\d +[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏·]", line)]


def test_ctrl_c_clears_the_lines(folder: Folder) -> None:
    """What pytest then prints begins where the lines began."""
    folder.feature(WAITING)
    with terminal(folder, size=(40, 12)) as run:
        run.until(has("no word yet"))
        run.process.send_signal(signal.SIGINT)
        end = run.end()

    assert has("! KeyboardInterrupt !")(end)
    assert not has("no word yet")(end)
    assert run.process.returncode == pytest.ExitCode.INTERRUPTED


def test_without_colours_there_are_none(folder: Folder) -> None:
    """The lines are there all the same."""
    folder.feature(WAITING)
    with terminal(folder, environment={"NO_COLOR": "1"}) as run:
        run.until(has("no word yet"))
        (folder.path / "word").touch()
        run.end()

    assert MARK in run.written
    assert "m" not in re.findall(r"\x1b\[[\d;]*([a-zA-Z])", run.written)


NOT_LIVE: list[tuple[list[str], dict[str, str]]] = [
    (["-q"], {}),
    (["-s"], {}),
    (["--capture=tee-sys"], {}),
    (["-p", "no:terminal"], {}),
    ([], {"TERM": "dumb"}),
    ([], {"CI": "true"}),
    ([], {"PYTHONIOENCODING": "ascii"}),
]


@pytest.mark.parametrize(("words", "environment"), NOT_LIVE, ids=str)
def test_no_live_lines_are_drawn_where_they_would_disturb(folder: Folder, words: list[str], environment: dict[str, str]) -> None:
    """The plugin that draws is not registered, and none of its control sequences is written."""
    asks = "\n\ndef pytest_unconfigure(config: Any) -> None:\n    log(f\"live {config.pluginmanager.hasplugin('kubelab-live')}\")\n"
    with (folder.path / "conftest.py").open("a") as file:
        file.write(asks)
    folder.feature("  Scenario: It is so\n    Then it is so\n")
    with terminal(folder, *words, environment=environment) as run:
        run.end()
    folder.run_apart()

    assert [line for line in folder.log if line.startswith("live")] == ["live False", "live False"]
    assert MARK not in run.written
    assert folder.log.count("so") == 2


def test_a_terminal_without_labs_is_left_alone(folder: Folder) -> None:
    """Whatever the tests print."""
    (folder.path / "test_a.py").write_text("def test_it():\n    pass\n")
    with terminal(folder, "-x", "-rA") as run:
        end = run.end()

    assert has("1 passed")(end)
    assert MARK not in run.written
