"""What a lab takes for granted of its cluster, where it says so itself: NotHere where it is not so."""

from kubelab.abilities import Right, in_words, too_few_workers
from kubelab.client import Refused
from kubelab.client.objects import Object, at
from kubelab.errors import LabFailure, NotHere
from kubelab.scenario import Scenario

RANGES = "ServiceCIDR"
"""The kind that tells the addresses of Services; the cluster's own one is called "kubernetes"."""


def require_workers(lab: Scenario, count: int) -> None:
    """So many nodes are given Pods."""
    if reason := too_few_workers(lab.store.objects("Node"), count):
        raise NotHere(reason)


def require_object(lab: Scenario, kind: str, wanted: str, namespace: str) -> None:
    """There is such an object of the cluster's own."""
    if _found(lab, kind, wanted, namespace) is None:
        raise NotHere(f'needs {kind} "{wanted}" in the namespace "{namespace}"; this cluster has none')


def require_range(lab: Scenario, wanted: str) -> None:
    """Services get their addresses from that range, as 10.96.0.0/12."""
    found = at(_found(lab, RANGES, "kubernetes"), "spec", "cidrs", default=())
    if wanted not in found:
        raise NotHere(
            f"needs the range {wanted} for the addresses of Services; this cluster has {', '.join(found) or 'one that it does not tell'}"
        )


def _found(lab: Scenario, kind: str, wanted: str, namespace: str | None = None) -> Object | None:
    """An object of the cluster; NotHere where this account may not see it, None for a kind that the cluster does not know."""
    try:
        return lab.client.get(kind, wanted, namespace)
    except Refused as refused:
        raise NotHere(f"this account may not {in_words([Right('get', kind)])}") from refused
    except LabFailure:
        return None
