"""Evidence: what it shows, in what order, and that it always ends."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from kubelab.answers.conversation import Conversation
from kubelab.client import Client
from kubelab.diagnostics import Section, evidence
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.observation import Mark, Store
from tests.unit.objects import changed, ending, pod, thing
from tests.unit.scripted import Clock

DEPLOYMENT = thing("Deployment", "web", status={"replicas": 1})
REPLICAS = thing("ReplicaSet", "web-1", owner=DEPLOYMENT, status={"replicas": 1})
SICK = pod("web-1-a", owner=REPLICAS, node="worker", waiting="CrashLoopBackOff", restarts=2)


@dataclass
class Cluster:
    """A client that has logs and nodes, or trouble."""

    nodes: list[Any] = field(default_factory=list)
    error: Exception | None = None
    hang: threading.Event | None = None

    def logs(self, pod: str, _namespace: str, container: str, *, previous: bool, **_more: Any) -> str:
        """Two lines."""
        if self.hang:
            self.hang.wait(30)
        if self.error:
            raise self.error
        return f"{pod} {container}\n{'before' if previous else 'now'}\n"

    def list(self, _kind: str) -> list[Any]:
        """The nodes."""
        return self.nodes

    def listing(self, kind: str, _namespace: str, **_more: Any) -> tuple[Sequence[Any], str]:
        """The nodes, and nothing else."""
        return (self.nodes if kind == "Node" else []), ""


@dataclass
class Scene:
    """A scenario's world."""

    cluster: Cluster = field(default_factory=Cluster)
    clock: Clock = field(default_factory=Clock)
    namespace: str = "lab"
    network: Conversation = field(default_factory=Conversation)
    store: Store = field(init=False)
    since: Mark = field(init=False)

    def __post_init__(self) -> None:
        """Start its clock."""
        self.store = Store("lab", self.clock)
        self.since = self.store.mark()

    @property
    def client(self) -> Client:
        """The cluster, typed as the evidence expects it."""
        return cast("Client", self.cluster)

    def put(self, item: dict[str, Any], change: Any = "ADDED") -> None:
        """Write an object's state."""
        self.store.put(item["kind"], change, item)

    def event(self, name: str, of: dict[str, Any], reason: str, message: str, type_: str = "Normal", **more: Any) -> None:
        """Write an Event."""
        concerned = {"uid": of["metadata"]["uid"], "name": of["metadata"]["name"]}
        self.put(thing("Event", name, type=type_, reason=reason, message=message, involvedObject=concerned, **more))


@pytest.fixture
def scene() -> Scene:
    """A Deployment with a pod that crashes, and a stranger."""
    scene = Scene()
    for item in (DEPLOYMENT, REPLICAS, SICK, pod("stranger", ready=True)):
        scene.put(item)
    scene.event("e1", SICK, "Pulled", "already present")
    scene.event(
        "e2", SICK, "BackOff", "restarting  failed container in pod web_lab(01234567-89ab-cdef-0123-456789abcdef)", "Warning", count=2
    )
    scene.event("e3", {"metadata": {"uid": "uid-web-1", "name": "web-1"}}, "BackOff", "restarting failed container in pod web", "Warning")
    scene.event("e4", pod("stranger"), "Killing", "not ours")
    return scene


def told(sections: list[Section]) -> dict[str, tuple[str, ...]]:
    """The sections by title."""
    return {section.title: section.lines for section in sections}


def test_everything_that_matters(scene: Scene) -> None:
    """Owners before owned objects, warnings first and once, the logs of both runs, the timeline; no unrelated objects."""
    sections = evidence(scene, LabFailure(about=[SICK]))

    assert [section.title for section in sections] == [
        "objects",
        "events",
        "logs of web-1-a, container main",
        "logs of web-1-a, container main, before its restart",
        "timeline",
    ]
    found = told(sections)
    assert found["objects"] == (
        "Deployment web, 1 replicas",
        "  ReplicaSet web-1, 1 replicas",
        "    Pod web-1-a on worker, Pending, CrashLoopBackOff",
    )
    assert found["events"] == ("BackOff (x3) restarting failed container in pod web [web-1-a, web-1]", "Pulled already present [web-1-a]")
    assert found["logs of web-1-a, container main, before its restart"] == ("web-1-a main", "before")
    assert "+0.0 s web-1-a created" in found["timeline"]


def test_a_workload_brings_its_pods(scene: Scene) -> None:
    """Those it owns, directly or not; a deleted one is marked."""
    scene.put(SICK, "DELETED")

    lines = told(evidence(scene, LabFailure(about=[DEPLOYMENT, SICK])))["objects"]

    assert lines[-1] == "    Pod web-1-a on worker, Pending, CrashLoopBackOff, deleted"


def test_a_failure_about_nothing_shows_everything(scene: Scene) -> None:
    """For any kind of exception."""
    lines = told(evidence(scene, ValueError()))["objects"]

    assert "Pod stranger, Running, Ready" in lines


