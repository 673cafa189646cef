"""Which nodes a DaemonSet's pods belong on, by the rules of its controller: node name, node affinity, taints."""

from collections.abc import Iterator, Sequence

from kubelab.client.objects import Object, at, labels, name
from kubelab.conditions.controllers.node_selectors import holds
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


def is_selected(template: Object, node: Object) -> bool:
    """Whether the node has what `nodeSelector` and the required node affinity of pods of this specification ask."""
    selector = at(template, "nodeSelector", default={})
    required = at(template, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    return selector.items() <= labels(node).items() and (required is None or any(_fits(term, node) for term in required))


def _fits(term: Term, node: Object) -> bool:
    """Whether the node matches a term; a term without expressions matches no node."""
    have = {"metadata.name": name(node)}
    checks = [(one, labels(node)) for one in term.get("matchExpressions") or ()] + [(one, have) for one in term.get("matchFields") or ()]
    return bool(checks) and all(holds(one, known) for one, known in checks)


def _untolerated(template: Object, node: Object) -> Iterator[Term]:
    own = (*OWN_TOLERATIONS, HOST_NETWORK) if at(template, "hostNetwork") else OWN_TOLERATIONS
    return untolerated(node, (*own, *at(template, "tolerations", default=())))
