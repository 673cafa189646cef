"""Pods that their kubelet refused because it did not know the labels of its own node yet, which the scheduler had seen."""

from collections.abc import Iterator

from kubelab.actors.ground import Ground
from kubelab.actors.outage import Outage
from kubelab.client.objects import Object, at, name, uid
from kubelab.conditions.controllers.node_selectors import is_selected

REFUSED = "NodeAffinity"
"""The `status.reason` of such a Pod: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/."""
PLACED = "Scheduled"
"""The event of a Pod that the scheduler has given a node."""


def unread_labels(ground: Ground) -> Iterator[Outage]:
    """The Pods that fit on their node by its labels, as the scheduler saw, and were refused there all the same."""
    for pod in ground.pods:
        if at(pod, "status", "reason") == REFUSED and _fits(ground.node_of(pod), pod) and _was_placed(ground, pod):
            node = at(pod, "spec", "nodeName")
            text = f'the kubelet of node {node} refused Pod "{name(pod)}", since it did not know the labels of its node yet'
            yield Outage(text, f"kubectl get pod {name(pod)} -o jsonpath='{{.status.message}}'")


def _fits(node: Object | None, pod: Object) -> bool:
    spec = at(pod, "spec", default={})
    return node is not None and bool(at(spec, "nodeSelector")) and is_selected(spec, node)


def _was_placed(ground: Ground, pod: Object) -> bool:
    """Not by the lab itself, which may name a node that does not fit (`spec.nodeName`)."""
    return any(event.get("reason") == PLACED and at(event, "involvedObject", "uid") == uid(pod) for event in ground.all("Event"))
