"""A scenario in which a sentence failed, and the cluster around it: which actors are reported as absent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from kubelab import actors
from kubelab.answers.conversation import Conversation
from kubelab.client import Refused
from kubelab.clusters.provider import OURS, Capabilities
from kubelab.errors import LabFailure, NotHere
from kubelab.node_changes import UNDO
from kubelab.output import Output
from tests.unit.objects import thing
from tests.unit.scripted import Lab

SYSTEM = "kube-system"
BEFORE = "2026-01-01T00:00:00Z"
"""Long before any sentence."""
OWN_RECORD = {f"{UNDO}lab": '{"labels": {}, "stopped": true}'}


def ago(seconds: float) -> str:
    """The moment this number of seconds ago, as the API server writes it."""
    return f"{datetime.now(UTC) - timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def condition(kind: str, *, true: bool = True, at: str = BEFORE, **more: str) -> dict[str, Any]:
    """A condition of an object's status."""
    return {"type": kind, "status": "True" if true else "False", "lastTransitionTime": at, **more}


def node(name: str = "n1", *, ready: bool = True, at: str = BEFORE, annotations: Any = None, **spec: Any) -> dict[str, Any]:
    """A node with 2 CPUs."""
    status = {"conditions": [condition("Ready", true=ready, at=at, message="so it is")], "allocatable": {"cpu": "2", "memory": "4Gi"}}
    return thing("Node", name, metadata={"namespace": "", "annotations": annotations or {}}, spec=spec, status=status)


def system_pod(name: str, *, ready: bool = True, at: str = BEFORE, home: str = SYSTEM, daemon: str = "", **labels: str) -> dict[str, Any]:
    """A Pod of the system on node n1, created by a DaemonSet if one is named."""
    owner = thing("DaemonSet", daemon) if daemon else None
    status = {"phase": "Running", "conditions": [condition("Ready", true=ready, at=at)]}
    return thing("Pod", name, owner=owner, metadata={"namespace": home, "labels": labels}, spec={"nodeName": "n1"}, status=status)


def lease(name: str, *, renewed: float, lasts: int = 20, home: str = SYSTEM) -> dict[str, Any]:
    """A lease that was renewed this number of seconds ago."""
    return thing("Lease", name, metadata={"namespace": home}, spec={"renewTime": ago(renewed), "leaseDurationSeconds": lasts})


def event(about: Mapping[str, Any], reason: str, message: str = "", **more: Any) -> dict[str, Any]:
    """An Event about an object."""
    concerned = {"uid": about["metadata"]["uid"], "name": about["metadata"]["name"]}
    return thing("Event", f"{about['metadata']['name']}.1", reason=reason, message=message, involvedObject=concerned, **more)


@dataclass
class Programs:
    """The output of programs on nodes, by a word of the command; empty for other words."""

    says: Mapping[str, Output] = field(default_factory=dict)

    def execute(self, node: str, argv: Sequence[str], *, timeout: float) -> Output:
        """The output of a command; a node that cannot be accessed is not ours."""
        assert timeout > 0
        found = next((output for word, output in self.says.items() if word in " ".join((node, *argv))), None)
        if found is None:
            raise NotHere("the nodes are not ours")
        return found

    def by_hand(self, node: str, argv: Sequence[str]) -> str:
        """The command that a person would type."""
        return f"engine exec {node} {' '.join(argv)}"


@dataclass
class Cluster:
    """A client of a cluster with these objects, whose Pods have this log."""

    objects: Sequence[Any] = ()
    log: str = ""
    forbidden: Sequence[str] = ()
    asked: list[str] = field(default_factory=list)

    def listing(self, kind: str, namespace: str, **_more: Any) -> tuple[Sequence[Any], str]:
        """Those of a kind in a namespace, or of the whole cluster."""
        self.asked.append(kind)
        if kind in self.forbidden:
            raise Refused(403, "Forbidden", "no")
        return [one for one in self.objects if one["kind"] == kind and one["metadata"]["namespace"] in {namespace, ""}], ""

    def list(self, kind: str, **_more: Any) -> Sequence[Any]:
        """Those of a kind."""
        return [one for one in self.objects if one["kind"] == kind]

    def logs(self, *_which: Any, **_more: Any) -> str:
        """The same for every container."""
        return self.log


class Scene(Lab):
    """A scenario that waited for this number of seconds in a cluster of these objects."""

    def __init__(self, *objects: Any, seconds: float = 30.0, programs: Any = None, can: Capabilities = OURS, **cluster: Any) -> None:
        super().__init__()
        self.namespace, self.network, self.output = "lab", Conversation(), Output(0, "", "")
        self.client, self.provider = Cluster(objects or (node(),), **cluster), Programs(programs or {})
        self.cluster = cast("Any", type("Known", (), {"can": can}))
        self.seconds = seconds

    def absent(self, *about: Any, said: str = "not ready", sentence: str = "it is so", **failure: Any) -> str:
        """The actors reported as absent; the objects of the failure are those that were seen from the beginning."""
        known = {one["metadata"]["uid"] for one in self.store.objects("Pod")}
        for one in about:
            if one["metadata"]["uid"] not in known:
                self.put(one)
        self.clock.now += self.seconds
        return self.judged(LabFailure(last_saw=said, about=about, **failure), sentence)

    def judged(self, error: BaseException, sentence: str = "it is so") -> str:
        """The same for any error, now."""
        found = actors.absent(cast("Any", self), error, sentence)
        return found.text if found else ""
