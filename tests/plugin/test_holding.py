"""A run that is held: everything is ready before its first sentence, and nobody else has to wait for it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pytest

from kubelab import locks
from kubelab.plugin.handshake import GO, PIPES, PLUGIN, READY, WAITING
from tests.plugin.conftest import Folder

SCENARIOS = """
  Scenario: The first
    Given a thing
    Then it is so

  Scenario: The second
    Then it is so
"""


@dataclass(frozen=True)
class Held:
    """A run that has reported that it is ready, the pipe on which it waits, and its further output."""

    process: "subprocess.Popen[bytes]"
    pipe: int
    says: TextIO

    def end(self) -> int:
        """Its exit code, after it has ended."""
        return self.process.wait(50)


@contextmanager
def held(folder: Folder) -> Iterator[Held]:
    """A run of the folder's features, held before its first sentence."""
    waits_at, pipe = os.pipe()
    told, writes_to = os.pipe()
    command = [sys.executable, "-m", "pytest", "-p", PLUGIN, "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:hypothesispytest"]
    environment = {**os.environ, PIPES: f"{waits_at} {writes_to}"}
    out = (folder.path / "out").open("wb")
    with out, subprocess.Popen(command, cwd=folder.path, env=environment, pass_fds=(waits_at, writes_to), stdout=out) as process:
        os.close(waits_at)
        os.close(writes_to)
        with os.fdopen(told, encoding="utf-8") as lines:
            assert lines.readline() == f"{READY}\n"
            try:
                yield Held(process, pipe, lines)
            finally:
                process.kill()


def let_go(run: Held) -> None:
    """Close the pipe on which it waits: nobody is left who could tell it to go on."""
    os.close(run.pipe)


def terminate(run: Held) -> None:
    """Terminate it with SIGTERM."""
    run.process.send_signal(signal.SIGTERM)


def test_a_held_run_has_its_world_and_no_lock(folder: Folder) -> None:
    """Namespace, account and watches exist; meanwhile another run may have the cluster to itself. Then it runs to its end."""
    folder.feature(SCENARIOS)

    with held(folder) as run:
        before = folder.log
        with locks.held(locks_folder(folder), [], exclusive=True):
            """Nobody waits."""
        os.write(run.pipe, GO)
        code = run.end()

        said = run.says.read()

    assert said == ""
    assert len([line for line in before if line.startswith("create Namespace")]) == 1
    assert "watch Pod" in before
    assert code == 0
    assert [line for line in folder.log if line.startswith(("thing", "so"))] == ["thing x in The first", "so", "so"]


def test_a_lock_is_acquired_when_the_run_goes_on(folder: Folder) -> None:
    """It waits for the run that has the cluster to itself, and says so."""
    folder.feature(SCENARIOS)

    with held(folder) as run:
        with locks.held(locks_folder(folder), [], exclusive=True):
            os.write(run.pipe, GO)
            said = run.says.readline()
            waiting = folder.log
        code = run.end()

    assert said == f"{WAITING}\n"
    assert "so" not in waiting
    assert code == 0


def test_the_output_of_a_waiting_run_need_not_be_read(folder: Folder) -> None:
    """It goes on all the same."""
    folder.feature(SCENARIOS)

    with held(folder) as run:
        run.says.close()
        with locks.held(locks_folder(folder), [], exclusive=True):
            os.write(run.pipe, GO)
            with pytest.raises(subprocess.TimeoutExpired):
                run.process.wait(1)
        code = run.end()

    assert code == 0


@pytest.mark.parametrize(("ends", "code"), [(let_go, pytest.ExitCode.OK), (terminate, pytest.ExitCode.INTERRUPTED)])
def test_a_run_that_is_needed_no_more_leaves_nothing(folder: Folder, ends: Callable[[Held], None], code: int) -> None:
    """No sentence has run, and its namespace is removed."""
    folder.feature(SCENARIOS)

    with held(folder) as run:
        ends(run)
        ended = run.end()

    [made] = [line.removeprefix("create ") for line in folder.log if line.startswith("create Namespace")]
    assert f"delete {made}" in folder.log
    assert "so" not in folder.log
    assert ended == code


def test_a_run_whose_first_scenario_cannot_begin_is_not_held(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to wait for."""
    monkeypatch.setenv("NO_NAMESPACES", "1")
    monkeypatch.setenv(PIPES, "0 1")
    folder.feature("\n  Scenario: The first\n    Then it is so\n")

    assert folder.run_apart("-p", PLUGIN).ret == 6


def locks_folder(folder: Folder) -> Path:
    """The folder of the fake cluster's locks."""
    return folder.path / "state" / "kubelab" / "locks" / "fake"
