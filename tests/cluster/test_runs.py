"""What a run leaves in a real cluster: nothing, however it ends; and no run removes what another one needs."""

import os
import signal
from pathlib import Path

import pytest

from kubelab.client import Client
from kubelab.clusters.settings import Settings
from tests.cluster.runs import IN_THE_BACKGROUND, PASSES, WAITS, awaited, children, names, run, running

pytestmark = pytest.mark.cluster

HELD = """  Scenario: {title}
    When I apply "held.yaml"
    Then no Pod was created
"""
MAKES = """  Scenario: {title}
    When I apply "later.yaml"
    And I apply "made.yaml"
    Then Pod "later-1" is ready within 90 seconds
"""


@pytest.fixture
def client() -> Client:
    """A client of the kind cluster, which is up."""
    return Client(Settings().kubeconfig, "kind-kubelab")


def go(client: Client, title: str) -> bool:
    """Whether the scenario's namespaces are all being deleted, and then gone."""
    living = [one for one in client.list("Namespace", labels=f"kubelab/scenario={title}") if one["status"]["phase"] != "Terminating"]
    return not living and bool(awaited(lambda: not names(client, title)))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_nothing_is_left_after_ctrl_c_or_sigterm(client: Client, tmp_path: Path, workers: list[str], end: signal.Signals) -> None:
    """The namespace is being deleted when pytest ends."""
    title = f"{end.name}{len(workers)}"  # the runs of both cases may run in parallel
    with running(client, tmp_path, title, *workers) as (process, _):
        process.send_signal(end)
        said, _ = process.communicate(timeout=120)

    assert process.returncode == pytest.ExitCode.INTERRUPTED, said
    assert go(client, title)


def test_a_run_in_the_background_ends_on_sigterm(client: Client, tmp_path: Path) -> None:
    """A script's background job ignores Ctrl-C; nothing of it is left, and what had failed before is in its file."""
    fails = '  Scenario: Fails\n    Then Pod "none" is ready within 1 second\n' + WAITS
    words = ["--lab-evidence", str(tmp_path / "found")]
    with running(client, tmp_path, "Background", *words, scenario=fails, started_as=IN_THE_BACKGROUND) as (process, _):
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        text, _ = process.communicate(timeout=120)

    assert process.returncode == pytest.ExitCode.INTERRUPTED
    assert "1 failed" in text
    assert "a.feature:3  Then Pod" in (tmp_path / "found" / "a" / "Fails.txt").read_text()
    assert go(client, "Background")


def test_the_next_run_takes_away_what_a_killed_one_left(client: Client, tmp_path: Path) -> None:
    """A run killed with -9 can do nothing itself."""
    with running(client, tmp_path / "killed", "Killed") as (process, namespace):
        process.kill()
        process.wait()
    assert names(client, "Killed") == [namespace]

    # Other tests' runs begin at the same time: whichever is first removes it.
    run(tmp_path / "next", PASSES, "Next")

    assert awaited(lambda: not names(client, "Killed"))


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill"])
def test_what_a_scenario_made_beside_its_namespace_goes_too(client: Client, tmp_path: Path, kill: signal.Signals) -> None:
    """By the run itself, or by the next one after a killed run, by the marks alone."""
    title = f"Makes{kill.name}"
    with running(client, tmp_path / "makes", title, scenario=MAKES) as (process, namespace):
        awaited(lambda: client.get("ClusterRole", f"{namespace}-reader"))
        process.send_signal(kill)
        process.communicate(timeout=120)
    if kill == signal.SIGKILL:
        run(tmp_path / "next", PASSES, "Next")

    assert client.get("ClusterRole", f"{namespace}-reader") is None
    assert go(client, title)


def test_a_run_leaves_alone_what_another_one_needs(client: Client, tmp_path: Path) -> None:
    """Two runs at the same time."""
    with running(client, tmp_path / "one", "Lives") as (_, namespace):
        text = run(tmp_path / "other", PASSES, "Other")

        found = client.get("Namespace", namespace)
        assert found is not None
        assert found["status"]["phase"] == "Active"
        assert "1 passed" in text
        assert go(client, "Other")


def test_the_namespace_of_a_killed_worker_is_gone_at_the_end(client: Client, tmp_path: Path) -> None:
    """The scenario is an error, and nothing of it is left."""
    with running(client, tmp_path, "Orphan", "-n", "1") as (process, _):
        os.kill(children(process)[0], signal.SIGKILL)
        text, _ = process.communicate(timeout=120)

    assert "1 error" in text
    assert go(client, "Orphan")


def test_what_hangs_is_named_with_its_finalizers(client: Client, tmp_path: Path) -> None:
    """A namespace that does not go away is reported, with the kinds that remain."""
    text = run(tmp_path, HELD, "Hangs", "--lab-patience", "0.6")

    [namespace] = names(client, "Hangs")
    client.patch("ConfigMap", "held", {"metadata": {"finalizers": None}}, namespace)
    assert f"the namespace {namespace} does not go away" in text
    assert "kubelab.test/stay" in text
    assert "configmaps" in text


def test_a_kept_namespace_stays_and_its_removal_is_told(client: Client, tmp_path: Path) -> None:
    """--lab-keep all: the namespace is active afterwards, also after another run."""
    text = run(tmp_path / "kept", PASSES, "Kept", "--lab-keep", "all")
    run(tmp_path / "next", PASSES, "Next")

    [namespace] = names(client, "Kept")
    found = client.get("Namespace", namespace)
    client.delete("Namespace", namespace)
    assert found is not None
    assert found["status"]["phase"] == "Active"
    assert f"kept {namespace}" in text
