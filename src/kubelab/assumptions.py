"""What a lab says that it needs of its cluster: NotHere where the cluster does not have it."""

from kubelab.abilities import Right, in_words, too_few_workers
from kubelab.client import Refused
from kubelab.client.objects import Object, at
from kubelab.errors import LabFailure, NotHere
from kubelab.scenario import Scenario

RANGES = "ServiceCIDR"
"""The kind for the address ranges of Services; the cluster's own is called "kubernetes"."""


def require_workers(lab: Scenario, count: int) -> None:
    """At least that number of nodes take Pods."""
    if reason := too_few_workers(lab.store.objects("Node"), count):
        raise NotHere(reason)


def require_object(lab: Scenario, kind: str, wanted: str, namespace: str) -> None:
    """The cluster has that object."""
    if _found(lab, kind, wanted, namespace) is None:
        raise NotHere(f'needs {kind} "{wanted}" in the namespace "{namespace}"; this cluster has none')


def require_range(lab: Scenario, wanted: str) -> None:
    """Services get their addresses from that range, such as 10.96.0.0/12."""
    found = at(_found(lab, RANGES, "kubernetes"), "spec", "cidrs", default=())
    if wanted not in found:
        raise NotHere(f"needs the range {wanted} for the addresses of Services; this cluster has {', '.join(found) or 'an unknown one'}")


def _found(lab: Scenario, kind: str, wanted: str, namespace: str | None = None) -> Object | None:
    """An object of the cluster; NotHere where this account may not get it, None for a kind that the cluster does not know."""
    try:
        return lab.client.get(kind, wanted, namespace)
    except Refused as refused:
        raise NotHere(f"this account may not {in_words([Right('get', kind)])}") from refused
    except LabFailure:
        return None
