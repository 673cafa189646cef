"""The target of a request: a URL, an object's own address, an external address, a port of a node."""

from collections.abc import Callable

from kubelab.answers import places
from kubelab.client.objects import Object, at, name
from kubelab.conditions.in_words import absent
from kubelab.conditions.nodes import address, control_plane
from kubelab.conditions.services import external_addresses
from kubelab.errors import LabFailure
from kubelab.observation import View

ADDRESSES = {"Pod": ("status", "podIP"), "Service": ("spec", "clusterIP")}
"""Where the address is, by kind."""

Target = Callable[[View], str]
"""The URL to request at present; Nowhere with the reason where there is none."""


class Nowhere(LabFailure):
    """There is no address to send a request to; `missing` is the kind and the name of an object that would have to be there."""

    def __init__(self, why: str, missing: tuple[str, str] | None = None) -> None:
        super().__init__(why)
        self.missing = missing


def url(text: str) -> Target:
    """The URL as written."""
    return lambda _view: text


def of_object(kind: str, thing: str, port: int, path: str = "/") -> Target:
    """A Pod at its IP, a Service at its cluster IP."""

    def found(view: View) -> str:
        ip = at(there(view, kind, thing), *ADDRESSES.get(kind, ("",)), default="")
        return _at(ip if ip != "None" else "", port, path, f'{kind} "{thing}" has no IP')

    return found


def of_external_address(service: str, port: int, path: str = "/") -> Target:
    """A Service at the address that a load balancer gave it, or at one of its `spec.externalIPs`."""

    def found(view: View) -> str:
        given = external_addresses(there(view, "Service", service))
        return _at(next(iter(given), ""), port, path, f'Service "{service}" has no external address (pending)')

    return found


def of_node_port(service: str, path: str = "/") -> Target:
    """The node port of a Service's first port, if possible at the control plane's node, which runs no Pods of labs."""

    def found(view: View) -> str:
        ports = at(there(view, "Service", service), "spec", "ports", default=())
        port = next((int(one["nodePort"]) for one in ports if "nodePort" in one), 0)
        nodes = view.objects("Node")
        node = control_plane(nodes) or next(iter(nodes), {})
        return _at(address(node) if port else "", port, path, f'Service "{service}" has no node port')

    return found


def of_node(node: Object, port: int, path: str = "/") -> Target:
    """A port of a node."""
    return lambda _view: _at(address(node), port, path, f'node "{name(node)}" has no address')


def there(view: View, kind: str, thing: str) -> Object:
    """The object of that name; Nowhere that says which others exist."""
    found = view.find(kind, thing)
    if found is None:
        raise Nowhere(absent(kind, thing, view.objects(kind)), (kind, thing))
    return found


def _at(ip: str, port: int, path: str, otherwise: str) -> str:
    if not ip:
        raise Nowhere(otherwise)
    return places.url("http", ip, port, path)
