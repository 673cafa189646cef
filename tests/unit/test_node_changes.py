"""Changes of nodes are recorded together with the change and undone from the record alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import pytest

from kubelab import node_changes
from kubelab.client import Client
from kubelab.conditions.pods import CONTROL_PLANE
from kubelab.errors import LabFailure, NotHere, SetupTrouble

TAINT = {"key": CONTROL_PLANE, "effect": "NoSchedule"}
READY = {"conditions": [{"type": "Ready", "status": "True"}]}


class Engine:
    """A provider that records what is done to nodes, and what was written on them by then."""

    def __init__(self, cluster: Any, refusal: str = "") -> None:
        self.cluster, self.refusal = cluster, refusal
        self.done: list[str] = []

    def reach(self, node: str) -> None:
        """If the nodes are not ours, it says so."""
        self.done.append(f"reach {node}")
        if self.refusal:
            raise SetupTrouble(self.refusal)

    def pause(self, node: str) -> None:
        """The record must exist before."""
        self.done.append(f"pause {node}, noted: {node_changes.scenarios(self.cluster.get('Node', node))}")

    def unpause(self, node: str) -> None:
        """The record must still exist."""
        self.done.append(f"unpause {node}, noted: {node_changes.scenarios(self.cluster.get('Node', node))}")


class Nodes:
    """A client of nodes and their leases only, with the merge patch of the API server (RFC 7386)."""

    def __init__(self, *found: dict[str, Any]) -> None:
        self.found = {one["metadata"]["name"]: one for one in found}
        self.renewals = 0

    def list(self, _kind: str) -> list[dict[str, Any]]:
        """All nodes."""
        return list(self.found.values())

    def get(self, kind: str, name: str, _namespace: str | None = None) -> dict[str, Any] | None:
        """The node of that name, or its lease."""
        return self.lease if kind == "Lease" else self.found.get(name)

    @property
    def lease(self) -> dict[str, Any]:
        """The lease of each node: renewed that many times."""
        return {"spec": {"renewTime": self.renewals}}

    def listing(self, kind: str, _namespace: str | None, query: Sequence[tuple[str, str]]) -> tuple[Sequence[dict[str, Any]], str]:
        """The node that the field selector names, or its lease, and a resource version."""
        return [self.lease if kind == "Lease" else self.found[query[0][1].removeprefix("metadata.name=")]], "1"

    def watch(self, kind: str, *_: Any) -> Iterator[dict[str, Any]]:
        """A lease is renewed at last, the node "worker" becomes ready."""
        if kind == "Lease":
            self.renewals += 1
            yield {"type": "MODIFIED", "object": self.lease}
            return
        yield {"type": "MODIFIED", "object": self.found["worker"]}
        self.found["worker"] = {**self.found["worker"], "status": READY}
        yield {"type": "MODIFIED", "object": self.found["worker"]}

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


def engine(cluster: Client, refusal: str = "") -> Any:
    """A provider of that cluster."""
    return Engine(cluster, refusal)


def test_a_new_label_is_undone_by_removing_it() -> None:
    """The label is removed again, and so is the record."""
    cluster = client(node("worker", zone="a"))
    node_changes.relabel(cluster, "worker", "disktype", "ssd", "lab-1")
    assert node_changes.scenarios(cluster.list("Node")[0]) == ["lab-1"]

    assert node_changes.restore(cluster, engine(cluster), lambda scenario: scenario == "lab-1") == ["worker"]

    assert cluster.list("Node") == [{"metadata": {"name": "worker", "labels": {"zone": "a"}, "annotations": {}}}]


def test_a_changed_label_gets_its_first_value_back() -> None:
    """However many times a scenario changed it."""
    cluster = client(node("worker", disktype="std"))
    for value in ("ssd", None, "nvme"):
        node_changes.relabel(cluster, "worker", "disktype", value, "lab-1")

    node_changes.restore(cluster, engine(cluster), lambda _scenario: True)

    assert cluster.list("Node")[0]["metadata"]["labels"] == {"disktype": "std"}


def test_a_scenario_that_goes_on_keeps_its_changes() -> None:
    """Only those of ended scenarios are undone."""
    cluster = client(node("worker"))
    node_changes.relabel(cluster, "worker", "gpu", "true", "lab-1")

    assert node_changes.restore(cluster, engine(cluster), lambda _scenario: False) == []
    assert cluster.list("Node")[0]["metadata"]["labels"] == {"gpu": "true"}


def test_a_worker_without_the_label_is_chosen() -> None:
    """Never the control plane, nor a node labelled by a scenario already, by this one or by one of a killed run."""
    control = {"metadata": {"name": "a", "labels": {CONTROL_PLANE: ""}}, "spec": {"taints": [TAINT]}}

    cluster = client(node("b"))
    mine = node_changes.relabel(cluster, "b", "gpu", "true", "lab-1")

    assert node_changes.worker_without([control, node("c"), mine, node("d")], "gpu") == node("c")
    with pytest.raises(NotHere, match='without the label "gpu"'):
        node_changes.worker_without([control, mine], "gpu")


def test_a_label_that_somebody_else_gave_is_left_alone() -> None:
    """A lab that wants it on one node only would otherwise use the wrong one."""
    with pytest.raises(NotHere, match='Node "b" has the label "gpu=true" from somebody else'):
        node_changes.worker_without([node("a"), node("b", gpu="true")], "gpu")


def test_the_workers_are_all_but_the_control_plane() -> None:
    """Or all others; if there are none, that is reported."""
    control = {"metadata": {"name": "a", "labels": {CONTROL_PLANE: ""}}, "spec": {"taints": [TAINT]}}

    assert node_changes.workers([control, node("b"), node("c")]) == [node("b"), node("c")]
    assert node_changes.workers([control, node("b"), node("c")], but=node("b", gpu="true")) == [node("c")]
    with pytest.raises(NotHere, match="another worker node"):
        node_changes.workers([control, node("b")], but=node("b"))


def test_an_unknown_node_is_reported() -> None:
    """By its name."""
    with pytest.raises(LabFailure, match='no node "nowhere"'):
        node_changes.relabel(client(), "nowhere", "gpu", "true", "lab-1")


def test_a_node_is_noted_before_it_is_stopped_and_forgotten_once_it_serves_again() -> None:
    """So that it is found after a sudden death; a label that the same scenario changed is not lost."""
    cluster = client(node("worker", zone="a"))
    provider = engine(cluster)
    node_changes.relabel(cluster, "worker", "zone", "b", "lab-1")

    node_changes.stop(cluster, provider, "worker", "lab-1")
    assert node_changes.recorded(cluster.list("Node")[0], "lab-1") == node_changes.NodeRecord({"zone": "a"}, stopped=True)
    assert node_changes.restore(cluster, provider, lambda _scenario: True) == ["worker"]

    assert provider.done == ["reach worker", "pause worker, noted: ['lab-1']", "unpause worker, noted: ['lab-1']"]
    assert cluster.list("Node") == [{"metadata": {"name": "worker", "labels": {"zone": "a"}, "annotations": {}}, "status": READY}]


def test_a_node_that_looked_ready_all_the_time_is_back_when_its_kubelet_has_reported() -> None:
    """It was stopped too briefly to be missed; without a sign of life it may be missed a moment later."""
    nodes = Nodes({**node("worker"), "status": READY})
    cluster = cast("Client", nodes)
    node_changes.stop(cluster, engine(cluster), "worker", "lab-1")

    assert node_changes.restore(cluster, engine(cluster), lambda _scenario: True) == ["worker"]

    assert nodes.renewals == 1


def test_a_node_that_does_not_come_back_keeps_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run tries again, and the remedy is named."""
    cluster = client(node("worker"), node("other"))
    provider = engine(cluster)
    node_changes.stop(cluster, provider, "other", "lab-1")
    monkeypatch.setattr(node_changes, "BACK", 1.1)

    with pytest.raises(SetupTrouble, match=r'Node "other", which a scenario had stopped, .*\nFix it: kubelab up'):
        node_changes.restore(cluster, provider, lambda _scenario: True)

    assert node_changes.scenarios(cluster.get("Node", "other") or {}) == ["lab-1"]


