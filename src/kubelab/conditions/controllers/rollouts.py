"""Rollouts: complete or not, by the status of the latest generation; the revisions that are kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kubelab.client.objects import Object, at
from kubelab.conditions.build import of_object
from kubelab.conditions.controllers.daemon_sets import nodes_of
from kubelab.conditions.family import children, is_observed, pods_of
from kubelab.conditions.in_words import in_words, pods_in_words
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

REVISION = "deployment.kubernetes.io/revision"


def rolled_out(kind: str, name: str) -> Condition:
    """`Deployment "web" is rolled out`: the latest generation is observed, updated and available, and no old pods are left.

    With 0 replicas there is nothing to roll out: it is never met then, and hopeless if `spec.replicas` is 0.
    """
    judge = DONE.get(kind, _replicas_ready)

    def look(view: View, workload: Object) -> tuple[bool, str]:
        done = is_observed(workload) and wanted(view, workload) > 0 and judge(view, workload)
        return done, in_words(workload) + ("" if done else f"; {pods_in_words(pods_of(view, workload))}")

    def observe(view: View) -> Observation:
        found = condition.observe(view)
        none = at(view.find(kind, name), "spec", "replicas") == 0
        return replace(found, hopeless=f"{name} wants 0 pods", hint=f'Say: {kind} "{name}" has 0 ready pods.') if none else found

    condition = of_object(kind, name, "is rolled out", look)
    return replace(condition, observe=observe)


def wanted(view: View, workload: Object) -> int:
    """How many pods it wants: its replicas; for a DaemonSet one for each node that its pods belong on."""
    if workload.get("kind") == "DaemonSet":
        return len(nodes_of(view, workload))
    return int(at(workload, "spec", "replicas", default=1))


def replica_sets(name: str, count: int) -> Condition:
    """`Deployment "web" has 2 ReplicaSets`, of any size."""

    def judge(view: View, deployment: Object) -> tuple[bool, str]:
        found = children(view, deployment, "ReplicaSet")
        return len(found) == count, _in_words(found)

    return of_object("Deployment", name, f"has {count} ReplicaSet{'' if count == 1 else 's'}", judge)


def old_replica_sets_empty(name: str) -> Condition:
    """`the old ReplicaSets of Deployment "web" have 0 pods`: all but the newest revision's, and there is at least one."""

    def judge(view: View, deployment: Object) -> tuple[bool, str]:
        old = sorted(children(view, deployment, "ReplicaSet"), key=revision)[:-1]
        return bool(old) and not any(at(one, "status", "replicas", default=0) for one in old), _in_words(old) or "no old ReplicaSet"

    condition = of_object("Deployment", name, "", judge)
    return Condition(f'the old ReplicaSets of Deployment "{name}" have 0 pods', condition.observe)


def revisions(kind: str, name: str, numbers: Sequence[int]) -> Condition:
    """`Deployment "web" has the revisions 2, 3`: exactly those are kept."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = sorted(revision(one) for one in children(view, workload, "ReplicaSet" if kind == "Deployment" else "ControllerRevision"))
        return found == sorted(numbers), f"revisions {', '.join(map(str, found)) or 'none'}"

    return of_object(kind, name, f"has the revisions {', '.join(map(str, numbers))}", judge)


def revision(kept: Object) -> int:
    """The number of a kept revision: a ReplicaSet's annotation, or a ControllerRevision's `revision`."""
    return int(at(kept, "revision") or at(kept, "metadata", "annotations", REVISION, default=0))


def _deployment_done(_view: View, thing: Object) -> bool:
    replicas = at(thing, "spec", "replicas", default=1)
    return _counts(thing, "updatedReplicas", "replicas", "availableReplicas") == [replicas] * 3


def _stateful_set_done(_view: View, thing: Object) -> bool:
    replicas = at(thing, "spec", "replicas", default=1)
    updated = replicas - at(thing, "spec", "updateStrategy", "rollingUpdate", "partition", default=0)
    return _counts(thing, "replicas", "readyReplicas") == [replicas] * 2 and (
        _by_hand(thing) or updated <= 0 or at(thing, "status", "updatedReplicas", default=0) >= updated
    )


def _daemon_set_done(view: View, thing: Object) -> bool:
    """Whether it has rolled out; its controller counts the nodes a moment after they have changed, without a new generation."""
    nodes = wanted(view, thing)
    updated = at(thing, "status", "updatedNumberScheduled", default=0)
    counts = _counts(thing, "desiredNumberScheduled", "currentNumberScheduled", "numberAvailable")
    return counts == [nodes] * 3 and (_by_hand(thing) or updated == nodes)


def _replicas_ready(_view: View, thing: Object) -> bool:
    replicas = at(thing, "spec", "replicas", default=1)
    return _counts(thing, "replicas", "readyReplicas") == [replicas] * 2


def _by_hand(thing: Object) -> bool:
    return bool(at(thing, "spec", "updateStrategy", "type") == "OnDelete")


def _counts(thing: Object, *fields: str) -> list[int]:
    return [at(thing, "status", field, default=0) for field in fields]


def _in_words(found: Sequence[Object]) -> str:
    told = [f"{at(one, 'metadata', 'name')} (revision {revision(one)}) {at(one, 'status', 'replicas', default=0)} pods" for one in found]
    return "; ".join(told)


DONE: Mapping[str, Callable[[View, Object], bool]] = {
    "Deployment": _deployment_done,
    "StatefulSet": _stateful_set_done,
    "DaemonSet": _daemon_set_done,
}
