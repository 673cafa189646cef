"""What a fresh namespace of somebody else's cluster lets a scenario do: what may be watched, which Pods are admitted, where storage is."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kubelab.abilities.rights import Right, in_words
from kubelab.belongings import BASELINE, ENFORCE
from kubelab.client import Refused
from kubelab.client.objects import at
from kubelab.manifests.refused import VIOLATES

if TYPE_CHECKING:
    from kubelab.client import Client

WATCHING = ("list", "watch")
GRANTED = 10.0
"""Seconds within which an account gets its rights in a namespace that it created, on clusters that give them only there."""
EVERY = 0.2
"""Seconds between two checks."""
POD = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "kubelab"}, "spec": {"containers": [{"name": "main", "image": "busybox"}]}}
"""A Pod as simple as a lab's; the level "restricted" does not admit it."""
CLAIM = {
    "apiVersion": "v1",
    "kind": "PersistentVolumeClaim",
    "metadata": {"name": "kubelab"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}},
}
"""A claim without a class; if there is a default class, the API server fills it in."""


@dataclass(eq=False)
class Customs:
    """What has been found out in the namespaces of a run; None means not yet known."""

    client: "Client"
    everywhere: dict[str, bool] = field(default_factory=dict)
    level: str | None = None
    storage: str | None = None

    def unseen(self, kinds: Iterable[str], namespace: str) -> dict[str, str]:
        """The kinds that this account may not watch there, each with the reason in one line."""
        end = time.monotonic() + GRANTED
        denied = {kind: _unseen(kind) for kind in kinds if not self._sees(kind, "")}
        here = {kind: reason for kind, reason in denied.items() if self.client.kind(kind).namespaced}
        while here and time.monotonic() < end:
            here = {kind: reason for kind, reason in here.items() if not self._sees(kind, namespace)}
            if here:
                threading.Event().wait(EVERY)
        return {kind: reason for kind, reason in denied.items() if kind in here or not self.client.kind(kind).namespaced}

    def admit(self, namespace: str) -> None:
        """Set the level "baseline" where the cluster's default admits no lab's Pod; if that is refused, the scenario's sentences tell."""
        if self.level is None:
            self.level = BASELINE if self._is_refused(namespace) else ""
        if self.level:
            try:
                self.client.patch("Namespace", namespace, {"metadata": {"labels": {ENFORCE: self.level}}})
            except Refused:
                self.level = ""

    def no_storage(self, namespace: str) -> str:
        """Why a claim without a class gets no volume, "" where it gets one."""
        if self.storage is None:
            self.storage = "" if self._has_a_class(namespace) else "needs a default StorageClass; this cluster has none"
        return self.storage

    def _sees(self, kind: str, namespace: str) -> bool:
        if namespace:
            return all(self.client.may(verb, kind, namespace) for verb in WATCHING)
        if kind not in self.everywhere:
            self.everywhere[kind] = all(self.client.may(verb, kind) for verb in WATCHING)
        return self.everywhere[kind]

    def _is_refused(self, namespace: str) -> bool:
        try:
            self.client.rehearse(POD, namespace)
        except Refused as refused:
            return VIOLATES in refused.message
        return False

    def _has_a_class(self, namespace: str) -> bool:
        """Whether the API server fills in a class in a claim without one; a claim that is refused for another reason proves nothing."""
        try:
            made = self.client.rehearse(CLAIM, namespace)
        except Refused:
            return True
        return bool(at(made, "spec", "storageClassName"))


def _unseen(kind: str) -> str:
    return f"this account may not {in_words([Right(verb, kind) for verb in WATCHING])}"
