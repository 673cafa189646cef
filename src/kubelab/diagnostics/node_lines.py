"""The nodes that matter: those of the pods concerned that are not ready, and all nodes if a pod cannot be scheduled."""

from collections.abc import Iterator, Sequence

from kubelab.client import Client
from kubelab.client.objects import Object, at, condition, is_true, labels, name
from kubelab.observation import View

PRESSURES = ("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable")


def lines(view: View, client: Client, about: Sequence[Object]) -> list[str]:
    """One line for each node, empty when nodes do not matter."""
    pods = [thing for thing in about if thing.get("kind") == "Pod"]
    homeless = any(condition(pod, "PodScheduled").get("status") == "False" for pod in pods)
    homes = {at(pod, "spec", "nodeName") for pod in pods}
    if not pods:
        return []
    nodes = view.objects("Node") or client.list("Node")
    return [line for node in nodes for line in _told(node, whole=homeless) if homeless or name(node) in homes]


def _told(node: Object, *, whole: bool) -> Iterator[str]:
    troubles = list(_troubles(node))
    if troubles or whole:
        room = at(node, "status", "allocatable", default={})
        shown = ", ".join(f"{key}={value}" for key, value in labels(node).items() if "kubernetes.io" not in key)
        taints = ", ".join(f"{t['key']}:{t['effect']}" for t in at(node, "spec", "taints", default=()))
        rest = [
            f"cpu {room.get('cpu')}, memory {room.get('memory')}",
            f"labels {shown}" if shown else "",
            f"taints {taints}" if taints else "",
        ]
        yield f"{name(node)}: {'; '.join(filter(None, [*(troubles or ['Ready']), *(rest if whole else [])]))}"


def _troubles(node: Object) -> Iterator[str]:
    if not is_true(node, "Ready"):
        ready = condition(node, "Ready")
        yield f"not ready since {ready.get('lastTransitionTime')}: {ready.get('message', '')}".rstrip(": ")
    yield from (kind for kind in PRESSURES if is_true(node, kind))
    if at(node, "spec", "unschedulable"):
        yield "cordoned"
