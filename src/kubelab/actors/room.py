"""Nodes that would take a Pod if they were not cordoned, lost, relabelled by another run or full of other Pods; and missing nodes."""

from collections.abc import Iterator, Mapping, Sequence

from kubelab.actors.ground import Ground
from kubelab.actors.kubelets import absence
from kubelab.actors.outage import Outage
from kubelab.client.objects import Object, at, condition, name, namespace
from kubelab.conditions.controllers.daemon_sets import belongs
from kubelab.conditions.nodes import is_control_plane, serves
from kubelab.conditions.taints import OF_ITS_STATE
from kubelab.hopeless.capacity import OWN, missing, requested
from kubelab.manifests import is_own
from kubelab.manifests.needed_alone import PODS
from kubelab.manifests.quantities import amount
from kubelab.node_changes import recorded

SPREAD = ("podAntiAffinity", "topologySpreadConstraints", "Insufficient", "anti-affinity", "Too many pods")
"""Reasons of the scheduler that more nodes may remove."""


def no_place(ground: Ground) -> Iterator[Outage]:
    """Why Pods find no node that would find one in this cluster's normal state."""
    homeless = [pod for pod in ground.pods if condition(pod, "PodScheduled").get("reason") == "Unschedulable"]
    for pod in homeless:
        yield from _barred(ground, pod)
        yield from _alone(ground, pod)
    yield from _relabelled(ground)
    yield from _crowded(ground, [pod for pod in homeless if missing(pod)])


def _barred(ground: Ground, pod: Object) -> Iterator[Outage]:
    """Nodes on which the Pod would fit, but which are cordoned or lost."""
    for node in ground.others:
        if _fits(pod, node):
            if at(node, "spec", "unschedulable"):
                yield Outage(f'node {name(node)}, on which Pod "{name(pod)}" would fit, is cordoned', "kubectl get nodes")
            elif not serves(node):
                why = absence(ground, node) or "is marked as lost"
                yield Outage(f'node {name(node)}, on which Pod "{name(pod)}" would fit, {why}', f"kubectl describe node {name(node)}")


def _fits(pod: Object, node: Object) -> bool:
    """Whether the node would take the Pod if it were empty, with the labels and taints that its owner gave it."""
    taints = [one for one in at(node, "spec", "taints", default=()) if not str(one.get("key")).startswith(OF_ITS_STATE)]
    bare = {**node, "spec": {**node.get("spec", {}), "taints": taints}}
    room: Mapping[str, str] = at(node, "status", "allocatable", default={})
    enough = all(requested(pod, kind) <= amount(room.get(kind, "0")) for kind in ("cpu", "memory"))
    return enough and belongs(at(pod, "spec", default={}), bare)


def _alone(ground: Ground, pod: Object) -> Iterator[Outage]:
    """A cluster with only a control plane."""
    said = str(condition(pod, "PodScheduled").get("message", ""))
    only = ground.nodes[0] if len(ground.nodes) == 1 else {"metadata": {}}
    if is_control_plane(only) and any(word in said for word in SPREAD) and _fits(pod, only):
        yield Outage(f'the cluster has no worker nodes, and Pod "{name(pod)}" needs room on another node', "kubectl get nodes")


def _relabelled(ground: Ground) -> Iterator[Outage]:
    """Labels that another scenario has changed on a node, and that Pods of this one select."""
    for node in ground.nodes:
        for scenario in ground.foreign(node):
            for key in recorded(node, scenario).labels:
                if any(_is_placed_by(thing, key) for thing in ground.about):
                    yield Outage(f"node {name(node)} has its label {key} from scenario {scenario}", "kubectl get nodes --show-labels")


def _is_placed_by(thing: Object, key: str) -> bool:
    placing = [(at(thing, *path, "nodeSelector"), at(thing, *path, "affinity", "nodeAffinity")) for path in PODS]
    return any(f"'{key}'" in str(one) for one in placing)


def _crowded(ground: Ground, pods: Sequence[Object]) -> Iterator[Outage]:
    """Other namespaces without whose Pods all of these would fit."""
    everyone = ground.everyone() if pods else []
    mine = [pod for pod in everyone if namespace(pod) in OWN or is_own(namespace(pod), ground.scene.namespace)]
    theirs = [pod for pod in everyone if pod not in mine and at(pod, "spec", "nodeName")]
    kinds = {kind for pod in pods for kind in missing(pod)}
    holding = [pod for pod in theirs if any(requested(pod, kind) > 0 for kind in kinds)]
    if holding and _all_fit(ground, pods, mine):
        names = sorted({namespace(pod) for pod in holding})
        lacking = " and ".join(sorted(kinds))
        text = f'Pod "{name(pods[0])}" would fit without the Pods of {", ".join(names)}, which hold the {lacking} of the nodes'
        yield Outage(text, "kubectl get pods -A -o wide")


def _all_fit(ground: Ground, pods: Sequence[Object], beside: Sequence[Object]) -> bool:
    """Whether each of the Pods, the largest first, finds a node beside only these others."""
    placed = [(pod, str(at(pod, "spec", "nodeName"))) for pod in beside if at(pod, "spec", "nodeName")]
    for pod in sorted(pods, key=lambda one: requested(one, "cpu"), reverse=True):
        node = next((node for node in ground.others if _fits(pod, node) and _has_room(pod, node, placed)), None)
        if node is None:
            return False
        placed.append((pod, name(node)))
    return True


def _has_room(pod: Object, node: Object, placed: Sequence[tuple[Object, str]]) -> bool:
    there = [one for one, where in placed if where == name(node)]
    room: Mapping[str, str] = at(node, "status", "allocatable", default={})
    return all(
        sum(requested(one, kind) for one in [*there, pod]) <= amount(room.get(kind, "0")) for kind in {"cpu", "memory", *missing(pod)}
    )
