"""The nodes of the Pods concerned: whether they, their kubelets and their container runtimes are available."""

from collections.abc import Iterator, Sequence

from kubelab import durations
from kubelab.actors.control_plane import overdue
from kubelab.actors.ground import NO_RUNTIME, Ground
from kubelab.actors.health import services
from kubelab.actors.lags import LAG, untaken
from kubelab.actors.outage import Outage
from kubelab.client.objects import Object, at, condition, is_true, name, uid
from kubelab.conditions.in_words import shortened

LEASES = "kube-node-lease"
"""The namespace of the leases that kubelets renew."""


def machines(ground: Ground) -> Iterator[Outage]:
    """Each node that a Pod waits for and that was not available all the time."""
    if ground.is_the_labs_own:
        return
    for node in _homes(ground, ground.waiting):
        yield from _of_node(ground, node)
    for node in _homes(ground, ground.hanging):
        yield from _services(ground, name(node))
    yield from _lost(ground)
    yield from _without_runtime(ground)
    yield from _untaken(ground)


def absence(ground: Ground, node: Object) -> str:
    """Why a node is not available, or was not all the time, by what the control plane knows; "" where it was."""
    ready = condition(node, "Ready")
    by = f" (another run's scenario {', '.join(ground.foreign(node))} has changed it)" if ground.foreign(node) else ""
    if not is_true(node, "Ready"):
        return f"is not ready since {ready.get('lastTransitionTime')}: {shortened(str(ready.get('message', '')))}{by}"
    if ground.stretch.has(ready.get("lastTransitionTime")):
        return f"was not ready until {ready.get('lastTransitionTime')}{by}"
    return ""


def _of_node(ground: Ground, node: Object) -> Iterator[Outage]:
    if why := absence(ground, node):
        yield Outage(f"node {name(node)} {why}", f"kubectl describe node {name(node)}")
    for lease in ground.all("Lease", LEASES):
        if name(lease) == name(node) and (age := overdue(ground.stretch, lease)):
            text = f"the kubelet of node {name(node)} has not renewed its lease for {durations.whole(age)}"
            yield Outage(text, f"kubectl -n {LEASES} get lease {name(node)} -o yaml")


def _homes(ground: Ground, pods: Sequence[Object]) -> list[Object]:
    """The nodes that these Pods are on, but for those that the scenario itself has stopped."""
    return list({name(node): node for pod in pods if (node := ground.node_of(pod))}.values())


def _services(ground: Ground, node: str) -> Iterator[Outage]:
    for service, found in services(ground, node).items():
        command = ground.scene.provider.by_hand(node, ["systemctl", "status", service])
        if found.state != "active":
            yield Outage(f"{service} of node {node} does not run: it is {found.state}", command)
        elif found.since and found.since > ground.stretch.began:
            yield Outage(f"{service} of node {node} did not run until {found.since:%H:%M:%S} UTC", command)


def _lost(ground: Ground) -> Iterator[Outage]:
    """Pods on a node that no longer exists."""
    there = {name(node) for node in ground.nodes}
    for pod in ground.waiting:
        node = at(pod, "spec", "nodeName")
        if node and there and node not in there:
            yield Outage(f'node {node}, on which Pod "{name(pod)}" is, is no longer there', "kubectl get nodes")


def _without_runtime(ground: Ground) -> Iterator[Outage]:
    """Pods whose kubelet reported in the stretch that its runtime does not answer."""
    concerned = {uid(pod): pod for pod in ground.waiting if ground.node_of(pod)}
    for change in ground.around.view.history("Event", ground.scene.since):
        pod = concerned.get(at(change.object, "involvedObject", "uid", default=""))
        if pod is not None and NO_RUNTIME.search(str(change.object.get("message"))):
            node = at(pod, "spec", "nodeName")
            yield Outage(f"the container runtime of node {node} did not answer its kubelet", f"kubectl describe node {node}")


def _untaken(ground: Ground) -> Iterator[Outage]:
    for pod in untaken(ground):
        if node := ground.node_of(pod):
            text = f'the kubelet of node {name(node)} did not handle Pod "{name(pod)}" for {durations.short(LAG)} or more'
            yield Outage(text, f"kubectl describe node {name(node)}")
