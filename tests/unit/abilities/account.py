"""A fake account of a cluster: what it may not do, and what it would see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from kubelab.client import Client, Kind, Refused
from kubelab.client.kinds import BUILT_IN

TAINT = {"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}


@dataclass
class Account:
    """`denied` are words such as "list Node", or for one namespace "list Node in lab"; `objects` are those of each kind.

    `refusals` are what a rehearsal of a kind is refused with; `storage` the class that a claim gets.
    """

    denied: set[str] = field(default_factory=set)
    objects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    storage: str = "standard"
    asked: list[str] = field(default_factory=list)

    @property
    def client(self) -> Client:
        """The same object, typed as a client."""
        return cast("Client", self)

    def kind(self, name: str) -> Kind:
        """Kubernetes' own."""
        return BUILT_IN[name]

    def may(self, verb: str, kind: str, namespace: str = "", _part: str = "") -> bool:
        """Whether it is not denied."""
        words = f"{verb} {kind} in {namespace}" if namespace else f"{verb} {kind}"
        self.asked.append(words)
        return words not in self.denied

    def list(self, kind: str, _namespace: str | None = None, **_: Any) -> Sequence[Mapping[str, Any]]:
        """What there is."""
        self._refuse(f"list {kind}")
        return self.objects.get(kind, [])

    def get(self, kind: str, name: str, _namespace: str | None = None) -> Mapping[str, Any] | None:
        """The one of that name."""
        self._refuse(f"get {kind}")
        return next((one for one in self.objects.get(kind, []) if one["metadata"]["name"] == name), None)

    def rehearse(self, document: Mapping[str, Any], _namespace: str) -> Mapping[str, Any]:
        """The document as it would be; refused if the test says so."""
        self.asked.append(f"rehearse {document['kind']}")
        if document["kind"] in self.refusals:
            raise Refused(403, "Forbidden", self.refusals[document["kind"]])
        return {**document, "spec": {**document["spec"], **({"storageClassName": self.storage} if self.storage else {})}}

    def patch(self, kind: str, name: str, change: Mapping[str, Any]) -> None:
        """Record the change."""
        self._refuse(f"patch {kind}")
        self.asked.append(f"patch {kind} {name} {change['metadata']}")

    def _refuse(self, words: str) -> None:
        if words in self.denied:
            raise Refused(403, "Forbidden", f"you may not {words}")


def node(name: str, *taints: Mapping[str, str], **labels: str) -> dict[str, Any]:
    """A node with an address."""
    addresses = [{"type": "InternalIP", "address": "127.0.0.1"}]
    return {
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
        "spec": {"taints": list(taints)},
        "status": {"addresses": addresses},
    }


def plane() -> dict[str, Any]:
    """A control plane node."""
    return node("plane", TAINT, **{TAINT["key"]: ""})
