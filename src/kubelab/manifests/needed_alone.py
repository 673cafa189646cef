"""What a manifest needs for itself alone: node ports, fixed cluster IPs, host names of Ingresses, most of a node's CPU."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kubelab.client.objects import at
from kubelab.locks import WHOLE
from kubelab.manifests.documents import Document
from kubelab.manifests.quantities import amount

MUCH = 0.5
"""CPUs that a Pod may request; with more, two such Pods may not fit on a node."""
PODS = (("spec",), ("spec", "template", "spec"), ("spec", "jobTemplate", "spec", "template", "spec"))
"""Where the spec of the Pods is, by kind: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/."""


def needed_alone(documents: Iterable[Document]) -> set[str]:
    """What the documents need, in words: two scenarios that need the same cannot run at the same time."""
    return {need for document in documents for need in needed_by(document.body)}


def needed_by(body: Mapping[str, Any]) -> Iterator[str]:
    """What one object needs for itself; a malformed object needs nothing, since the API server refuses it."""
    spec = body["spec"] if isinstance(body.get("spec"), Mapping) else {}
    if body.get("kind") == "Service":
        yield from (f"node port {port['nodePort']}" for port in _maps(spec.get("ports")) if "nodePort" in port)
        addresses = [spec.get("clusterIP"), *_list(spec.get("externalIPs"))]
        yield from (f"address {ip}" for ip in addresses if isinstance(ip, str) and ip not in {"None", ""})
    if body.get("kind") == "Ingress":
        hosts = [str(rule.get("host") or "*") for rule in _maps(spec.get("rules"))]
        yield from (f"host {host}" for host in hosts if "*" not in host)
        if spec.get("defaultBackend") or any("*" in host for host in hosts):
            yield WHOLE  # it answers for hosts that other scenarios ask, too
    if _cpus(body) >= MUCH:
        yield "cpu of the nodes"


def _cpus(body: Mapping[str, Any]) -> float:
    """The CPUs that the containers of one of its Pods request together."""
    lists = [found for path in PODS if isinstance(found := at(body, *path, "containers"), list)]
    return sum(_requested(one) for containers in lists for one in containers)


def _requested(container: Any) -> float:
    """What a container requests, or its limit: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/."""
    limit = at(container, "resources", "limits", "cpu", default="0")
    return amount(at(container, "resources", "requests", "cpu", default=limit))


def _maps(thing: Any) -> list[Mapping[str, Any]]:
    return [one for one in _list(thing) if isinstance(one, Mapping)]


def _list(thing: Any) -> list[Any]:
    return thing if isinstance(thing, list) else []
