"""Servers of the cluster that run as Deployments: whether they had a ready Pod all the time."""

from collections.abc import Iterator

from kubelab.actors.ground import Ground
from kubelab.actors.outage import Outage
from kubelab.client.objects import Object, at, condition, name
from kubelab.conditions.family import matching, ready_ones


def unserved(ground: Ground, namespace: str, names: str = "") -> Iterator[Outage]:
    """The Deployments of a namespace, or the one of that name, that had no ready Pod; none where the namespace does not exist."""
    for deployment in ground.all("Deployment", namespace):
        if names in {"", name(deployment)} and (why := _absence(ground, namespace, deployment)):
            yield Outage(f"{name(deployment)} of {namespace} {why}", f"kubectl -n {namespace} get deployment,pods")


def _absence(ground: Ground, namespace: str, deployment: Object) -> str:
    selector = at(deployment, "spec", "selector", "matchLabels", default={})
    ready = ready_ones(matching(ground.all("Pod", namespace), selector))
    stopped = {name(node) for node in ground.nodes} - {name(node) for node in ground.others}
    if not [pod for pod in ready if at(pod, "spec", "nodeName") not in stopped]:
        by_the_lab = any(at(pod, "spec", "nodeName") in stopped for pod in ready)
        return "" if by_the_lab else f"has no ready Pod ({at(deployment, 'spec', 'replicas', default=1)} wanted)"
    since = min(str(condition(pod, "Ready").get("lastTransitionTime", "")) for pod in ready)
    return f"had no ready Pod until {since}" if ground.stretch.has(since) else ""
