"""Why an Ingress does not lead a request to its Service: the class, the host, the path, the Service, its port, the TLS Secret."""

from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, urlsplit

from kubelab.addons import INGRESS_CONTROLLER
from kubelab.client.objects import Object, at, name
from kubelab.conditions.serving import backend_in_words, class_of, paths
from kubelab.diagnostics.backends import unreached
from kubelab.diagnostics.cause import Cause, nearest, there_is, title
from kubelab.diagnostics.surroundings import Surroundings

SERVED = "k8s.io/ingress-nginx"
"""The controller name of the IngressClasses that the ingress controller serves."""
DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class"
CONTROLLERS = "nginx.ingress.kubernetes.io/"
"""The prefix of the controller's annotations."""
REGEX = (f"{CONTROLLERS}use-regex", f"{CONTROLLERS}rewrite-target")
"""Annotations with which a path is a pattern."""


def misled(around: Surroundings) -> Iterator[Cause]:
    """What is wrong on the way of the last request through the Ingresses."""
    url, ingresses = urlsplit(around.url), around.all("Ingress")
    if not ingresses:
        yield Cause("this namespace has no Ingress: the ingress controller answers with its default backend", {})
    for ingress in [one for one in ingresses if _serves(one, url.hostname or "")] or ingresses:
        yield from _of_ingress(around, ingress)
    if ingresses:
        yield from _of_url(around, url)


def led(around: Surroundings) -> Iterator[Cause]:
    """Where the Ingresses lead the last request."""
    ingress, backend, way = _hit(around, urlsplit(around.url))
    if backend:
        yield Cause(f"{title(ingress)} leads {way} to {backend_in_words(backend)}{_annotations(ingress)}", ingress)


def _annotations(ingress: Object) -> str:
    """The annotations that change what the controller does."""
    annotations = at(ingress, "metadata", "annotations", default={})
    told = [f"{key.removeprefix(CONTROLLERS)}: {value}" for key, value in annotations.items() if key.startswith(CONTROLLERS)]
    return f" (annotations {', '.join(told)})" if told else ""


def is_for_controller(around: Surroundings) -> bool:
    """Whether the last request was made to a node port of the ingress controller."""
    port = urlsplit(around.url).port
    services = around.of_namespace("Service", INGRESS_CONTROLLER.namespace) if port else ()
    return any(one.get("nodePort") == port for service in services for one in at(service, "spec", "ports", default=()))


def _of_ingress(around: Surroundings, ingress: Object) -> Iterator[Cause]:
    texts = [*_class(around, ingress), *_backends(around, ingress), *_secrets(around, ingress)]
    yield from (Cause(f"{title(ingress)} {text}", ingress) for text in texts)


def _class(around: Surroundings, ingress: Object) -> Iterator[str]:
    classes, chosen = around.all("IngressClass"), class_of(ingress)
    default = any(at(one, "metadata", "annotations", DEFAULT_CLASS) == "true" for one in classes)
    if not chosen and not default:
        yield f"has no class (spec.ingressClassName), so no ingress controller serves it{there_is(classes)}"
        return
    found = next((one for one in classes if name(one) == chosen), None)
    if chosen and found is None:
        yield f'has the class "{chosen}", and no IngressClass has that name{there_is(classes)}'
    elif found and at(found, "spec", "controller", default=SERVED) != SERVED:
        yield f'has the class "{chosen}" of the controller {at(found, "spec", "controller")}; the one that was asked serves {SERVED}'


def _backends(around: Surroundings, ingress: Object) -> Iterator[str]:
    default = at(ingress, "spec", "defaultBackend")
    ways = [(f"{host}{path.get('path') or '/'}", path.get("backend", {})) for host, path in paths(ingress)]
    for way, backend in [*ways, *([("all else", default)] if default else [])]:
        wanted = at(backend, "service", "name", default="")
        service = around.find("Service", wanted)
        if wanted and service is None:
            yield f'leads {way} to Service "{wanted}", which does not exist{there_is(around.all("Service"))}'
        elif service is not None:
            yield from (f"leads {way} to {text}" for text in _backend_port(backend, service))


