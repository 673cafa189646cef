"""The reaper: which namespaces it deletes, which it leaves alone, and what it says about those that remain."""

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from filelock import FileLock

from kubelab.errors import LabFailure
from kubelab.node_changes import UNDO
from kubelab.plugin import reaper

if TYPE_CHECKING:
    from kubelab.clusters.provider import Provider


READY = {"conditions": [{"type": "Ready", "status": "True"}]}
PROVIDER = cast("Provider", None)
"""No node was stopped here."""


def namespace(name: str, lock: Path | str = "/nowhere", host: str = socket.gethostname(), **labels: str) -> dict[str, Any]:
    """A namespace that belongs to a run."""
    marks = {"app.kubernetes.io/managed-by": "kubelab", "kubelab/run": "other"}
    notes = {"kubelab/host": host, "kubelab/lock": str(lock)}
    return {"metadata": {"name": name, "labels": {**marks, **labels}, "annotations": notes}, "status": {}}


@dataclass
class Cluster:
    """A client of a cluster with some objects; deleted objects are gone at once, except stuck ones."""

    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    stuck: Sequence[str] = ()
    finalizers: Sequence[str] = ()
    deleted: list[tuple[str, str, int | None]] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)

    def list(self, kind: str, _namespace: str | None = None, labels: str = "") -> Sequence[Mapping[str, Any]]:  # noqa: ARG002
        """The objects of a kind."""
        return list(self.objects.get(kind, ()))

    def listing(self, kind: str, *_: Any) -> tuple[Sequence[Mapping[str, Any]], str]:
        """The same, with a version."""
        return self.list(kind), "1"

    def delete(self, kind: str, name: str, _namespace: str | None = None, grace: int | None = None) -> None:
        """Delete an object."""
        self.deleted.append((kind, name, grace))
        if name not in self.stuck:
            self.objects[kind] = [one for one in self.objects[kind] if one["metadata"]["name"] != name]

    def get(self, *_: str) -> None:
        """There are no leases."""

    def delete_all(self, _kind: str, namespace: str, _grace: int) -> None:
        """Delete all of a kind in a namespace."""
        self.emptied.append(namespace)

    def contents(self, namespace: str | None) -> Sequence[Mapping[str, Any]]:
        """One object in each namespace, or in the given one, with the finalizers that hold it."""
        homes = [one["metadata"]["name"] for one in self.objects["Namespace"]] if namespace is None else [namespace]
        return [{"metadata": {"name": "held", "namespace": home, "finalizers": self.finalizers}} for home in homes]

    def watch(self, *_: Any) -> Sequence[Any]:
        """Nothing happens."""
        return []


def test_what_a_dead_run_left_goes_and_what_a_living_one_needs_stays(tmp_path: Path) -> None:
    """The lock shows which runs live; those of another machine cannot be judged."""
    lives, dead = tmp_path / "lives", tmp_path / "dead"
    dead.touch()
    cluster = Cluster(
        {
            "Namespace": [
                namespace("living", lives),
                namespace("dead", dead),
                namespace("lost", tmp_path / "gone"),
                namespace("elsewhere", dead, host="another-machine"),
                namespace("kept", dead, **{"kubelab/kept": "true"}),
                namespace("ours", dead, **{"kubelab/run": "me"}),
            ]
        }
    )

    with FileLock(lives):
        told = reaper.reap_killed(cluster, PROVIDER, "me")  # type: ignore[arg-type]

    assert [name for _, name, _ in cluster.deleted] == ["dead", "lost"]
    assert told == ["kubelab: deletes what killed runs left: dead, lost"]


def test_what_a_dead_run_s_services_and_ingresses_hold_is_free_at_once() -> None:
    """Deleting a namespace takes seconds, and the next run may want the same node port."""
    held = {kind: [{"metadata": {"name": f"a-{kind}"}}] for kind in ("Service", "Ingress")}
    cluster = Cluster({"Namespace": [namespace("dead")], **held})

    reaper.reap_killed(cluster, PROVIDER, "me")  # type: ignore[arg-type]

    assert [(kind, name) for kind, name, _ in cluster.deleted] == [
        ("Namespace", "dead"),
        ("Service", "a-Service"),
        ("Ingress", "a-Ingress"),
    ]


def test_what_belongs_to_the_whole_cluster_goes_with_its_run(tmp_path: Path) -> None:
    """Objects of a dead run are deleted by the next run, those of a run at its end, and those of a living one by nobody else."""
    lives = tmp_path / "lives"
    objects = [namespace("dead-reader"), namespace("living-reader", lives), namespace("my-reader", **{"kubelab/run": "me"})]
    cluster = Cluster({"ClusterRole": objects})

    with FileLock(lives):
        told = reaper.reap_killed(cluster, PROVIDER, "me")  # type: ignore[arg-type]
        reaper.finish(cluster, PROVIDER, "me", 1.0)  # type: ignore[arg-type]

    assert told == ["kubelab: deletes what killed runs left: ClusterRole dead-reader"]
    assert [(kind, name) for kind, name, _ in cluster.deleted] == [("ClusterRole", "dead-reader"), ("ClusterRole", "my-reader")]


def test_many_names_are_cut_short() -> None:
    """After a crash of a large run they would fill the screen."""
    cluster = Cluster({"Namespace": [namespace(f"n{number}") for number in range(7)]})

    assert reaper.reap_killed(cluster, PROVIDER, "me") == ["kubelab: deletes what killed runs left: n0, n1, n2, n3, n4 and 2 more"]  # type: ignore[arg-type]


