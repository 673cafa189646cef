"""Which nodes a DaemonSet's pods belong on, by the rules of its controller: node name, node affinity, taints."""

from collections.abc import Iterator, Sequence

from kubelab.client.objects import Object, at, name
from kubelab.conditions.controllers.node_selectors import is_selected
from kubelab.conditions.taints import Term, untolerated
from kubelab.observation import View

OWN_TOLERATIONS: Sequence[Term] = (
    {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"},
    {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute"},
    *(
        {"key": f"node.kubernetes.io/{trouble}", "operator": "Exists", "effect": "NoSchedule"}
        for trouble in ("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable")
    ),
)
"""The tolerations that the DaemonSet controller adds (https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/)."""
HOST_NETWORK = {"key": "node.kubernetes.io/network-unavailable", "operator": "Exists", "effect": "NoSchedule"}
"""The one that it adds for pods with `hostNetwork`."""


def nodes_of(view: View, daemon_set: Object) -> list[Object]:
    """The nodes on which it has to have a pod; none if no nodes have been seen."""
    template = at(daemon_set, "spec", "template", "spec", default={})
    return [node for node in view.objects("Node") if belongs(template, node)]


def belongs(template: Object, node: Object) -> bool:
    """Whether pods of this specification are created for the node."""
    named = at(template, "nodeName")
    return named in {None, name(node)} and is_selected(template, node) and not any(_untolerated(template, node))


def _untolerated(template: Object, node: Object) -> Iterator[Term]:
    own = (*OWN_TOLERATIONS, HOST_NETWORK) if at(template, "hostNetwork") else OWN_TOLERATIONS
    return untolerated(node, (*own, *at(template, "tolerations", default=())))