def _backend_port(backend: Object, service: Object) -> Iterator[str]:
    ports, asked = at(service, "spec", "ports", default=()), at(backend, "service", "port", default={})
    if not any(asked.get("number") == one.get("port") or (asked.get("name") and asked.get("name") == one.get("name")) for one in ports):
        have = ", ".join(str(one.get("port")) + (f" ({one['name']})" if one.get("name") else "") for one in ports)
        yield f"port {asked.get('number') or asked.get('name')} of {title(service)}, which has port {have or 'none'}"


def _secrets(around: Surroundings, ingress: Object) -> Iterator[str]:
    hosts = [host for host, _ in paths(ingress) if host]
    for entry in at(ingress, "spec", "tls", default=()):
        wanted, named = entry.get("secretName", ""), entry.get("hosts") or []
        secret = around.find("Secret", wanted) if wanted else None
        if wanted and secret is None:
            yield f'takes its certificate from Secret "{wanted}", which does not exist'
        elif secret is not None and not {"tls.crt", "tls.key"} <= set(secret.get("data") or {}):
            yield f'takes its certificate from Secret "{wanted}", of type {secret.get("type")}: it lacks tls.crt or tls.key'
        if not named and hosts:
            yield f"has a tls entry without hosts; its rules are for {', '.join(dict.fromkeys(hosts))}"
        elif hosts and not set(named) & set(hosts):
            yield f"has TLS for {', '.join(named)}; its rules are for {', '.join(dict.fromkeys(hosts))}"


def _hit(around: Surroundings, url: SplitResult) -> tuple[Object, Object, str]:
    """The Ingress with a rule for the URL, the backend, and the way in words; all empty where there is none."""
    host, asked = url.hostname or "", url.path or "/"
    hits = [(one, path) for one, path in _ways(around, host) if _leads(one, path, asked)]
    if hits:
        ingress, path = max(hits, key=lambda hit: (hit[1].get("pathType") == "Exact", len(hit[1].get("path") or "")))
        return ingress, path.get("backend", {}), f"{host}{path.get('path') or '/'}"
    defaults = [(one, at(one, "spec", "defaultBackend"), "what no rule names") for one in around.all("Ingress")]
    return next((default for default in defaults if default[1]), ({}, {}, ""))


def _ways(around: Surroundings, host: str) -> list[tuple[Object, Object]]:
    return [(one, path) for one in around.all("Ingress") for rule, path in paths(one) if _is_host(rule, host)]


def _of_url(around: Surroundings, url: SplitResult) -> Iterator[Cause]:
    """Why no rule fits the URL, or what is wrong with the Service that it leads to."""
    _, backend, _ = _hit(around, url)
    ways, ingresses, host = _ways(around, url.hostname or ""), around.all("Ingress"), url.hostname
    if backend:
        service = around.find("Service", at(backend, "service", "name", default=""))
        yield from unreached(around, service) if service else ()
    elif ways:
        have = ", ".join(f"{path.get('path') or '/'} ({path.get('pathType')})" for _, path in ways)
        yield Cause(f"{title(ways[0][0])} has no path for {url.path or '/'} of host {host}; it has {have}", ways[0][0])
    else:
        hosts = list(dict.fromkeys(rule for one in ingresses for rule, _ in paths(one) if rule))
        yield Cause(f"no Ingress has a rule for host {host}; there {_are(hosts)}", _nearest_ingress(ingresses, nearest(str(host), hosts)))


def _nearest_ingress(ingresses: Sequence[Object], host: str) -> Object:
    return next((one for one in ingresses if any(rule == host for rule, _ in paths(one))), ingresses[0])


def _are(hosts: Sequence[str]) -> str:
    return f"are rules for {', '.join(hosts)}" if hosts else "is no rule with a host"


def _serves(ingress: Object, host: str) -> bool:
    return any(_is_host(rule, host) for rule, _ in paths(ingress))


def _is_host(rule: str, host: str) -> bool:
    return not rule or rule == host or (rule.startswith("*.") and host.partition(".")[2] == rule[2:])


def _leads(ingress: Object, path: Object, asked: str) -> bool:
    annotations, declared = at(ingress, "metadata", "annotations", default={}), path.get("path") or "/"
    if any(key in annotations for key in REGEX):
        return True
    if path.get("pathType") == "Exact":
        return asked == declared
    return declared == "/" or asked == declared.rstrip("/") or asked.startswith(declared.rstrip("/") + "/")