def test_folders_of_dead_runs_are_removed(tmp_path: Path) -> None:
    """And only those."""
    for name in ("lives", "dead"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lock").touch()

    with FileLock(tmp_path / "lives" / "lock"):
        reaper.forget(tmp_path)

    assert [one.name for one in tmp_path.iterdir()] == ["lives"]


def test_the_end_of_a_run_says_what_is_kept() -> None:
    """And how to delete it."""
    cluster = Cluster({"Namespace": [namespace("gone"), namespace("kept", **{"kubelab/kept": "true"})]})

    told = reaper.finish(cluster, PROVIDER, "other", 1.0)  # type: ignore[arg-type]

    assert told == ["kubelab: kept kept", "  when you have seen enough: kubectl delete namespace -l kubelab/run=other"]


def stuck() -> dict[str, Any]:
    """A namespace that a finalizer keeps from being deleted."""
    found = namespace("stuck")
    said = {"type": "NamespaceFinalizersRemaining", "status": "True", "message": "a/finalizer in 1 resource instances"}
    found["status"]["conditions"] = [said, {"type": "NamespaceContentRemaining", "status": "False", "message": "no"}]
    return found


def test_what_hangs_is_told_with_what_remains() -> None:
    """After the time that the finalizer's owner gets."""
    cluster = Cluster({"Namespace": [stuck()]}, stuck=["stuck"], finalizers=["a/finalizer"])

    told = reaper.finish(cluster, PROVIDER, "other", 0.01)  # type: ignore[arg-type]

    assert told[:2] == ["kubelab: the namespace stuck does not go away:", "  a/finalizer in 1 resource instances"]


def test_what_kubernetes_itself_holds_is_not_awaited() -> None:
    """Kubernetes deletes it by itself."""
    own = ["kubernetes.io/pvc-protection", "batch.kubernetes.io/job-tracking", "foregroundDeletion", "orphan"]
    cluster = Cluster({"Namespace": [stuck()]}, stuck=["stuck"], finalizers=own)

    assert reaper.finish(cluster, PROVIDER, "other", 1.0) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("seconds", "told"), [(600, True), (10, False)])
def test_what_does_not_go_for_long_is_told(seconds: int, *, told: bool) -> None:
    """By the run itself, or by the next one; a namespace whose deletion has just begun is not reported."""
    old = stuck()
    old["metadata"]["deletionTimestamp"] = (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()
    cluster = Cluster({"Namespace": [old]}, stuck=["stuck"])
    line = "kubelab: the namespace stuck does not go away:"

    assert (line in reaper.finish(cluster, PROVIDER, "other", 1.0)) is told  # type: ignore[arg-type]
    assert (line in reaper.reap_killed(cluster, PROVIDER, "next")) is told  # type: ignore[arg-type]
    assert cluster.deleted == []


def test_what_is_gone_already_is_fine() -> None:
    """Somebody else has deleted it."""

    class Refusing(Cluster):
        def delete(self, kind: str, name: str, _namespace: str | None = None, grace: int | None = None) -> None:
            super().delete(kind, name, _namespace, grace)
            raise LabFailure("not found")

    assert reaper.finish(Refusing({"Namespace": [namespace("gone")]}), PROVIDER, "other", 1.0) == []  # type: ignore[arg-type]


def node(name: str, scenario: str, *, stopped: bool = False) -> dict[str, Any]:
    """A node that a scenario has changed."""
    record = json.dumps({"labels": {"disktype": None}, "stopped": stopped})
    return {"metadata": {"name": name, "labels": {"disktype": "ssd"}, "annotations": {UNDO + scenario: record}}, "status": READY}


@dataclass
class Beginning(Cluster):
    """A cluster in which a scenario begins, and changes a node, during the reaper's requests."""

    patched: list[str] = field(default_factory=list)

    def list(self, kind: str, *words: Any, **more: Any) -> Sequence[Mapping[str, Any]]:
        """The objects of a kind; after the first request there is one more scenario."""
        found = super().list(kind, *words, **more)
        if not any(one["metadata"]["name"] == "begun" for one in self.objects["Namespace"]):
            self.objects["Namespace"] = [*self.objects["Namespace"], namespace("begun", host="another-machine")]
            self.objects["Node"] = [*self.objects["Node"], node("n2", "begun")]
        return found

    def patch(self, _kind: str, name: str, _change: Any) -> None:
        """Record the change."""
        self.patched.append(name)


@pytest.mark.parametrize("ends", [True, False])
def test_a_scenario_that_begins_meanwhile_keeps_its_node(*, ends: bool) -> None:
    """Changed nodes are listed before living runs."""
    cluster = Beginning({"Namespace": [], "Node": [node("n1", "dead")]})

    if ends:
        reaper.finish(cluster, PROVIDER, "me", 1.0)  # type: ignore[arg-type]
    else:
        reaper.reap_killed(cluster, PROVIDER, "me")  # type: ignore[arg-type]

    assert cluster.patched == ["n1"]


def test_with_the_cluster_to_itself_a_run_restores_every_stopped_node(tmp_path: Path) -> None:
    """After one of its processes was killed: nobody else can have stopped a node then. Labels of living runs stay."""
    lives = tmp_path / "lives"
    stopped, labelled = node("n1", "living", stopped=True), node("n2", "living")
    cluster = Beginning({"Namespace": [namespace("living", lives), namespace("begun")], "Node": [stopped, labelled]})
    unpaused: list[str] = []
    provider = cast("Provider", type("Engine", (), {"unpause": lambda _self, name: unpaused.append(name)})())

    with FileLock(lives):
        reaper.take_over(cluster, provider, "me")  # type: ignore[arg-type]

    assert (unpaused, cluster.patched) == (["n1"], ["n1"])
