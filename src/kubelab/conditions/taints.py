"""Which pods the taints of a node keep away."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kubelab.client.objects import Object, at

Term = Mapping[str, Any]
REPELLING = frozenset({"NoSchedule", "NoExecute"})
"""The effects of taints that keep pods away."""
OF_ITS_STATE = "node.kubernetes.io/"
"""How the taints begin by which Kubernetes tells a node's state."""


def repels(node: Object) -> bool:
    """Whether a taint that its owner gave it, as a control plane has one, keeps away every pod that does not tolerate it."""
    taints = at(node, "spec", "taints", default=())
    return any(one.get("effect") in REPELLING and not str(one.get("key")).startswith(OF_ITS_STATE) for one in taints)


def untolerated(node: Object, tolerations: Sequence[Term]) -> Iterator[Term]:
    """The taints of a node that keep away pods with these tolerations."""
    taints = at(node, "spec", "taints", default=())
    return (one for one in taints if one.get("effect") in REPELLING and not any(_tolerates(each, one) for each in tolerations))


def _tolerates(toleration: Term, taint: Term) -> bool:
    """An empty effect stands for all effects, an empty key with the operator Exists for all taints."""
    if toleration.get("effect") not in {None, "", taint.get("effect")} or toleration.get("key") not in {None, "", taint.get("key")}:
        return False
    if toleration.get("operator") == "Exists":
        return True
    return bool(toleration.get("key")) and (toleration.get("value") or "") == (taint.get("value") or "")
