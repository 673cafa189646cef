"""How long the scheduler, a kubelet or a controller kept an object waiting, measured without another machine's clock."""

from collections.abc import Callable, Iterator, Sequence

from kubelab.actors.ground import Ground
from kubelab.actors.stretch import lacked
from kubelab.client.objects import Object, at, condition
from kubelab.conditions.family import is_ending, is_looked_at

LAG = 10.0
"""Seconds within which every scheduler, controller and kubelet handles an object for the first time, however busy the machine is."""


def unplaced(ground: Ground) -> Iterator[Object]:
    """Pods that the scheduler did not handle."""
    return _late(ground, ground.pods, is_unplaced)


def untaken(ground: Ground) -> Iterator[Object]:
    """Pods that the kubelet of their node did not handle."""
    return _late(ground, ground.pods, is_untaken)


def unlooked(ground: Ground) -> Iterator[Object]:
    """Workloads that their controller did not handle."""
    return _late(ground, [thing for thing in ground.about if thing.get("kind") != "Pod"], is_unlooked)


def is_unplaced(pod: Object) -> bool:
    """Whether the scheduler has not handled it yet: it has neither a node nor a reason for having none."""
    return not (at(pod, "spec", "nodeName") or condition(pod, "PodScheduled") or is_ending(pod))


def is_untaken(pod: Object) -> bool:
    """Whether it has a node whose kubelet has not handled it yet."""
    return bool(at(pod, "spec", "nodeName")) and at(pod, "status", "startTime") is None


def is_unlooked(workload: Object) -> bool:
    """Whether its controller has not handled it yet."""
    return not (is_looked_at(workload) or at(workload, "spec", "suspend") or is_ending(workload))


def _late(ground: Ground, things: Sequence[Object], lacks: Callable[[Object], bool]) -> Iterator[Object]:
    view = ground.around.view
    return (thing for thing in things if lacked(view, thing, lacks) >= LAG)
