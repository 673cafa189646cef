"""Judges a student's files with pytest, in a process of its own that gets ready at once and waits until it is told to go on."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from kubelab.clusters.process import end_group
from kubelab.exercises import Exercise
from kubelab.plugin.handshake import GO, PIPES, PLUGIN, plain

CLEARING = 60.0
"""Seconds that a run gets to take away what it has made."""
PLUGINS = (PLUGIN, "pytest_bdd.plugin", "kubelab.plugin")
"""Those that judge; no other one that is installed is loaded."""


@dataclass(frozen=True)
class Task:
    """What is judged: an exercise by the files of a folder, where pytest's output goes, and the environment of the run.

    With a `namespace`, what runs there is judged, and nothing is applied.
    """

    exercise: Exercise
    folder: Path
    log: Path
    environment: Mapping[str, str]
    namespace: str = ""


class Judging(Protocol):
    """A run that judges a task."""

    began: float

    def go(self) -> None:
        """Let it judge the files as they are now."""

    def end(self) -> None:
        """Ask it to end; what it has made it takes away."""

    def await_end(self) -> None:
        """Return once it has ended."""


Hear = Callable[[Judging, str | None], None]
"""Told each line that a run says, and None when it is over; called in a thread of the run's own."""
Start = Callable[[Task, Hear], Judging]


class PytestJudging:
    """A process of pytest."""

    def __init__(self, task: Task, hear: Hear) -> None:
        """Start it; what it says goes to `hear`."""
        self.began, self._is_asked = time.monotonic(), False
        waits_at, self._pipe = os.pipe()
        said, writes_to = os.pipe()
        self._process = _started(task, waits_at, writes_to)
        for end in (waits_at, writes_to):
            os.close(end)
        self._listener = threading.Thread(target=self._listen, args=(os.fdopen(said, encoding="utf-8"), hear), daemon=True)
        self._listener.start()

    def go(self) -> None:
        """Let it judge the files as they are now; before it is ready it will do so as soon as it is."""
        with suppress(BrokenPipeError):
            os.write(self._pipe, GO)

    def end(self) -> None:
        """As Ctrl-C would: it clears up, or has not made anything yet."""
        if not self._is_asked:  # twice would interrupt the clearing
            self._is_asked = True
            self._process.send_signal(signal.SIGTERM)

    def await_end(self) -> None:
        """Return once it has ended, by force if it does not clear up in time; also when a second Ctrl-C comes."""
        try:
            self._process.wait(CLEARING)
        except BaseException as error:
            end_group(self._process.pid)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
        finally:
            with suppress(OSError):
                os.close(self._pipe)
        self._listener.join(1)

    def _listen(self, lines: IO[str], hear: Hear) -> None:
        with lines:
            for line in lines:
                hear(self, line)
        self._process.wait()
        hear(self, None)


def _started(task: Task, waits_at: int, writes_to: int) -> "subprocess.Popen[bytes]":
    """In a session of its own: Ctrl-C reaches only us, and we end what we have started."""
    environment = {**_alone(task.environment), PIPES: f"{waits_at} {writes_to}"}
    task.log.unlink(missing_ok=True)  # the run before this one may write to it still
    with task.log.open("wb") as log:
        return subprocess.Popen(
            command(task, f"/dev/fd/{writes_to}"),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(waits_at, writes_to),
            start_new_session=True,
        )


def command(task: Task, score: str) -> list[str]:
    """The command of a run: by no settings file, with no conftest but those of the exercise's own folders, and no Python of this one."""
    feature = task.exercise.feature.absolute()
    root = next((folder.parent for folder in feature.parents if folder.name == "features"), feature.parent)
    place = ["-c", os.devnull, f"--rootdir={root}", f"--confcutdir={root}"]
    plugins = [word for name in PLUGINS for word in ("-p", name)]
    files = [f"--lab-solutions={task.folder.absolute()}", f"--lab-score={score}"]
    live = [f"--lab-namespace={task.namespace}"] if task.namespace else []
    return [sys.executable, "-P", "-m", "pytest", str(feature), *plugins, "-p", "no:cacheprovider", "--color=no", *place, *files, *live]


def _alone(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what people have set for runs of pytest of their own, and without plugins of theirs."""
    return {**plain(environment), "PYTEST_PLUGINS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONSAFEPATH": "1"}
