"""Changes on nodes are recorded with the change itself and undone from the record alone."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from kubelab import nodes
from kubelab.client import Client
from kubelab.conditions.pods import CONTROL_PLANE
from kubelab.errors import LabFailure


class Nodes:
    """A client of nodes only, with the merge patch of the API server (RFC 7386)."""

    def __init__(self, *found: dict[str, Any]) -> None:
        self.found = {one["metadata"]["name"]: one for one in found}

    def list(self, _kind: str) -> list[dict[str, Any]]:
        """All nodes."""
        return list(self.found.values())

    def get(self, _kind: str, name: str) -> dict[str, Any] | None:
        """The node of that name."""
        return self.found.get(name)

    def patch(self, _kind: str, name: str, change: Mapping[str, Any]) -> dict[str, Any]:
        """Merge the change into the node."""
        self.found[name] = merged(self.found[name], change)
        return self.found[name]


def merged(thing: Any, change: Any) -> Any:
    """RFC 7386."""
    if not isinstance(change, Mapping):
        return change
    kept = {key: value for key, value in thing.items() if key not in change} if isinstance(thing, Mapping) else {}
    return kept | {key: merged((thing or {}).get(key), value) for key, value in change.items() if value is not None}


def node(name: str, **labels: str) -> dict[str, Any]:
    """A node with labels."""
    return {"metadata": {"name": name, "labels": labels}}


def client(*found: dict[str, Any]) -> Client:
    """A client that knows these nodes."""
    return cast("Client", Nodes(*found))


def test_a_new_label_is_undone_by_removing_it() -> None:
    """What was not there is not there again, and the record is gone too."""
    cluster = client(node("worker", zone="a"))
    nodes.relabel(cluster, "worker", "disktype", "ssd", "lab-1")
    assert nodes.scenarios(cluster.list("Node")[0]) == ["lab-1"]

    assert nodes.restore(cluster, lambda scenario: scenario == "lab-1") == ["worker"]

    assert cluster.list("Node") == [{"metadata": {"name": "worker", "labels": {"zone": "a"}, "annotations": {}}}]


def test_a_changed_label_gets_its_first_value_back() -> None:
    """However often a scenario changed it."""
    cluster = client(node("worker", disktype="std"))
    for value in ("ssd", None, "nvme"):
        nodes.relabel(cluster, "worker", "disktype", value, "lab-1")

    nodes.restore(cluster, lambda _scenario: True)

    assert cluster.list("Node")[0]["metadata"]["labels"] == {"disktype": "std"}


def test_a_scenario_that_goes_on_keeps_its_changes() -> None:
    """Only what ended is undone."""
    cluster = client(node("worker"))
    nodes.relabel(cluster, "worker", "gpu", "true", "lab-1")

    assert nodes.restore(cluster, lambda _scenario: False) == []
    assert cluster.list("Node")[0]["metadata"]["labels"] == {"gpu": "true"}


def test_a_worker_without_the_label_is_chosen() -> None:
    """Never the control plane, nor one that has the label already."""
    control = {"metadata": {"name": "a", "labels": {CONTROL_PLANE: ""}}}

    assert nodes.worker_without([control, node("c"), node("b", gpu="true"), node("d")], "gpu") == node("c")


def test_no_worker_without_the_label_is_said() -> None:
    """The failure names the label."""
    with pytest.raises(LabFailure, match='without the label "gpu"'):
        nodes.worker_without([node("b", gpu="true")], "gpu")


def test_the_workers_are_all_but_the_control_plane() -> None:
    """Or all others; none at all is said."""
    control = {"metadata": {"name": "a", "labels": {CONTROL_PLANE: ""}}}

    assert nodes.workers([control, node("b"), node("c")]) == [node("b"), node("c")]
    assert nodes.workers([control, node("b"), node("c")], but=node("b", gpu="true")) == [node("c")]
    with pytest.raises(LabFailure, match="another worker node"):
        nodes.workers([control, node("b")], but=node("b"))


def test_an_unknown_node_is_said() -> None:
    """Its name is told."""
    with pytest.raises(LabFailure, match='no node "nowhere"'):
        nodes.relabel(client(), "nowhere", "gpu", "true", "lab-1")
