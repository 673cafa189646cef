"""Locks by resource: exclusive if a resource is named, shared if not, in order, and released after a death."""

import fcntl
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from kubelab.locks import WHOLE, after_a_death, alone, held, nobody_alone

HOLDER = """
import sys, threading
from pathlib import Path
from kubelab.locks import held
with held(Path(sys.argv[1]), sys.argv[2:]):
    print("held", flush=True)
    threading.Event().wait()
"""


def waiter(folder: Path, *resources: str, exclusive: bool = False) -> tuple[threading.Thread, threading.Event]:
    """A thread that acquires the resources and then sets the event."""
    taken = threading.Event()

    def take() -> None:
        with held(folder, resources, exclusive=exclusive):
            taken.set()

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    return thread, taken


def test_scenarios_without_a_common_resource_run_together(tmp_path: Path) -> None:
    """Another resource, or none, is not a reason to wait."""
    with held(tmp_path, ["label a"]):
        for thread, _ in (waiter(tmp_path, "label b"), waiter(tmp_path)):
            thread.join(30)

            assert not thread.is_alive()


def test_a_named_resource_is_exclusive(tmp_path: Path) -> None:
    """Another scenario that names the same resource waits until it is free."""
    with held(tmp_path, ["label a"]):
        thread, taken = waiter(tmp_path, "label a", "label b")

        assert not taken.wait(0.1)
    thread.join(30)

    assert taken.is_set()


def test_a_wait_is_told_before_it_begins(tmp_path: Path) -> None:
    """Once for what is not free; not at all if everything is."""
    told = threading.Event()

    def take() -> None:
        with held(tmp_path, ["label a"], waits=told.set):
            """It is free."""

    take()
    assert not told.is_set()
    with held(tmp_path, ["label a"]):
        thread = threading.Thread(target=take, daemon=True)
        thread.start()

        assert told.wait(10)
    thread.join(30)

    assert not thread.is_alive()


def test_an_exclusive_scenario_waits_for_all_and_newcomers_wait_for_it(tmp_path: Path) -> None:
    """It runs as soon as the running ones have ended, whatever scenarios come meanwhile."""
    with held(tmp_path, []):
        exclusive, alone = waiter(tmp_path, exclusive=True)
        assert not alone.wait(0.1)
        newcomer, late = waiter(tmp_path)

        assert not late.wait(0.1)
    exclusive.join(30)
    newcomer.join(30)

    assert alone.is_set()
    assert late.is_set()


def test_a_scenario_that_has_the_cluster_alone_may_take_a_resource_for_a_moment(tmp_path: Path) -> None:
    """It would wait for itself if that needed the cluster again."""
    with held(tmp_path, [], exclusive=True), alone(tmp_path, "addon"):
        assert (tmp_path / "resource-addon").exists()


def test_a_scenario_that_names_the_cluster_has_it_to_itself(tmp_path: Path) -> None:
    """As if it were exclusive; it does not wait for others' resources."""
    with held(tmp_path, [WHOLE, "label a"]):
        thread, taken = waiter(tmp_path)

        assert not taken.wait(0.1)
    thread.join(30)

    assert taken.is_set()


def test_whether_somebody_has_the_cluster_alone_is_seen_without_waiting(tmp_path: Path) -> None:
    """If nobody has, nobody can get it meanwhile."""
    with held(tmp_path, [], exclusive=True), nobody_alone(tmp_path) as free:
        assert not free

    with held(tmp_path, []), nobody_alone(tmp_path) as free:
        assert free

    with nobody_alone(tmp_path):
        thread, taken = waiter(tmp_path, exclusive=True)
        assert not taken.wait(0.1)
    thread.join(30)
    assert taken.is_set()


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    """Nothing needs to be cleaned up after kill -9."""
    words = [sys.executable, "-c", HOLDER, str(tmp_path), "label a"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        thread, taken = waiter(tmp_path, "label a")
        assert not taken.wait(0.1)
        holder.send_signal(signal.SIGKILL)
    thread.join(30)

    assert taken.is_set()


def test_a_death_is_reported_until_a_scenario_has_cleaned_up(tmp_path: Path) -> None:
    """Not after a scenario that ended normally, or that had nothing for itself."""
    for resources in (["label a"], [WHOLE], []):
        words = [sys.executable, "-c", HOLDER, str(tmp_path), *resources]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout
            assert holder.stdout.readline() == "held\n"
            holder.send_signal(signal.SIGKILL)
        with held(tmp_path, ["label b"]) as me, suppress(RuntimeError), after_a_death(tmp_path, me) as died:
            assert died == bool(resources)
            raise RuntimeError
        with held(tmp_path, ["label b"]) as me, after_a_death(tmp_path, me) as died:
            assert died == bool(resources)
        with held(tmp_path, []) as me, after_a_death(tmp_path, me) as died:
            assert not died


def test_a_scenario_that_lives_is_not_taken_for_dead(tmp_path: Path) -> None:
    """Nor is the one that asks."""
    with held(tmp_path, ["label a"]), held(tmp_path, ["label b"]) as me, after_a_death(tmp_path, me) as died:
        assert not died


@pytest.mark.parametrize(
    ("had", "wants", "is_dead"),
    [
        (["label a"], ["label a", "label b"], True),
        ([WHOLE], [], True),
        ([WHOLE], ["label a"], True),
        (["label a"], [WHOLE], True),
        (["label a"], ["label b"], False),
        (["label a"], [], False),
    ],
)
def test_what_one_has_another_has_lost(tmp_path: Path, had: list[str], wants: list[str], is_dead: bool) -> None:  # noqa: FBT001
    """The kernel frees a killed process's locks one by one: here its own file is the last one, and still locked."""
    with (tmp_path / "holder-dying").open("w") as dying:
        fcntl.flock(dying, fcntl.LOCK_EX)
        dying.write("\n".join(had))
        dying.flush()

        with held(tmp_path, wants) as me, after_a_death(tmp_path, me) as died:
            assert died == is_dead


def test_two_who_ask_at_the_same_time_are_both_told(tmp_path: Path) -> None:
    """One's look at the file of the dead does not make it seem alive to the other, who waits until it is cleaned up."""
    (tmp_path / "holder-dead").write_text("label a")
    with (tmp_path / "holder-dead").open() as looked_at:
        fcntl.flock(looked_at, fcntl.LOCK_SH)

        with held(tmp_path, ["label b"]) as me, after_a_death(tmp_path, me) as died:
            assert died