def test_healthy_pods_are_read_when_none_is_sick(scene: Scene) -> None:
    """The page may be wrong though its pod is ready."""
    found = told(evidence(scene, LabFailure(about=[pod("stranger", ready=True)])))

    assert found["logs of stranger, container main"] == ("stranger main", "now")


def test_a_collector_that_fails_is_one_line(scene: Scene) -> None:
    """The other sections are not affected."""
    scene.cluster.error = SetupTrouble("the server\nis away")

    found = told(evidence(scene, LabFailure(about=[SICK])))

    assert found["logs of web-1-a, container main"] == ("(not available: the server is away)",)
    assert found["objects"]


def test_a_collector_that_hangs_is_left_behind(scene: Scene) -> None:
    """When the time is up, the other sections are there."""
    scene.cluster.hang = threading.Event()

    found = told(evidence(scene, LabFailure(about=[SICK]), limit=0.2))

    assert found["logs of web-1-a, container main"] == ("(not available in time)",)
    assert found["objects"]
    scene.cluster.hang.set()


def test_it_never_raises(scene: Scene) -> None:
    """Not even if the objects of the failure are malformed, or the watches have ended."""
    failure = LabFailure()
    failure.about = ({"metadata": None},)
    assert evidence(scene, failure)[0].title == "evidence"

    scene.store.fail(SetupTrouble("forbidden"))
    assert told(evidence(scene, LabFailure(about=[SICK])))["objects"]


def test_nodes_when_a_pod_finds_no_place(scene: Scene) -> None:
    """All of them, with what they have."""
    homeless = pod("big", status={"conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}]})
    ready = {"conditions": [{"type": "Ready", "status": "True"}], "allocatable": {"cpu": "2", "memory": "4Gi"}}
    labels = {"disk": "ssd", "kubernetes.io/hostname": "a"}
    taints = {"taints": [{"key": "gpu", "effect": "NoSchedule"}], "unschedulable": True}
    scene.cluster.nodes = [thing("Node", "a", metadata={"labels": labels}, status=ready), thing("Node", "b", status=ready, spec=taints)]

    assert told(evidence(scene, LabFailure(about=[homeless])))["nodes"] == (
        "a: Ready; cpu 2, memory 4Gi; labels disk=ssd",
        "b: cordoned; cpu 2, memory 4Gi; taints gpu:NoSchedule",
    )


def test_nodes_that_are_not_well(scene: Scene) -> None:
    """Only nodes that the pods are on."""
    sick = {"conditions": [{"type": "Ready", "status": "Unknown", "lastTransitionTime": "10:00", "message": "kubelet stopped"}]}
    scene.put(thing("Node", "worker", metadata={"namespace": ""}, status=sick))
    scene.put(thing("Node", "other", metadata={"namespace": ""}, status=sick))

    assert told(evidence(scene, LabFailure(about=[SICK])))["nodes"] == ("worker: not ready since 10:00: kubelet stopped",)


def test_what_is_long_is_cut(scene: Scene) -> None:
    """Objects at their end, the timeline at its beginning."""
    crowd = [pod(f"p{number:03}") for number in range(100)]
    for item in crowd:
        scene.put(item)
        scene.put(ending(changed(item)), "MODIFIED")

    found = told(evidence(scene, LabFailure(about=crowd)))

    assert found["objects"][-1] == "… 60 more …"
    assert found["timeline"][0].startswith("… ")
    assert found["timeline"][-1].endswith("Terminating")


def test_no_pods_no_nodes(scene: Scene) -> None:
    """A Service's failure shows no nodes."""
    assert "nodes" not in told(evidence(scene, LabFailure(about=[thing("Service", "web")])))


def test_causes_that_cannot_be_found(scene: Scene) -> None:
    """There is no section: an unknown cause is not mentioned."""
    homeless = pod("big", status={"conditions": [{"type": "PodScheduled", "status": "False", "message": None}]}, spec={"nodeSelector": 1})

    assert "why" not in told(evidence(scene, LabFailure(about=[homeless])))


@pytest.mark.parametrize(("last_saw", "titles"), [("no answer: refused", ["why", "objects"]), ("status 200: a page", ["objects"])])
def test_the_route_to_a_page_is_not_a_cause(scene: Scene, last_saw: str, titles: list[str]) -> None:
    """For a request that was answered."""
    service = thing("Service", "shop", spec={"selector": {"app": "x"}})

    found = evidence(scene, LabFailure(last_saw=last_saw, about=[service]))

    assert [section.title for section in found if section.title in {"why", "objects"}] == titles


def test_what_decides_is_named(scene: Scene) -> None:
    """For the `look` command."""
    held = thing("Deployment", "held", spec={"paused": True})
    scene.put(held)

    first = evidence(scene, LabFailure(about=[held]))[0]

    assert (first.title, [one["metadata"]["name"] for one in first.about]) == ("why", ["held"])
