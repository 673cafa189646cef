"""The label that a scenario gives a node is removed, however its run ends. Both tests use the same label."""

import signal
from pathlib import Path

import pytest

from kubelab.client import Client
from kubelab.clusters.settings import Settings
from tests.cluster.runs import PASSES, awaited, run, running

pytestmark = pytest.mark.cluster

LABELS = """  Scenario: {title}
    Given I label a worker node "kubelab-test=yes"
    And I apply "later.yaml"
    Then Pod "later-1" is ready within 90 seconds
"""


@pytest.fixture
def client() -> Client:
    """A client of the kind cluster, which is running."""
    return Client(Settings().kubeconfig, "kind-kubelab")


def labelled(client: Client) -> list[str]:
    """The nodes that have these tests' label, or a record of how to undo it."""
    nodes = [one["metadata"] for one in client.list("Node")]
    return [one["name"] for one in nodes if "kubelab-test" in f"{one['labels']} {one.get('annotations')}"]


def test_a_node_s_label_is_taken_back_after_ctrl_c(client: Client, tmp_path: Path) -> None:
    """With the record of the state before."""
    with running(client, tmp_path, "LabelsAndStops", scenario=LABELS) as (process, _):
        awaited(lambda: labelled(client))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)

    assert labelled(client) == []


def test_a_node_s_label_is_taken_back_by_the_run_after_a_killed_one(client: Client, tmp_path: Path) -> None:
    """From the record on the node alone."""
    with running(client, tmp_path / "killed", "LabelsAndDies", scenario=LABELS) as (process, _):
        awaited(lambda: labelled(client))
        process.kill()
        process.wait()
    assert len(labelled(client)) == 1

    run(tmp_path / "next", PASSES, "Next")

    assert awaited(lambda: not labelled(client))
