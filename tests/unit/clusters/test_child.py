"""Programs that are monitored, run for real."""

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from kubelab.clusters import child

NEAT = "trap 'echo cleared; exit 7' TERM; echo begun; while true; do sleep 0.05; done"
STUBBORN = "trap '' TERM; echo begun; while true; do sleep 0.05; done"


def begun(log: Path, wait: child.Wait) -> None:
    """Return once the program has printed something."""
    for _ in range(200):
        if "begun" in log.read_text():
            return
        assert wait(0.05) is None
    pytest.fail("it did not begin")


def interrupted(log: Path, wait: child.Wait) -> NoReturn:
    """As by Ctrl-C, while it runs."""
    begun(log, wait)
    raise KeyboardInterrupt


def test_its_output_is_in_the_file_and_its_code_is_told(tmp_path: Path) -> None:
    """Both streams, appended to the file."""
    log = tmp_path / "log"
    log.write_text("before\n")

    with child.running(["sh", "-c", 'echo "$WORD"; echo oh >&2; exit 3'], log, {**os.environ, "WORD": "hello"}) as wait:
        assert wait(20) == 3

    assert log.read_text() == "before\nhello\noh\n"


def test_it_runs_until_we_have_seen_enough(tmp_path: Path) -> None:
    """It may then clean up."""
    log = tmp_path / "log"

    with child.running(["sh", "-c", NEAT], log, os.environ) as wait:
        begun(log, wait)

    assert log.read_text() == "begun\ncleared\n"


def test_an_interrupt_lets_it_clear_away(tmp_path: Path) -> None:
    """And is raised in the caller."""
    log = tmp_path / "log"

    with pytest.raises(KeyboardInterrupt), child.running(["sh", "-c", NEAT], log, os.environ) as wait:
        interrupted(log, wait)

    assert "cleared" in log.read_text()


def test_a_program_that_does_not_end_is_killed(tmp_path: Path) -> None:
    """With its children, once its time is over."""
    log, told = tmp_path / "log", list[child.Wait]()

    with child.running(["sh", "-c", STUBBORN], log, os.environ, grace=0.1) as wait:
        begun(log, wait)
        told.append(wait)

    assert told[0](20) == -signal.SIGKILL


def test_ctrl_c_of_the_terminal_does_not_reach_it(tmp_path: Path) -> None:
    """It is in a session of its own."""
    log = tmp_path / "log"
    with child.running([sys.executable, "-c", "import os; print(os.getsid(0))"], log, os.environ) as wait:
        assert wait(20) == 0

    assert int(log.read_text()) != os.getsid(0)
