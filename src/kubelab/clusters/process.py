"""Runs other programs and returns their output: the one place for subprocesses of the cluster layer."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kubelab import durations
from kubelab.errors import SetupTrouble
from kubelab.output import Output

NOT_FOUND = 127
"""The exit code of a program that does not exist, as a shell reports it."""
TIMED_OUT = 124
"""The exit code of a program that was ended at its time limit, as coreutils' timeout reports it."""


def run(
    argv: Sequence[str | os.PathLike[str]],
    timeout: float = 60,
    env: Mapping[str, str] | None = None,
    *,
    stdin: str | None = None,
    cwd: Path | None = None,
    started: Callable[[int], None] | None = None,
) -> Output:
    """The output of `argv`, ended with all its children after `timeout` seconds or on Ctrl-C; `env` is the whole environment.

    It runs in a session of its own, so that Ctrl-C reaches only us and we end exactly what we started; `started` is told its process id.
    """
    try:
        child = subprocess.Popen(
            argv,
            env=env,
            cwd=cwd,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (FileNotFoundError, PermissionError) as error:
        return Output(NOT_FOUND, "", f"{argv[0]}: {error.strerror}")
    with child:
        if started:
            started(child.pid)
        return _outcome(child, stdin, timeout)


def _outcome(child: subprocess.Popen[str], stdin: str | None, timeout: float) -> Output:
    try:
        out, err = child.communicate(stdin, timeout)
    except subprocess.TimeoutExpired:
        end_group(child.pid)
        out, err = child.communicate()
        return Output(TIMED_OUT, out, f"{err}\nended after {durations.short(timeout)} without an answer")
    except BaseException:
        end_group(child.pid)
        raise
    return Output(child.returncode, out, err)


def end_group(leader: int) -> None:
    """End the process group of `leader`, on Windows only `leader`; if it is gone already, that is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGTERM)


def must(
    argv: Sequence[str | os.PathLike[str]], what: str, remedy: str = "", timeout: float = 60, env: Mapping[str, str] | None = None
) -> Output:
    """The output of `argv`; SetupTrouble if it fails, with `what` could not be done, the command, its last lines and the `remedy`."""
    output = run(argv, timeout, env)
    if not output.good:
        raise SetupTrouble(failure(argv, output, what, remedy))
    return output


def failure(argv: Sequence[str | os.PathLike[str]], output: Output, what: str, remedy: str = "") -> str:
    """The text for a failed command: what could not be done, the command with its exit code, its last lines, the remedy."""
    words = " ".join(os.fspath(word) for word in argv)
    lines = [f"{what}: exit code {output.code} of", f"  {words}", *(f"  | {line}" for line in output.tail.splitlines()), remedy]
    return "\n".join(line for line in lines if line)
