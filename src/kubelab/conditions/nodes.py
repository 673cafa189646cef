"""Pods and nodes: one on each of a set of nodes, none on others."""

from collections.abc import Callable, Sequence

from kubelab.client.objects import Object, at, condition, is_true, labels, name, uid
from kubelab.conditions.build import of_namespace, of_object
from kubelab.conditions.controllers.rollouts import wanted
from kubelab.conditions.family import is_ending, is_observed, pods_of, ready_ones, staying
from kubelab.conditions.hopeless_rows import CRASH, POD_TROUBLE
from kubelab.conditions.in_words import counted, pod_in_words, pods_in_words
from kubelab.conditions.pods import CONTROL_PLANE
from kubelab.conditions.taints import repels
from kubelab.observation import View
from kubelab.waiting import Condition

LOST = frozenset({"node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready"})
"""The taints of a node that is not ready."""
Chosen = Callable[[Object], bool]
"""Which nodes a sentence is about."""


def is_worker(node: Object) -> bool:
    """Whether Pods can be scheduled to the node; it may also run the control plane, as the only node of a small cluster does."""
    return not repels(node)


def is_control_plane(node: Object) -> bool:
    """Whether the node is labelled a control plane."""
    return CONTROL_PLANE in labels(node)


def is_ready(node: Object) -> bool:
    """Whether the node's Ready condition is true."""
    return is_true(node, "Ready")


def serves(node: Object) -> bool:
    """Whether it is ready, and no longer tainted as lost: pods are scheduled to it again."""
    return is_ready(node) and not any(taint.get("key") in LOST for taint in at(node, "spec", "taints", default=()))


def control_plane(nodes: Sequence[Object]) -> Object:
    """The control plane's node, where students type their commands; empty where none is known."""
    return next(filter(is_control_plane, nodes), {})


def address(node: Object) -> str:
    """A node's address in the cluster's network, empty where it has none."""
    return next((str(one["address"]) for one in at(node, "status", "addresses", default=()) if one["type"] == "InternalIP"), "")


def labelled(key: str, value: str) -> Chosen:
    """The nodes with that label."""
    return lambda node: labels(node).get(key) == value


def is_node(node: Object) -> bool:
    """Every node, whatever its role."""
    return bool(name(node))


def named(node: str) -> Chosen:
    """The node of that name."""
    return lambda one: name(one) == node


def other_than(node: str) -> Chosen:
    """All nodes but that one."""
    return lambda one: name(one) != node


def one_pod_per_node(kind: str, workload: str, nodes: Chosen = is_worker, words: str = "every worker node") -> Condition:
    """`DaemonSet "agent" has one ready pod on every worker node`: exactly one on each of these, and none elsewhere."""

    def judge(view: View, thing: Object) -> tuple[bool, str]:
        wanted = sorted(name(node) for node in view.objects("Node") if nodes(node))
        ready = ready_ones(pods_of(view, thing))
        found = sorted(str(at(pod, "spec", "nodeName")) for pod in ready)
        return bool(wanted) and found == wanted, f"ready on {', '.join(found) or 'no node'}, of {', '.join(wanted) or 'no node'}"

    return of_object(kind, workload, f"has one ready pod on {words}", judge)


def no_pod_on(kind: str, workload: str, nodes: Chosen = is_control_plane, words: str = "the control plane") -> Condition:
    """`DaemonSet "agent" has no pod on the control plane`: such nodes exist, and its pods are where they belong, none on these."""

    def judge(view: View, thing: Object) -> tuple[bool, str]:
        barred = {name(node) for node in view.objects("Node") if nodes(node)}
        found = staying(pods_of(view, thing))
        there = [pod for pod in found if at(pod, "spec", "nodeName") in barred]
        placed = is_observed(thing) and len([pod for pod in found if at(pod, "spec", "nodeName")]) >= wanted(view, thing)
        seen = pods_in_words(there or pods_of(view, thing)) if barred else f"there is no such node: {words}"
        return bool(barred) and placed and not there, seen

    return of_object(kind, workload, f"has no pod on {words}", judge)


def on_node_labelled(pod: str, key: str, value: str) -> Condition:
    """`Pod "web" is on a node labelled "disktype=ssd"`."""

    def judge(view: View, thing: Object) -> tuple[bool, str]:
        node = view.find("Node", at(thing, "spec", "nodeName", default=""))
        have = labels(node).get(key) if node else None
        return have == value, f"{pod_in_words(thing)}; the node's {key} is {have}" if node else pod_in_words(thing)

    return of_object("Pod", pod, f'is on a node labelled "{key}={value}"', judge, expects=frozenset({CRASH}))


def every_worker_labelled(key: str, value: str) -> Condition:
    """`every worker node has label "gpu=true"`."""

    def judge(view: View) -> tuple[bool, str, tuple[Object, ...]]:
        workers = [node for node in view.objects("Node") if is_worker(node)]
        told = ", ".join(f"{name(node)} {labels(node).get(key, 'without')}" for node in workers)
        return bool(workers) and all(map(labelled(key, value), workers)), f"{key}: {told or 'no worker node'}", ()

    return of_namespace(f'every worker node has label "{key}={value}"', judge)


def pods_on(kind: str, workload: str, node: str, count: int) -> Condition:
    """`DaemonSet "agent" has 1 ready pod on node "kubelab-worker"`."""

    def judge(view: View, thing: Object) -> tuple[bool, str]:
        there = [pod for pod in ready_ones(pods_of(view, thing)) if at(pod, "spec", "nodeName") == node]
        return len(there) == count, pods_in_words(pods_of(view, thing))

    return of_object(kind, workload, f'has {counted(count, "ready pod")} on node "{node}"', judge)


def ready(node: str) -> Condition:
    """`the stopped node is Ready`: what kubectl shows as its status."""
    return of_object("Node", node, "is Ready", lambda _view, thing: (is_ready(thing), _status(thing)))


def not_ready(node: str) -> Condition:
    """`the stopped node is NotReady`: it says so itself, or has said nothing for too long."""
    return of_object("Node", node, "is NotReady", lambda _view, thing: (not is_ready(thing), _status(thing)))


def stuck_on(kind: str, workload: str, node: str) -> Condition:
    """`every pod of StatefulSet "db" on the stopped node is Terminating`: there are some, and none was created since the last When."""

    def judge(view: View, thing: Object) -> tuple[bool, str]:
        found = pods_of(view, thing)
        there = [pod for pod in found if at(pod, "spec", "nodeName") == node]
        made = {c.uid for c in view.history("Pod", view.since) if c.type == "ADDED"} & set(map(uid, found))
        return bool(there) and all(map(is_ending, there)) and not made, pods_in_words(found)

    found = of_object(kind, workload, "", judge)
    wording = f'every pod of {kind} "{workload}" on node {node} is Terminating'
    return Condition(wording, found.observe, expects=POD_TROUBLE, looks_back=True)


def _status(node: Object) -> str:
    told = condition(node, "Ready")
    return f"{name(node)} Ready" if is_ready(node) else f"{name(node)} NotReady: {told.get('message', 'it has not said anything')}"
