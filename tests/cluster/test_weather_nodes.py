"""A node that a scenario has stopped is started again, however its run ends: on a small cluster, since nothing could run beside it."""

import fcntl
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kubelab import locks, node_changes
from kubelab.client import Client
from kubelab.clusters.settings import locks_folder
from kubelab.conditions.nodes import serves
from tests.cluster.runs import PASSES, awaited, command, run, running
from tests.cluster.weather import SmallCluster

pytestmark = pytest.mark.cluster

SHARES = True
STOPS = """  Scenario: {title}
    Given I apply "later.yaml"
    And I apply "web.yaml"
    And Pod "web" is ready
    When I stop the node of Pod "web"
    Then Pod "later-1" is ready within 90 seconds
"""


@pytest.fixture
def client(chosen: SmallCluster) -> Client:
    """A client of the small cluster, which the runs of these tests use too."""
    return Client(chosen.folder / "kubeconfig", f"kind-{chosen.name}")


def states(small: SmallCluster) -> list[str]:
    """The states of the nodes according to the engine, the worker's last."""
    return [node.state for node in sorted(small.nodes, key=lambda one: one.name)]


def is_sound(small: SmallCluster, client: Client) -> bool:
    """Every node runs and is ready, and none has an undo record."""
    found = client.list("Node")
    return states(small) == ["running", "running"] and all(map(serves, found)) and not any(map(node_changes.scenarios, found))


@contextmanager
def stopping(small: SmallCluster, client: Client, folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A run whose scenario has stopped the worker, and waits."""
    with running(client, folder, folder.name, *words, scenario=STOPS) as (process, _):
        awaited(lambda: states(small) == ["running", "paused"])
        yield process


def killed(small: SmallCluster, client: Client, folder: Path) -> None:
    """Such a run, killed: the worker stays stopped, and has its record."""
    with stopping(small, client, folder) as process:
        process.kill()
        process.wait()
    assert states(small) == ["running", "paused"]
    assert [len(node_changes.scenarios(node)) for node in client.list("Node")] == [0, 1]


def test_it_goes_on_after_a_scenario_that_failed(small: SmallCluster, client: Client, tmp_path: Path) -> None:
    """It is ready again when the next scenario begins."""
    text = run(tmp_path, STOPS.replace("90 seconds", "1 second"), "Fails")

    assert "1 failed" in text, text
    assert is_sound(small, client), text


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_it_goes_on_after_ctrl_c(small: SmallCluster, client: Client, tmp_path: Path, workers: list[str]) -> None:
    """By the time pytest ends."""
    with stopping(small, client, tmp_path / f"interrupted{len(workers)}", *workers) as process:
        process.send_signal(signal.SIGINT)
        text, _ = process.communicate(timeout=120)

    assert is_sound(small, client), text


def test_it_goes_on_with_the_run_after_a_killed_one(small: SmallCluster, client: Client, tmp_path: Path) -> None:
    """From the record on the node alone."""
    killed(small, client, tmp_path / "killed")

    text = run(tmp_path / "next", PASSES, "Next")

    assert "1 passed" in text
    assert f"undoes what killed runs changed: {small.name}-worker" in text
    assert is_sound(small, client), text


def someone_waits(small: SmallCluster) -> bool:
    """Whether a scenario waits for the cluster: it then holds the lock DOOR."""
    with (locks_folder(small.name) / locks.DOOR).open("a") as door:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_it_goes_on_with_a_scenario_that_waited_for_the_killed_one(small: SmallCluster, client: Client, tmp_path: Path) -> None:
    """Its run had begun before, when there was nothing to undo."""
    words = command(tmp_path / "waits", PASSES, "Waits")
    with (
        stopping(small, client, tmp_path / "killed") as process,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as waiting,
    ):
        awaited(lambda: someone_waits(small))
        process.kill()
        process.wait()
        text, _ = waiting.communicate(timeout=120)

    assert "1 passed" in text
    assert is_sound(small, client), text


def test_it_goes_on_with_an_up(small: SmallCluster, client: Client, tmp_path: Path) -> None:
    """No living run has stopped it; the next run removes the record."""
    killed(small, client, tmp_path / "killed")

    done = small.up()

    assert done.returncode == 0, done.stderr
    assert f"node {small.name}-worker was left stopped, and is started again" in done.stderr
    assert states(small) == ["running", "running"]
    text = run(tmp_path / "next", PASSES, "Next")
    assert is_sound(small, client), text


def test_an_up_leaves_it_to_the_scenario_that_runs(small: SmallCluster, client: Client, tmp_path: Path) -> None:
    """It is not repaired while the scenario that has stopped it runs."""
    with stopping(small, client, tmp_path / "lives") as process:
        done = small.up()

        assert done.returncode == 0, done.stderr
        assert f"node {small.name}-worker is stopped by a lab that runs now" in done.stderr
        assert states(small) == ["running", "paused"]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
    assert is_sound(small, client)


def test_the_nodes_of_a_named_context_are_not_stopped(
    small: SmallCluster, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal comes before anything is recorded, and is not a failure of the lab: the scenario is skipped."""
    monkeypatch.setenv("KUBECONFIG", str(small.folder / "kubeconfig"))
    text = run(tmp_path, STOPS, "Refused", "--lab-context", f"kind-{small.name}")

    assert "1 skipped" in text
    assert f'the nodes of context "kind-{small.name}" are not ours.' in text
    assert is_sound(small, client)