def test_nodes_of_somebody_else_are_not_noted() -> None:
    """If none can be stopped, nothing needs to be undone."""
    cluster = client(node("worker"))

    with pytest.raises(SetupTrouble, match="not ours"):
        node_changes.stop(cluster, engine(cluster, "The nodes are not ours."), "worker", "lab-1")

    assert cluster.list("Node") == [node("worker")]


@pytest.mark.parametrize(("name", "seen"), [("a", 'the control plane\'s "a"'), ("nowhere", 'no node "nowhere"')])
def test_only_worker_nodes_can_be_stopped(name: str, seen: str) -> None:
    """Without its control plane the cluster does not work."""
    cluster = client({"metadata": {"name": "a", "labels": {CONTROL_PLANE: ""}}, "spec": {"taints": [TAINT]}})

    with pytest.raises(LabFailure, match=seen):
        node_changes.stop(cluster, engine(cluster), name, "lab-1")


def test_pods_on_the_control_plane_are_not_a_failure_of_the_lab() -> None:
    """There is no worker that they could be on."""
    cluster = client({"metadata": {"name": "a", "labels": {CONTROL_PLANE: ""}}})

    with pytest.raises(NotHere, match='are on its control plane, "a"'):
        node_changes.stop(cluster, engine(cluster), "a", "lab-1")
