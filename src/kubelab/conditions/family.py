"""Which objects belong to a workload: the chain of owners from the workload down to its pods, by UID."""

from collections.abc import Mapping, Sequence

from kubelab.client.objects import Object, at, is_true, labels, owner, uid
from kubelab.observation import View

BETWEEN = {"Deployment": "ReplicaSet", "CronJob": "Job"}
OBSERVING = frozenset({"Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet"})
"""The kinds whose controllers write `status.observedGeneration`."""


def children(view: View, parent: Object, kind: str) -> list[Object]:
    """The objects of a kind that an object controls."""
    return [thing for thing in view.objects(kind) if owner(thing).get("uid") == uid(parent)]


def pods_of(view: View, workload: Object) -> list[Object]:
    """The pods that a workload controls, also through its ReplicaSets or Jobs, including those being deleted."""
    between = BETWEEN.get(workload.get("kind", ""))
    parents = children(view, workload, between) if between else [workload]
    return [pod for parent in parents for pod in children(view, parent, "Pod")]


def family(view: View, workload: Object) -> tuple[Object, ...]:
    """The workload, its ReplicaSets or Jobs, and its pods: the objects that a sentence about it concerns."""
    between = BETWEEN.get(workload.get("kind", ""))
    return (workload, *(children(view, workload, between) if between else ()), *pods_of(view, workload))


def matching(pods: Sequence[Object], selector: Mapping[str, str]) -> list[Object]:
    """The pods that have every label of a selector; none for an empty one."""
    return [pod for pod in pods if selector and selector.items() <= labels(pod).items()]


def staying(pods: Sequence[Object]) -> list[Object]:
    """The pods that are not being deleted and have not ended."""
    return [pod for pod in pods if not is_ending(pod) and at(pod, "status", "phase") not in {"Succeeded", "Failed"}]


def ready_ones(pods: Sequence[Object]) -> list[Object]:
    """The pods that are ready and are not being deleted."""
    return [pod for pod in staying(pods) if is_true(pod, "Ready")]


def is_observed(workload: Object) -> bool:
    """Whether the controller has seen the latest generation: before, no other field of the status can be believed."""
    return bool(at(workload, "status", "observedGeneration", default=0) >= at(workload, "metadata", "generation", default=1))


def is_looked_at(workload: Object) -> bool:
    """Whether its controller has acted on it, so that pods which are not there are not just still to come."""
    if workload.get("kind") == "Job":
        return at(workload, "status", "startTime") is not None or bool(at(workload, "status", "conditions"))
    return is_observed(workload) or workload.get("kind") not in OBSERVING


def are_looked_at(view: View, workload: Object) -> bool:
    """The same of a workload and of the ReplicaSets that it has made."""
    return all(map(is_looked_at, [workload, *children(view, workload, "ReplicaSet")]))


def is_current(thing: Object) -> bool:
    """Whether its status is about what it is now: no controller has still to look at its latest generation.

    Controllers of any kind may say which one they have seen (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md).
    """
    return is_looked_at(thing) and (at(thing, "status", "observedGeneration") is None or is_observed(thing))


def is_ending(thing: Object) -> bool:
    """Whether it is being deleted."""
    return at(thing, "metadata", "deletionTimestamp") is not None
