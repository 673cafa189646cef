"""What in somebody else's cluster is in the way of an addon: its namespace, its cluster-wide names, its node ports."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kubelab.addons.addon import Addon
from kubelab.addons.installation import OURS, stands
from kubelab.client import Refused
from kubelab.client.client import MANAGER
from kubelab.client.objects import Object, at, name, namespace

if TYPE_CHECKING:
    from kubelab.client import Client

CLUSTER_WIDE = ("ClusterRole", "ClusterRoleBinding", "IngressClass")
"""The cluster-wide kinds of an addon that somebody else may have created."""


def obstacle(addon: Addon, client: "Client") -> str:
    """The first obstacle as a reason in one line, "" where the addon is installed already or nothing is in its way."""
    try:
        return "" if stands(addon, client) else next(filter(None, _obstacles(addon, client)), "")
    except Refused as refused:
        return str(refused)


def _obstacles(addon: Addon, client: "Client") -> Iterator[str]:
    documents = addon.documents({})
    yield _named(client, "Namespace", addon.namespace, lambda found: OURS in at(found, "metadata", "labels", default={}))
    for document in documents:
        if document.kind in CLUSTER_WIDE:
            yield _named(client, document.kind, document.name, _is_ours)
    wanted = {port["nodePort"] for document in documents for port in _ports(document.body) if "nodePort" in port}
    for service in client.list("Service") if wanted else ():
        for port in _ports(service):
            if port.get("nodePort") in wanted and namespace(service) != addon.namespace:
                yield f'node port {port["nodePort"]} is taken by Service "{name(service)}" of namespace "{namespace(service)}"'


def _named(client: "Client", kind: str, wanted: str, ours: Callable[[Object], bool]) -> str:
    found = client.get(kind, wanted)
    return f'the cluster has somebody else\'s {kind} "{wanted}"' if found and not ours(found) else ""


def _is_ours(found: Object) -> bool:
    """Whether we applied it."""
    return any(entry.get("manager") == MANAGER for entry in at(found, "metadata", "managedFields", default=()))


def _ports(thing: Object) -> "list[Object]":
    found: list[Object] = at(thing, "spec", "ports", default=[]) if thing.get("kind", "Service") == "Service" else []
    return found
