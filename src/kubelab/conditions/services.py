"""A Service: its endpoints, and its external addresses."""

from collections.abc import Sequence

from kubelab.client.objects import Object, at, labels, name
from kubelab.conditions.build import of_object
from kubelab.conditions.family import matching, pods_of, ready_ones
from kubelab.conditions.hopeless_rows import EVERYTHING
from kubelab.conditions.in_words import counted
from kubelab.observation import View
from kubelab.waiting import STEADY, Condition, Observation

SERVICE_NAME = "kubernetes.io/service-name"


def has_endpoints(service: str, count: int) -> Condition:
    """`Service "web" has 3 endpoints`: exactly that number of ready addresses, of any of its ports."""
    return _endpoints(service, count, frozenset())


def has_no_endpoints(service: str) -> Condition:
    """`Service "web" has no endpoints`: if it has a selector, an EndpointSlice must show that its controller has looked for them.

    Never hopeless: a selector that matches nothing may be the point of the lab.
    """
    return _endpoints(service, 0, EVERYTHING)


def endpoints_are(service: str, kind: str, workload: str) -> Condition:
    """`the endpoints of Service "web" are the pods of ReplicaSet "web"`: exactly the addresses of its ready pods."""

    def judge(view: View, _thing: Object) -> tuple[bool, str]:
        owner = view.find(kind, workload)
        wanted = sorted(str(at(pod, "status", "podIP")) for pod in ready_ones(pods_of(view, owner))) if owner else []
        found = endpoints(view, service)
        return bool(wanted) and found == wanted, f"endpoints {', '.join(found) or 'none'}, pods {', '.join(wanted) or 'none'}"

    condition = of_object("Service", service, "", judge)
    return Condition(f'the endpoints of Service "{service}" are the pods of {kind} "{workload}"', condition.observe)


def has_external_address(service: str) -> Condition:
    """`Service "web" has an external address`: a load balancer gave it an IP or a host name."""

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        given = at(thing, "status", "loadBalancer", "ingress", default=())
        return bool(given), f"{service} with {', '.join(external_addresses(thing)) or 'no external address (pending)'}"

    return of_object("Service", service, "has an external address", judge)


def has_no_external_address(service: str) -> Condition:
    """`Service "web" waits for an external address`: it exists, and got none."""

    def judge(_view: View, thing: Object) -> tuple[bool, str]:
        found = external_addresses(thing)
        return not found, f"{service} with {', '.join(found) or 'no external address (pending)'}"

    return of_object("Service", service, "has no external address", judge)


def external_addresses(service: Object) -> list[str]:
    """What `kubectl get service` shows as EXTERNAL-IP: what a load balancer gave it, and `spec.externalIPs`."""
    given = at(service, "status", "loadBalancer", "ingress", default=())
    return [*(str(one.get("ip") or one.get("hostname")) for one in given), *at(service, "spec", "externalIPs", default=())]


def endpoints(view: View, service: str) -> list[str]:
    """The ready addresses of a Service's EndpointSlices, sorted."""
    ready = [
        point
        for one in slices(view, service)
        for point in at(one, "endpoints", default=())
        if at(point, "conditions", "ready", default=True)
    ]
    return sorted({address for point in ready for address in at(point, "addresses", default=())})


def slices(view: View, service: str) -> list[Object]:
    """The EndpointSlices of a Service: its controller creates one even if no pod is selected."""
    return [one for one in view.objects("EndpointSlice") if labels(one).get(SERVICE_NAME) == service]


def _endpoints(service: str, count: int, expects: frozenset[str]) -> Condition:
    def judge(view: View, thing: Object) -> tuple[bool, str]:
        found = endpoints(view, service)
        looked = _is_looked_for(view, thing, found)
        told = f"{name(thing)} with {counted(len(found), 'endpoint')}: {', '.join(found)}" if found else f"{name(thing)} without endpoints"
        return len(found) == count and looked, told + ("" if looked else ": its controller has not looked for them yet")

    says = f"has {counted(count, 'endpoint') if count else 'no endpoints'}"
    condition = of_object("Service", service, says, judge, expects=expects)

    def observe(view: View) -> Observation:
        look = condition.observe(view)
        return Observation(look.met, look.seen, about=(*look.about, *selected(view, look.about)))

    return Condition(condition.wording, observe, expects=expects, steady=0.0 if count else STEADY)


def _is_looked_for(view: View, service: Object, found: Sequence[str]) -> bool:
    """Whether its controller has acted by its present selector: it has found Pods of these only, or that there are none."""
    if not at(service, "spec", "selector"):
        return True
    return bool(slices(view, name(service))) and {ip for pod in selected(view, [service]) for ip in _ips(pod)}.issuperset(found)


def _ips(pod: Object) -> list[str]:
    return [str(one.get("ip")) for one in at(pod, "status", "podIPs", default=())] or [str(at(pod, "status", "podIP"))]


def selected(view: View, about: Sequence[Object]) -> list[Object]:
    """The pods that its selector matches: what is wrong with them concerns the Service."""
    selector = at(about[0], "spec", "selector", default={}) if about else {}
    return matching(view.objects("Pod"), selector)
