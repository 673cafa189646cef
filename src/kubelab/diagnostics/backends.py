"""Why a Service does not lead to its Pods: the selector, the ports, the type, or that it does not exist."""

from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, urlsplit

from kubelab.answers.targets import ADDRESSES
from kubelab.client.objects import Object, at, labels, name
from kubelab.conditions.family import matching, ready_ones, staying
from kubelab.conditions.in_words import pods_in_words
from kubelab.conditions.services import endpoints, external_addresses
from kubelab.conditions.serving import opened, pairs
from kubelab.diagnostics.cause import Cause, nearest, there_is, title
from kubelab.diagnostics.surroundings import Surroundings


def unreached(around: Surroundings, service: Object) -> Iterator[Cause]:
    """Why no Pod is behind this Service, or none at the port that it sends to."""
    yield from (Cause(f"{title(service)} {text}", service) for text in _texts(around, service))


def asked_wrongly(around: Surroundings) -> Iterator[Cause]:
    """What in the last request's URL no object serves: a Service's name or port, a Pod's port."""
    url = urlsplit(around.url)
    found = concerned(around)
    if found is None:
        yield from _nobody(around, url)
    elif found.get("kind") == "Pod":
        ports = [one["containerPort"] for one in opened([found])]
        if ports and url.port and url.port not in ports:
            yield Cause(f"{title(found)} was asked on port {url.port}; its containers open {_listed(ports)}", found)
    else:
        yield from _wrong_port(found, url)


def concerned(around: Surroundings) -> Object | None:
    """The Service or Pod that the last request was made to, None where its URL names neither."""
    url = urlsplit(around.url)
    host = url.hostname or ""
    for service in around.all("Service"):
        own = (at(service, *ADDRESSES["Service"]), *external_addresses(service))
        if (
            host in own
            or (host.split(".")[0] == name(service) and _is_name(around, host))
            or (url.port and url.port in _node_ports(service))
        ):
            return service
    return next((pod for pod in around.all("Pod") if host and at(pod, *ADDRESSES["Pod"]) == host), None)


def _texts(around: Surroundings, service: Object) -> Iterator[str]:
    spec = service.get("spec", {})
    if spec.get("type") == "ExternalName":
        return
    selector, pods = at(spec, "selector", default={}), around.all("Pod")
    chosen = staying(matching(pods, selector))
    if not selector and not endpoints(around.view, name(service)):
        yield "has no selector: it gets no endpoints by itself"
    elif selector and not chosen:
        yield f"selects {pairs(selector)}; no Pod has {'that label' if len(selector) == 1 else 'all of that'}{_near(selector, pods)}"
    elif selector and not ready_ones(chosen):
        yield f"selects no Pod that is ready: {pods_in_words(chosen)}"
    for port in at(spec, "ports", default=()) if chosen else ():
        yield from _port(port, opened(chosen))
    if spec.get("type") == "LoadBalancer" and not external_addresses(service):
        of_class = f' of class "{spec["loadBalancerClass"]}"' if spec.get("loadBalancerClass") else ""
        yield f"has no external address: no load balancer{of_class} gave it one"


def _port(port: Object, ports: Sequence[Object]) -> Iterator[str]:
    target, numbers = port.get("targetPort", port.get("port")), [one.get("containerPort") for one in ports]
    names = [str(one["name"]) for one in ports if one.get("name")]
    if isinstance(target, str) and target not in names:
        yield f'sends port {port.get("port")} to targetPort "{target}"; its Pods name no port so, they have {_listed([*names, *numbers])}'
    elif isinstance(target, int) and ports and target not in numbers:
        yield f"sends port {port.get('port')} to targetPort {target}; its Pods open {_listed(numbers)}"


def _near(selector: Object, pods: Sequence[Object]) -> str:
    offered = {f"{key}={value}": name(pod) for pod in pods for key, value in labels(pod).items()}
    missing = [f"{key}={value}" for key, value in selector.items() if f"{key}={value}" not in offered]
    near = nearest(missing[0] if missing else pairs(selector), list(offered))
    return f' (Pod "{offered[near]}" has {near})' if near else " (there are no labelled Pods)"


def _wrong_port(service: Object, url: SplitResult) -> Iterator[Cause]:
    ports = [one.get("port") for one in at(service, "spec", "ports", default=())]
    if url.port and url.port not in (*ports, *_node_ports(service)) and at(service, "spec", "type") != "ExternalName":
        yield Cause(f"{title(service)} was asked on port {url.port}; it has port {_listed(ports)}", service)
    elif not url.port and ports and 80 not in ports and url.scheme == "http":  # noqa: PLR2004  (the port of http)
        yield Cause(f"{title(service)} was asked on port 80; it has port {_listed(ports)}", service)


def _nobody(around: Surroundings, url: SplitResult) -> Iterator[Cause]:
    services, host = around.all("Service"), url.hostname or ""
    address = around.address(host)
    if _is_name(around, host):
        text = f'no Service "{host.split(".")[0]}" is in this namespace{there_is(services)}'
        yield Cause(text, next(iter(services), {}))
    given = [f"{name(one)} {port}" for one in services for port in _node_ports(one)]
    if (
        host
        and url.port
        and any(address == one.get("address") for node in around.all("Node") for one in at(node, "status", "addresses", default=()))
    ):
        told = f"there are the node ports {', '.join(given)}" if given else "no Service has a node port"
        yield Cause(f"no Service has the node port {url.port}: {told}", next(iter(services), {}))


def _is_name(around: Surroundings, host: str) -> bool:
    """Whether it can be the name of a Service in the scenario's namespace: `web`, `web.NAMESPACE`, `web.NAMESPACE.svc…`."""
    first, _, rest = host.partition(".")
    if around.address(host) != host or host == "localhost":
        return False
    return bool(first) and not first.isdigit() and (not rest or rest.split(".")[0] == around.view.namespace)


def _node_ports(service: Object) -> list[int]:
    return [int(one["nodePort"]) for one in at(service, "spec", "ports", default=()) if one.get("nodePort")]


def _listed(values: Sequence[object]) -> str:
    return ", ".join(dict.fromkeys(map(str, filter(None, values)))) or "none"
