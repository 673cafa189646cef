"""What a cluster can do for labs, in a few lines for a person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kubelab.abilities import rights
from kubelab.abilities.cluster import lacking, told
from kubelab.client import Refused
from kubelab.client.objects import Object, at, name
from kubelab.conditions.nodes import is_worker

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Cluster, Provider

DEFAULT = "storageclass.kubernetes.io/is-default-class"
"""The annotation of the default StorageClass."""


def summary(cluster: "Cluster", provider: "Provider", client: "Client") -> Iterator[tuple[str, str]]:
    """Lines with titles: nodes, storage, ingress, rights, and what is skipped, with the reason."""
    yield "nodes", _nodes(client)
    yield "storage", _storage(client)
    yield "ingress", _classes(client)
    yield "rights", rights.denied(client, rights.ALL) or "all that labs need"
    for line in told(lacking(cluster, provider, client)):
        yield "skipped", line


def _nodes(client: "Client") -> str:
    found = _listed(client, "Node")
    if found is None:
        return "not shown to this account"
    return f"{len(found)}, of which {len(list(filter(is_worker, found)))} take every Pod"


def _storage(client: "Client") -> str:
    found = _listed(client, "StorageClass")
    if found is None:
        return "not shown to this account; labs that claim a volume find out"
    default = [name(one) for one in found if at(one, "metadata", "annotations", DEFAULT) == "true"]
    return f'default StorageClass "{default[0]}"' if default else "no default StorageClass: labs that claim a volume are skipped"


def _classes(client: "Client") -> str:
    found = _listed(client, "IngressClass")
    if found is None:
        return "not shown to this account"
    return f"IngressClass {', '.join(map(name, found))}" if found else "no IngressClass"


def _listed(client: "Client", kind: str) -> list[Object] | None:
    """The objects, None where this account may not list them."""
    try:
        return client.list(kind)
    except Refused:
        return None
