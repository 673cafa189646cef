"""What a scenario creates outside its namespace is marked as its own, and removed by the marks alone."""

from typing import Any

import pytest

from kubelab import belongings
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.manifests import Document

HOME = {
    "metadata": {
        "name": "lab-1",
        "labels": {"app.kubernetes.io/managed-by": "kubelab", "kubelab/run": "r1", "kubernetes.io/metadata.name": "lab-1"},
        "annotations": {"kubelab/host": "here", "kubelab/lock": "/lock", "other": "x"},
    }
}


class Cluster:
    """A client of a cluster with some objects; kinds without objects may not be listed."""

    def __init__(self, **objects: list[dict[str, Any]]) -> None:
        self.objects = objects
        self.deleted: list[tuple[str, str]] = []

    def list(self, kind: str, _namespace: str | None = None, labels: str = "") -> list[dict[str, Any]]:  # noqa: ARG002
        """All of a kind."""
        if kind not in self.objects:
            raise LabFailure("forbidden")
        return self.objects[kind]

    def delete(self, kind: str, name: str, _namespace: str | None = None) -> None:
        """Delete one; "gone" has been deleted already."""
        self.deleted.append((kind, name))
        if name == "gone":
            raise LabFailure("not found")

    def delete_all(self, kind: str, namespace: str, grace: int) -> None:
        """Delete all of a kind, where it may be deleted."""
        self.list(kind)
        self.deleted.append((kind, f"all of {namespace} within {grace} s"))


def made(name: str, run: str) -> dict[str, Any]:
    """An object that a run has created."""
    return {"metadata": {"name": name, "labels": {"kubelab/run": run}}}


def client(**objects: list[dict[str, Any]]) -> Any:
    """A client of such a cluster."""
    return Cluster(**objects)


def test_it_has_the_marks_of_the_scenarios_namespace_and_its_own() -> None:
    """Kubernetes' own labels are not copied."""
    document = Document({"kind": "Namespace", "metadata": {"name": "lab-1-team", "labels": {"team": "a"}}}, "m.yaml:1")

    marked = belongings.marked(document, HOME)

    assert marked.where == "m.yaml:1"
    assert marked.body["metadata"] == {
        "name": "lab-1-team",
        "labels": {"team": "a", "app.kubernetes.io/managed-by": "kubelab", "kubelab/run": "r1"},
        "annotations": {"kubelab/host": "here", "kubelab/lock": "/lock"},
    }


def test_without_the_marks_nothing_is_made() -> None:
    """Otherwise it would never be removed."""
    with pytest.raises(SetupTrouble, match="namespace is gone"):
        belongings.marked(Document({"kind": "Namespace", "metadata": {"name": "x"}}), None)


def test_what_is_gone_already_is_fine() -> None:
    """The lab has deleted it."""
    cluster = client()

    belongings.take_away(cluster, "ClusterRole", "gone")

    assert cluster.deleted == [("ClusterRole", "gone")]


def test_a_namespace_lets_go_at_once_of_what_others_wait_for() -> None:
    """The room of its Pods, its ports and hosts."""
    cluster = client(Pod=[made("web-1", "r1")], Service=[made("web", "r1")], Ingress=[])

    belongings.take_away(cluster, "Namespace", "lab-1-team")

    assert cluster.deleted == [("Namespace", "lab-1-team"), ("Pod", "all of lab-1-team within 1 s"), ("Service", "web")]


def test_who_may_not_delete_pods_leaves_them_to_the_cluster() -> None:
    """An account with few rights: the rest is deleted all the same."""
    cluster = client(Service=[made("web", "r1")], Ingress=[])

    belongings.release(cluster, "lab-1")

    assert cluster.deleted == [("Service", "web")]


def test_what_ended_scenarios_made_is_taken_away() -> None:
    """Objects of others are not; kinds that this account may not list have none."""
    cluster = client(ClusterRole=[made("mine", "r1"), made("other", "r2")])

    assert belongings.take_away_of(cluster, lambda one: one["metadata"]["labels"]["kubelab/run"] == "r1") == ["ClusterRole mine"]
    assert cluster.deleted == [("ClusterRole", "mine")]
