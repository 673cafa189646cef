"""What resolves names and routes requests to Pods: cluster DNS, kube-proxy and the pod network on each node, the addons."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from kubelab.actors.deployments import unserved
from kubelab.actors.ground import SYSTEM, Ground
from kubelab.actors.health import is_silent
from kubelab.actors.outage import Outage
from kubelab.addons import INGRESS_CONTROLLER, METALLB
from kubelab.client.objects import Object, all_statuses, at, condition, is_true, labels, name, owner
from kubelab.conditions.controllers.daemon_sets import belongs
from kubelab.diagnostics.causes import is_network
from kubelab.errors import LabFailure

NAME_SERVER = "coredns"
NAMES = re.compile(
    r"resol[vu]|no such (?:name|host)|bad address|name or service not known|failure in name|lookup \S+ on|nxdomain"
    r"|unknown host|name does not|alias of|server misbehaving|nslookup",
    re.IGNORECASE,
)
"""How programs, and the labs' own sentences, name trouble with host names."""
NO_ANSWER = re.compile(r"no answer|curl: \(|timed out|refused|connection reset|no route", re.IGNORECASE)
OF_NETWORK = re.compile(r"proxy|cni|node-routes|kindnet|calico|canal|cilium|flannel|weave|antrea|ovn|aws-node|anetd")
"""The names of DaemonSets that route requests on a node; others of the system do not matter here."""
PROXY_CHECK = "http://127.0.0.1:10256/livez"
"""kube-proxy's health check, which is about kube-proxy alone."""
LINES = 20
TIMEOUT = 3.0


def name_servers(ground: Ground) -> Iterator[Outage]:
    """CoreDNS, where it had no ready Pod and a name was looked up."""
    outages = list(unserved(ground, SYSTEM, NAME_SERVER))
    if outages and (NAMES.search(f"{ground.sentence}\n{ground.error}") or any(map(partial(_logs_a_name, ground), ground.pods))):
        yield from outages


def ways(ground: Ground) -> Iterator[Outage]:
    """kube-proxy and the pod network, where a request was not answered, or a Pod got no network."""
    told, asked = str(ground.error), ground.scene.network.last is not None
    asks = bool(NAMES.search(told) or (NO_ANSWER.search(told) and (asked or is_network(ground.around, ground.named))))
    if asks or _has_no_network(ground):
        for pod in ground.all("Pod", SYSTEM):
            yield from _of_daemon(ground, pod)
        yield from _missing(ground)
    if asks:
        yield from _doors(ground)


def _logs_a_name(ground: Ground, pod: Object) -> bool:
    """Whether the log of a started container, of a Pod that is not ready, is about host names."""
    begun = [one for one in all_statuses(pod) if {"running", "terminated"} & {*one.get("state", {}), *one.get("lastState", {})}]
    if is_true(pod, "Ready") or not begun:
        return False
    return any(NAMES.search(_log(ground, pod, str(one["name"]), previous=previous)) for one in begun for previous in (False, True))


def _log(ground: Ground, pod: Object, container: str, *, previous: bool) -> str:
    with suppress(LabFailure):
        home = at(pod, "metadata", "namespace")
        return ground.scene.client.logs(name(pod), home, container, previous=previous, tail=LINES, timeout=TIMEOUT)
    return ""


def _has_no_network(ground: Ground) -> bool:
    events = ground.around.view.history("Event", ground.scene.since)
    return any(at(one.object, "reason") == "FailedCreatePodSandBox" and "network" in str(one.object.get("message")) for one in events)


def _of_daemon(ground: Ground, pod: Object) -> Iterator[Outage]:
    """A Pod of kube-proxy or of the pod network on its node."""
    node, ready = ground.node_of(pod), condition(pod, "Ready").get("lastTransitionTime")
    if owner(pod).get("kind") != "DaemonSet" or node is None or not OF_NETWORK.search(name(pod)):
        return
    command = f"kubectl -n {SYSTEM} describe pod {name(pod)}"
    if not is_true(pod, "Ready"):
        yield Outage(f"{name(pod)} on node {name(node)} is not ready since {ready}", command)
    elif ground.stretch.has(ready):
        yield Outage(f"{name(pod)} on node {name(node)} was not ready until {ready}", command)
    elif labels(pod).get("k8s-app") == "kube-proxy" and is_silent(ground, name(node), PROXY_CHECK):
        yield Outage(f"{name(pod)} on node {name(node)} does not answer its health check", command)


def _missing(ground: Ground) -> Iterator[Outage]:
    """DaemonSets of the system that have no Pod on a node."""
    for daemon in ground.all("DaemonSet", SYSTEM):
        homes = {at(pod, "spec", "nodeName") for pod in ground.all("Pod", SYSTEM) if owner(pod).get("name") == name(daemon)}
        template = at(daemon, "spec", "template", "spec", default={})
        bare = sorted({name(node) for node in ground.others if belongs(template, node)} - homes)
        if bare and OF_NETWORK.search(name(daemon)):
            yield Outage(f"{name(daemon)} has no Pod on node {', '.join(bare)}", f"kubectl -n {SYSTEM} get daemonsets")


def _doors(ground: Ground) -> Iterator[Outage]:
    """The addons that serve Ingresses and LoadBalancers, where the scenario has such."""
    if ground.around.all("Ingress"):
        yield from unserved(ground, INGRESS_CONTROLLER.namespace)
    if any(at(service, "spec", "type") == "LoadBalancer" for service in ground.around.all("Service")):
        yield from unserved(ground, METALLB.namespace)
