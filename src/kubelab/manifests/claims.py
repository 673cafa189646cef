"""What of a manifest there can be only once in a cluster: node ports, fixed cluster IPs and the host names of Ingresses."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kubelab.manifests.documents import Document


def claims(documents: Iterable[Document]) -> set[str]:
    """What the documents take for themselves, in words: two scenarios with the same one cannot run at the same time."""
    return {claim for document in documents for claim in claimed(document.body)}


def claimed(body: Mapping[str, Any]) -> Iterator[str]:
    """What one object takes for itself."""
    spec = body.get("spec") or {}
    if body.get("kind") == "Service":
        yield from (f"node port {port['nodePort']}" for port in spec.get("ports") or () if "nodePort" in port)
        yield from (f"address {ip}" for ip in (spec.get("clusterIP"), *(spec.get("externalIPs") or ())) if ip not in (None, "None", ""))
    if body.get("kind") == "Ingress":
        yield from (f"host {rule.get('host', 'of any name')}" for rule in spec.get("rules") or ())
        yield from ("host of any name" for _ in filter(None, [spec.get("defaultBackend")]))
