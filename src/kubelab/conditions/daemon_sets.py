"""Which nodes a DaemonSet's pods belong on, by the rules of its controller: node name, node affinity, taints."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kubelab.client.objects import Object, at, labels, name
from kubelab.observation import View

Term = Mapping[str, Any]
OWN_TOLERATIONS: Sequence[Term] = (
    {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"},
    {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute"},
    *(
        {"key": f"node.kubernetes.io/{trouble}", "operator": "Exists", "effect": "NoSchedule"}
        for trouble in ("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable")
    ),
)
"""What the DaemonSet controller lets its pods tolerate (https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/)."""
HOST_NETWORK = {"key": "node.kubernetes.io/network-unavailable", "operator": "Exists", "effect": "NoSchedule"}
"""The same for pods in the node's own network."""
REPELLING = frozenset({"NoSchedule", "NoExecute"})
"""The effects of taints that keep a DaemonSet's pods away."""


def nodes_of(view: View, daemon_set: Object) -> list[Object]:
    """The nodes on which it has to have a pod; none where the nodes have not been seen."""
    template = at(daemon_set, "spec", "template", "spec", default={})
    return [node for node in view.objects("Node") if belongs(template, node)]


def belongs(template: Object, node: Object) -> bool:
    """Whether pods of this specification are made for the node."""
    named = at(template, "nodeName")
    return named in {None, name(node)} and _is_selected(template, node) and not any(_untolerated(template, node))


def _is_selected(template: Object, node: Object) -> bool:
    selector = at(template, "nodeSelector", default={})
    required = at(template, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    return selector.items() <= labels(node).items() and (required is None or any(_fits(term, node) for term in required))


def _fits(term: Term, node: Object) -> bool:
    """A term without expressions selects no node."""
    have = {"metadata.name": name(node)}
    checks = [(one, labels(node)) for one in term.get("matchExpressions") or ()] + [(one, have) for one in term.get("matchFields") or ()]
    return bool(checks) and all(
        OPERATORS[str(one["operator"])](known.get(str(one["key"])), one.get("values") or ()) for one, known in checks
    )


def _untolerated(template: Object, node: Object) -> Iterator[Term]:
    own = (*OWN_TOLERATIONS, HOST_NETWORK) if at(template, "hostNetwork") else OWN_TOLERATIONS
    tolerations = (*own, *at(template, "tolerations", default=()))
    taints = at(node, "spec", "taints", default=())
    return (one for one in taints if one.get("effect") in REPELLING and not any(_tolerates(each, one) for each in tolerations))


def _tolerates(toleration: Term, taint: Term) -> bool:
    """An empty effect stands for all effects, an empty key with the operator Exists for all taints."""
    if toleration.get("effect") not in {None, "", taint.get("effect")} or toleration.get("key") not in {None, "", taint.get("key")}:
        return False
    if toleration.get("operator") == "Exists":
        return True
    return bool(toleration.get("key")) and (toleration.get("value") or "") == (taint.get("value") or "")


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.lstrip("-").isdigit() else None


def _compares(sign: int) -> Callable[[str | None, Sequence[str]], bool]:
    def compare(have: str | None, values: Sequence[str]) -> bool:
        mine, theirs = _number(have), _number(values[0] if values else None)
        return mine is not None and theirs is not None and (mine - theirs) * sign > 0

    return compare


OPERATORS: Mapping[str, Callable[[str | None, Sequence[str]], bool]] = {
    "In": lambda have, values: have in values,
    "NotIn": lambda have, values: have not in values,
    "Exists": lambda have, _values: have is not None,
    "DoesNotExist": lambda have, _values: have is None,
    "Gt": _compares(1),
    "Lt": _compares(-1),
}
"""The operators of a node selector (https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#operators)."""
