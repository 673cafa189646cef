"""Whether a pod that fits on no node could fit once other scenarios end or a claim is there, or never."""

import re
from collections.abc import Iterable, Mapping, Sequence

from kubelab.client import Client, Refused
from kubelab.client.objects import Object, at, condition, namespace
from kubelab.manifests.quantities import amount
from kubelab.observation import View

OWN = frozenset({"kube-system", "local-path-storage"})


CLAIM = re.compile(r'persistentvolumeclaim "([^"]+)" not found')
"""How the scheduler names a missing claim."""


def may_fit_later(client: Client, home: str, view: View, about: Sequence[Object]) -> bool:
    """Whether a claim that was missing exists by now, so that the scheduler tries again, or other namespaces hold what is missing."""
    unseen = [claim for pod in about for claim in CLAIM.findall(str(condition(pod, "PodScheduled").get("message", "")))]
    come = unseen and all(client.get("PersistentVolumeClaim", claim, home) is not None for claim in unseen)
    return bool(come) or held_by_neighbours(client, home, view, about)


def held_by_neighbours(client: Client, home: str, _view: View, about: Sequence[Object]) -> bool:
    """Whether other namespaces' pods hold a resource that is missing, and a node would have enough of it without them."""
    lacking = [(pod, resource) for pod in about for resource in missing(pod)]
    if not lacking:
        return False
    try:
        nodes, everyone = client.list("Node"), client.list("Pod", fields="status.phase!=Succeeded,status.phase!=Failed")
    except Refused:
        return True  # an account that does not see them cannot say that it will never be
    others = [pod for pod in everyone if namespace(pod) not in OWN | {home}]
    return all(_could_fit(pod, resource, nodes) and _held(resource, others) for pod, resource in lacking)


def missing(pod: Object) -> list[str]:
    """The resources a pod waits for, as the scheduler names them: "Insufficient cpu" → "cpu"; "pods" for "Too many pods"."""
    text = str(condition(pod, "PodScheduled").get("message", ""))
    found = re.findall(r"Insufficient ([\w./-]+\w)", text)
    return list(dict.fromkeys([*found, *(["pods"] if "Too many pods" in text else [])]))


def requested(pod: Object, resource: str) -> float:
    """What a pod's containers request together; every pod also takes 1 of "pods"."""
    if resource == "pods":
        return 1.0
    return sum(amount(at(one, "resources", "requests", resource, default="0")) for one in at(pod, "spec", "containers", default=()))


def _could_fit(pod: Object, resource: str, nodes: Iterable[Object]) -> bool:
    room: list[Mapping[str, str]] = [at(node, "status", "allocatable", default={}) for node in nodes]
    return any(amount(have.get(resource, "0")) >= requested(pod, resource) for have in room)


def _held(resource: str, others: Iterable[Object]) -> bool:
    return any(requested(pod, resource) > 0 and at(pod, "spec", "nodeName") for pod in others)
