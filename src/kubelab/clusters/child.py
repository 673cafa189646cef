"""A program that runs while we watch it: its output goes to a file, and when we stop it may first clear away what it has made."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kubelab.clusters.process import end_group

GRACE = 120.0
"""Seconds that a program has to clear away once it was asked to end."""
LAST = 15
"""Lines of a log that are shown where nothing else tells what went wrong."""
Wait = Callable[[float], int | None]
"""Waits at most that number of seconds for the program's end: its exit code (negative: the signal that ended it), None while it runs."""


@contextmanager
def running(argv: Sequence[str | os.PathLike[str]], log: Path, env: Mapping[str, str], *, grace: float = GRACE) -> Iterator[Wait]:
    """The program, for as long as the block lasts; what it says is added to `log`, and `env` is its whole environment.

    It runs in a session of its own, so that Ctrl-C reaches only us. Where the block ends before the program does, it gets SIGTERM,
    and is ended with all its children when `grace` seconds are over, or when somebody interrupts us again.
    """
    with (
        log.open("ab") as out,
        subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True) as child,
    ):
        try:
            yield lambda seconds: _ended(child, seconds)
        finally:
            if child.poll() is None:
                _stop(child, grace)


def last_words(log: Path) -> list[str]:
    """The last lines of what a program said, indented; none where there is no log."""
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.exists() else []
    return [f"  {line}" for line in lines[-LAST:]]


def _ended(child: subprocess.Popen[bytes], seconds: float) -> int | None:
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


def _stop(child: subprocess.Popen[bytes], grace: float) -> None:
    child.terminate()
    try:
        _ended(child, grace)
    finally:
        end_group(child.pid)
