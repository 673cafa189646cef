"""Results that appear whole or not at all, and the lock of those who make them."""

import io
import subprocess
import threading
from pathlib import Path

import pytest

from kubelab.clusters.nodeimage.results import StageResults, Work
from kubelab.clusters.progress import Progress
from tests.unit.nodeimage.recipes import alive, all_dead


def test_a_result_appears_only_when_its_work_ended_well(tmp_path: Path) -> None:
    """Before, it does not exist; afterwards nothing of the work is left."""
    store = StageResults(tmp_path / "store")
    with store.working("one", "abc") as work:
        (work.out / "file").write_text("whole")
        assert not store.has("one", "abc")
    assert (store.path("one", "abc") / "file").read_text() == "whole"
    assert list((store.folder / "work").iterdir()) == []


def test_nothing_stays_of_work_that_failed(tmp_path: Path) -> None:
    """Neither a result nor a work folder."""
    store = StageResults(tmp_path / "store")
    with pytest.raises(ValueError, match="no"), store.working("one", "abc"):
        raise ValueError("no")
    assert (store.has("one", "abc"), list((store.folder / "work").iterdir())) == (False, [])


def test_a_second_builder_waits_and_says_so(tmp_path: Path) -> None:
    """Two builders at once would destroy each other's work."""
    store, said = StageResults(tmp_path / "store"), io.StringIO()
    entered = threading.Event()

    def second() -> None:
        with store.locked(Progress(said)):
            entered.set()

    with store.locked(Progress(io.StringIO())):
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.3)
    assert entered.wait(10)
    thread.join()
    assert said.getvalue() == "another kubelab is making the node image: waiting for it\n"


def test_leftover_work_of_a_killed_builder_is_removed_with_its_processes(tmp_path: Path) -> None:
    """The recorded process is ended if it is still the same one."""
    store = StageResults(tmp_path / "store")
    work = Work(store.folder / "work" / "one-abc")
    work.out.mkdir(parents=True)
    with subprocess.Popen(["sleep", "300"], start_new_session=True) as left:
        work.owner.write_text(Path(f"/proc/{left.pid}/stat").read_text())
        store.sweep()
    assert (all_dead([left.pid]), work.folder.exists()) == (True, False)


def test_a_process_that_only_has_the_number_of_the_noted_one_is_left_alone(tmp_path: Path) -> None:
    """Process IDs are reused; the start time shows it."""
    store = StageResults(tmp_path / "store")
    work = Work(store.folder / "work" / "one-abc")
    work.out.mkdir(parents=True)
    with subprocess.Popen(["sleep", "300"], start_new_session=True) as other:
        work.owner.write_text(f"{other.pid} (sleep) S {'1 ' * 49}")
        store.sweep()
        assert (alive(other.pid), work.folder.exists()) == (True, False)
        other.kill()
