"""Which pods the taints of a node keep away."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kubelab.client.objects import Object, at

Term = Mapping[str, Any]
REPELLING = frozenset({"NoSchedule", "NoExecute"})
"""The effects of taints that keep pods away."""
OF_ITS_STATE = "node.kubernetes.io/"
"""How the keys of the taints begin by which Kubernetes reports a node's state."""


def repels(node: Object) -> bool:
    """Whether its owner's taints, such as a control plane's, keep away pods without a toleration."""
    taints = at(node, "spec", "taints", default=())
    return any(one.get("effect") in REPELLING and not str(one.get("key")).startswith(OF_ITS_STATE) for one in taints)


def untolerated(node: Object, tolerations: Sequence[Term]) -> Iterator[Term]:
    """The taints of a node that keep away pods with these tolerations."""
    taints = at(node, "spec", "taints", default=())
    return (one for one in taints if one.get("effect") in REPELLING and not any(_tolerates(each, one) for each in tolerations))


def _tolerates(toleration: Term, taint: Term) -> bool:
    """Whether a toleration covers a taint: an empty effect means all effects, an empty key with the operator Exists all taints."""
    if toleration.get("effect") not in {None, "", taint.get("effect")} or toleration.get("key") not in {None, "", taint.get("key")}:
        return False
    if toleration.get("operator") == "Exists":
        return True
    return bool(toleration.get("key")) and (toleration.get("value") or "") == (taint.get("value") or "")
