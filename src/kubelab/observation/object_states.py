"""What state an object is in, in one word or in counts: for a picture of what happened."""

from collections.abc import Mapping
from typing import Any

from kubelab.client.objects import Object, all_statuses, at, is_true
from kubelab.observation.pulls import UNPULLED

Path = tuple[str, str]

GONE = "gone"
"""The state of every object that is deleted."""
SCALED: Mapping[str, Path] = {"wanted": ("spec", "replicas"), "existing": ("status", "replicas"), "ready": ("status", "readyReplicas")}
ROLLED: Mapping[str, Path] = {**SCALED, "updated": ("status", "updatedReplicas")}
COUNTED: Mapping[str, Mapping[str, Path]] = {
    "Deployment": ROLLED,
    "StatefulSet": ROLLED,
    "ReplicaSet": SCALED,
    "ReplicationController": SCALED,
    "DaemonSet": {
        "wanted": ("status", "desiredNumberScheduled"),
        "existing": ("status", "currentNumberScheduled"),
        "ready": ("status", "numberReady"),
        "updated": ("status", "updatedNumberScheduled"),
    },
    "Job": {
        "wanted": ("spec", "completions"),
        "existing": ("status", "active"),
        "ready": ("status", "ready"),
        "succeeded": ("status", "succeeded"),
        "failed": ("status", "failed"),
    },
}
"""Where each controller says how many Pods it has."""


def counts(thing: Object) -> dict[str, int]:
    """How many Pods a controller wants, has, and so on; empty for other objects."""
    return {word: int(at(thing, *path, default=0)) for word, path in COUNTED.get(str(thing.get("kind")), {}).items()}


def pod_state(pod: Object, *, pulling: bool) -> str:
    """A Pod's state: pending (on no node yet), pulling, waiting, running (and not ready), ready, succeeded, failed or terminating.

    `pulling` says whether an image is on its way for it; one that could not be pulled is waited for.
    """
    phase = at(pod, "status", "phase", default="Pending")
    if at(pod, "metadata", "deletionTimestamp"):
        return "terminating"
    if phase in {"Succeeded", "Failed"}:
        return str(phase).lower()
    if is_true(pod, "Ready"):
        return "ready"
    if pulling and not any(at(status, "state", "waiting", "reason") in UNPULLED for status in all_statuses(pod)):
        return "pulling"
    if phase == "Running":
        return _of_containers([at(status, "state", default={}) for status in at(pod, "status", "containerStatuses", default=())])
    return "waiting" if at(pod, "spec", "nodeName") else "pending"


def restarts(pod: Object) -> int:
    """How often its containers were restarted."""
    return sum(int(at(status, "restartCount", default=0)) for status in all_statuses(pod))


def ready_pods(endpoint_slice: Object) -> tuple[str, ...]:
    """The names of the ready Pods of an EndpointSlice, sorted."""
    ready = [one for one in at(endpoint_slice, "endpoints", default=()) if at(one, "conditions", "ready", default=True)]
    targets = [at(one, "targetRef", default={}) for one in ready]
    return tuple(sorted({str(one["name"]) for one in targets if one.get("kind") == "Pod"}))


def _of_containers(states: list[Any]) -> str:
    return "running" if any("running" in one for one in states) and not any("waiting" in one for one in states) else "waiting"
