"""A Service and an Ingress in words: where they lead, by which port and under which host."""

from collections.abc import Iterator, Sequence

from kubelab.client.objects import Object, at, name

OLD_CLASS = "kubernetes.io/ingress.class"
"""The annotation that named the class before there was `spec.ingressClassName`."""
MANY = 6


def service_in_words(service: Object) -> str:
    """`web, ClusterIP, selects app=web, port 80 → 8080, node port 30080`."""
    spec = service.get("spec", {})
    selector = pairs(at(spec, "selector", default={}))
    outside = f"stands for {spec['externalName']}" if spec.get("externalName") else ""
    chosen = outside or (f"selects {selector}" if selector else "without a selector")
    headless = "headless" if at(spec, "clusterIP") == "None" else ""
    kind = at(spec, "type", default="ClusterIP")
    return ", ".join(filter(None, [name(service), kind, headless, chosen, *map(_port, at(spec, "ports", default=()))]))


def ingress_in_words(ingress: Object) -> str:
    """`web, class nginx, shop.example.com/ → web:80, TLS Secret shop for shop.example.com`."""
    routes = [
        f"{host or 'any host'}{path.get('path') or '/'} → {backend_in_words(path.get('backend', {}))}" for host, path in paths(ingress)
    ]
    default = at(ingress, "spec", "defaultBackend")
    secrets = [
        f"TLS Secret {one.get('secretName', 'none')} for {', '.join(one.get('hosts') or ['no host'])}"
        for one in at(ingress, "spec", "tls", default=())
    ]
    more = [f"{len(routes) - MANY} more"] if len(routes) > MANY else []
    rest = [f"all else → {backend_in_words(default)}"] if default else []
    chosen = f"class {class_of(ingress)}" if class_of(ingress) else "no class"
    return ", ".join([name(ingress), chosen, *routes[:MANY], *more, *rest, *secrets])


def class_of(ingress: Object) -> str:
    """The name of its IngressClass, "" for none."""
    return str(at(ingress, "spec", "ingressClassName") or at(ingress, "metadata", "annotations", OLD_CLASS) or "")


def paths(ingress: Object) -> Iterator[tuple[str, Object]]:
    """Each path of its rules, with the rule's host ("" for any)."""
    for rule in at(ingress, "spec", "rules", default=()):
        yield from ((rule.get("host") or "", path) for path in at(rule, "http", "paths", default=()))


def backend_in_words(backend: Object) -> str:
    """`web:80`, with the port's number or name."""
    service = at(backend, "service", default={})
    return f"{service.get('name', 'no Service')}:{at(service, 'port', 'number') or at(service, 'port', 'name', default='no port')}"


def pairs(labels: Object) -> str:
    """`app=web,tier=front`."""
    return ",".join(f"{key}={value}" for key, value in labels.items())


def opened(pods: Sequence[Object]) -> list[Object]:
    """The ports that the containers of these pods declare, each once."""
    found = [port for pod in pods for one in at(pod, "spec", "containers", default=()) for port in one.get("ports", ())]
    return list({(port.get("name"), port.get("containerPort")): port for port in found}.values())


def _port(port: Object) -> str:
    node = f", node port {port['nodePort']}" if port.get("nodePort") else ""
    protocol = f" {port['protocol']}" if port.get("protocol", "TCP") != "TCP" else ""
    return f"port {port.get('port')}{protocol} → {port.get('targetPort', port.get('port'))}{node}"
