"""The parts of the control plane: the API server, etcd, the controllers and the scheduler."""

from collections.abc import Callable, Iterator, Mapping

from kubelab import durations
from kubelab.actors.ground import SYSTEM, Ground
from kubelab.actors.health import is_silent
from kubelab.actors.lags import LAG, is_unplaced, unlooked, unplaced
from kubelab.actors.outage import Outage
from kubelab.actors.stretch import Stretch
from kubelab.client.objects import Object, all_statuses, at, condition, is_true, labels, name, owner

CONTROLLERS, SCHEDULER = "kube-controller-manager", "kube-scheduler"
CHECKS: Mapping[str, str] = {CONTROLLERS: "https://127.0.0.1:10257/healthz", SCHEDULER: "https://127.0.0.1:10259/healthz"}
"""The health checks that can only be reached from the node itself."""
HALF = 0.5
"""The part of its lease's duration after which a holder that renews it every quarter is overdue."""
FORGOTTEN = 3600.0
"""Seconds after which a lease tells nothing: its holder no longer takes part in elections."""


def unreached(ground: Ground) -> Iterator[Outage]:
    """The API server, where it was unreachable for long."""
    blind = ground.scene.store.blind(ground.scene.since.time)
    if blind >= LAG and not ground.is_the_labs_own:
        yield Outage(f"the API server was unreachable for {durations.whole(blind)}", "kubelab status")


def parts(ground: Ground) -> Iterator[Outage]:
    """Each part that had to act and was not available."""
    if ground.is_the_labs_own:
        return
    for part, concerns in _TURNS.items():
        if concerns(ground):
            yield from _told(ground, part)
    yield from _overdue(ground)


def _has_any(_ground: Ground) -> bool:
    return True


def _has_controlled(ground: Ground) -> bool:
    """Whether it is about anything but Pods without a controller."""
    return not ground.about or any(thing.get("kind") != "Pod" or owner(thing) for thing in ground.about)


def _has_unplaced(ground: Ground) -> bool:
    return any(map(is_unplaced, ground.pods)) or any(unplaced(ground))


_TURNS: Mapping[str, Callable[[Ground], bool]] = {
    "etcd": _has_any,
    "kube-apiserver": _has_any,
    CONTROLLERS: _has_controlled,
    SCHEDULER: _has_unplaced,
}


def _told(ground: Ground, part: str) -> Iterator[Outage]:
    for pod in ground.all("Pod", SYSTEM):
        if labels(pod).get("component") == part and (why := _absent(ground, pod) or _silent(ground, part, pod)):
            yield Outage(f"{name(pod)} {why}", f"kubectl -n {SYSTEM} describe pod {name(pod)}")
    for lease in ground.all("Lease", SYSTEM):
        if name(lease) == part and (age := overdue(ground.stretch, lease)):
            yield Outage(f"{part} has not renewed its lease for {durations.whole(age)}", f"kubectl -n {SYSTEM} get lease {part} -o yaml")


def _overdue(ground: Ground) -> Iterator[Outage]:
    """The parts that kept an object waiting although everything else says that they were available."""
    for thing in unlooked(ground):
        text = f'the controllers did not handle {thing.get("kind")} "{name(thing)}" for {durations.short(LAG)} or more'
        yield Outage(text, f"kubectl -n {SYSTEM} get pods -l component={CONTROLLERS}")
    for pod in unplaced(ground):
        yield Outage(
            f'the scheduler did not handle Pod "{name(pod)}" for {durations.short(LAG)} or more',
            f"kubectl -n {SYSTEM} get pods -l component={SCHEDULER}",
        )


def overdue(stretch: Stretch, lease: Object) -> float:
    """Seconds since a lease was renewed where its holder is overdue, else 0."""
    renewed = at(lease, "spec", "renewTime")
    age = stretch.since(renewed) if renewed else 0.0
    return age if HALF * at(lease, "spec", "leaseDurationSeconds", default=40) < age < FORGOTTEN else 0.0


def _absent(ground: Ground, pod: Object) -> str:
    """Why a part was not available all the time."""
    ready = condition(pod, "Ready").get("lastTransitionTime")
    begun = [at(status, "state", "running", "startedAt") for status in all_statuses(pod)]
    if not is_true(pod, "Ready"):
        return f"is not ready since {ready}"
    if ground.stretch.has(ready):
        return f"was not ready until {ready}"
    if again := next(filter(ground.stretch.has, begun), None):
        return f"was started again at {again}"
    return _unhealthy(ground, pod)


def _unhealthy(ground: Ground, pod: Object) -> str:
    """The failed health check that its kubelet reported in the stretch."""
    for event in ground.all("Event", SYSTEM):
        mine = at(event, "involvedObject", "name") == name(pod) and event.get("reason") == "Unhealthy"
        if mine and ground.stretch.has(last := event.get("lastTimestamp") or event.get("eventTime")):
            return f"did not pass its health check at {last}"
    return ""


def _silent(ground: Ground, part: str, pod: Object) -> str:
    node = at(pod, "spec", "nodeName", default="")
    return "does not answer its health check" if part in CHECKS and is_silent(ground, node, CHECKS[part]) else ""
