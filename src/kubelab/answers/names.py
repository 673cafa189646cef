"""Host names as a Pod resolves them: to which addresses, and as an alias of which other name."""

import re
from collections.abc import Callable, Sequence

from kubelab.answers.asking import EVERY
from kubelab.answers.places import Place
from kubelab.answers.replies import Found, Nothing, Reply, Unasked, judged, unasked
from kubelab.answers.targets import Nowhere, there
from kubelab.client.objects import Object, at, name
from kubelab.conditions.family import pods_of
from kubelab.conditions.infrastructure import troubles
from kubelab.errors import LabFailure
from kubelab.observation import View
from kubelab.waiting import STEADY, Condition, Observation

LIMIT = 10
"""Seconds that one query may take."""

UNKNOWN = 2
"""The exit code of getent (see its manual) for a name that the resolver does not find."""

Addresses = Callable[[View], Sequence[str]]
"""The addresses that a name should have at present; Nowhere with the reason where they are not known."""


def resolves(host: str, place: Place, wanted: Addresses, says: str) -> Condition:
    """`"web" resolves to the cluster IP of Service "web"`: to exactly these addresses."""

    def compared(view: View, found: Sequence[str]) -> Observation:
        try:
            should = sorted(wanted(view))
        except Nowhere as unknown:
            return unasked(Unasked(str(unknown), missing=unknown.missing))
        told = f"{', '.join(found) or 'no address'}, where {', '.join(should) or 'no address'} should be"
        return Observation(bool(should) and list(found) == should, _seen(view, told), about=view.objects("Service"))

    def observe(view: View) -> Observation:
        return judged(addresses(view, place, host), lambda found: compared(view, found), lambda _said: compared(view, ()))

    return Condition(f'"{host}" resolves to {says} {place.words}', observe, every=EVERY)


def does_not_resolve(host: str, place: Place) -> Condition:
    """`"web" does not resolve`: the name does not exist.

    It counts only where the same place resolves a name that must exist, which shows that its name server answers.
    """

    def nothing(view: View) -> Observation:
        if isinstance(addresses(view, place, place.known_name), Found):
            return Observation(met=True, seen="no address", about=view.objects("Service"))
        return unasked(Unasked(_seen(view, f'no address, but "{place.known_name}" does not resolve {place.words} either')))

    def observe(view: View) -> Observation:
        return judged(
            addresses(view, place, host),
            lambda found: Observation(met=False, seen=", ".join(found), about=view.objects("Service")),
            lambda _said: nothing(view),
        )

    return Condition(f'"{host}" does not resolve {place.words}', observe, steady=STEADY, every=EVERY)


def is_alias(host: str, place: Place, of: str) -> Condition:
    """`"web.lab.svc.cluster.local" is an alias of "www.example.com"`: by the name server's CNAME record."""

    def observe(view: View) -> Observation:
        output = place.run(view, ["busybox", "nslookup", "-type=cname", host], LIMIT)
        if isinstance(output, Unasked):
            return unasked(output)
        found = re.findall(r"canonical name = (\S+)", output.out)
        told = f"an alias of {', '.join(found)}" if found else f"no alias: {' '.join((output.out + output.err).split())}"
        return Observation(of.rstrip(".") in [one.rstrip(".") for one in found], _seen(view, told), about=view.objects("Service"))

    return Condition(f'"{host}" is an alias of "{of}" {place.words}', observe, every=EVERY)


def addresses(view: View, place: Place, host: str) -> Reply[list[str]]:
    """The IPv4 addresses of a name by the resolver of a place, sorted."""
    output = place.run(view, ["getent", "ahostsv4", host], LIMIT)
    if isinstance(output, Unasked):
        return output
    found = sorted({line.split()[0] for line in output.out.splitlines() if line.strip()})
    if found:
        return Found(found)
    return Nothing() if output.code == UNKNOWN else Unasked(f"the resolver could not be asked {place.words}: {output.tail}")


def cluster_ip(service: str) -> Addresses:
    """The cluster IP of a Service."""
    return lambda view: [str(at(there(view, "Service", service), "spec", "clusterIP", default=""))]


def pod_ips(kind: str, thing: str) -> Addresses:
    """The IPs of a Pod, or of all pods of a workload."""

    def wanted(view: View) -> list[str]:
        found = there(view, kind, thing)
        pods = [found] if kind == "Pod" else pods_of(view, found)
        if late := [name(pod) for pod in pods if not at(pod, "status", "podIP")]:
            raise Nowhere(f"{', '.join(late)} without an IP yet")
        if not pods:
            raise Nowhere(f'{kind} "{thing}" has no pods')
        return [str(at(pod, "status", "podIP")) for pod in pods]

    return wanted


def pod_record(pod: Object) -> str:
    """A pod's own name, `10-244-1-2.lab.pod.cluster.local`."""
    ip, home = at(pod, "status", "podIP", default=""), at(pod, "metadata", "namespace")
    if not ip:
        raise LabFailure(f'Pod "{name(pod)}" has no IP yet.')
    return f"{re.sub('[.:]', '-', ip)}.{home}.pod.cluster.local"


def _seen(view: View, told: str) -> str:
    return " · ".join([told, *troubles(view)])
