"""The state of objects in a few words: "web on kubelab-worker, Pending, ErrImagePull"."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kubelab.client.objects import Object, all_statuses, at, condition, name
from kubelab.conditions.exit_codes import exit_in_words
from kubelab.conditions.serving import ingress_in_words, service_in_words

MANY = 6
UNPLACED = "Unschedulable"
"""The reason of a pod for which the scheduler finds no node."""
NUMBERS = {
    "replicas": "replicas",
    "updated": "updatedReplicas",
    "ready": "readyReplicas",
    "available": "availableReplicas",
    "wanted": "desiredNumberScheduled",
    "up to date": "updatedNumberScheduled",
    "ready on nodes": "numberReady",
    "active": "active",
    "succeeded": "succeeded",
    "failed": "failed",
}


def counted(count: int, noun: str) -> str:
    """A number of things: "1 ready pod", "3 ready pods"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def pod_in_words(pod: Object) -> str:
    """A pod's name, node, phase, and what keeps its containers from running."""
    node = at(pod, "spec", "nodeName")
    parts = [f"{name(pod)} on {node}" if node else name(pod), phase(pod), *dict.fromkeys(_troubles(pod))]
    return ", ".join(parts)


def pods_in_words(pods: Sequence[Object]) -> str:
    """Several pods' states, at most six; "no pods" for none. A reason that several pods share is written once."""
    told = _alike([(name(pod), pod_in_words(pod)) for pod in pods[:MANY]])
    more = [f"{len(pods) - MANY} more"] if len(pods) > MANY else []
    return "; ".join([*told, *more]) or "no pods"


def _alike(told: Sequence[tuple[str, str]]) -> list[str]:
    by_state: dict[str, list[str]] = {}
    for pod, text in told:
        state = text.removeprefix(pod)
        by_state.setdefault(state if UNPLACED in state else text, []).append(pod)
    return [f"{', '.join(pods)}{state}" if UNPLACED in state else state for state, pods in by_state.items()]


def absent(kind: str, wanted: str, others: Iterable[Object] = ()) -> str:
    """That the object does not exist, and which do."""
    names = ", ".join(sorted(map(name, others))[:MANY])
    return f'no {kind} "{wanted}"' + (f" (there is: {names})" if names else "")


def phase(pod: Object) -> str:
    """The phase, "Terminating" for a pod being deleted, "Ready" and "not ready" for one that runs."""
    if at(pod, "metadata", "deletionTimestamp"):
        return "Terminating"
    told = str(at(pod, "status", "phase", default="Pending"))
    if told != "Running":
        return told
    ready = [bool(at(status, "ready")) for status in statuses(pod)]
    if not ready or not all(ready):
        return f"Running, {sum(ready)}/{len(ready)} ready"
    # A lost node cannot report that its containers are not ready: the control plane sets the pod's condition.
    return "Running, not ready" if condition(pod, "Ready").get("status") == "False" else "Running, Ready"


def statuses(pod: Object) -> Sequence[Object]:
    """The statuses of a pod's app containers, empty before the kubelet has reported them."""
    found: Sequence[Object] = at(pod, "status", "containerStatuses", default=())
    return found


def containers(pod: Object) -> Sequence[Object]:
    """A pod's app containers as declared."""
    found: Sequence[Object] = at(pod, "spec", "containers", default=())
    return found


def in_words(thing: Object) -> str:
    """Any object's state in words: a pod's state, where a Service or an Ingress leads, a workload's numbers, else the name."""
    if thing.get("kind") in TELL:
        return TELL[str(thing["kind"])](thing)
    numbers = [f"{count} {words}" for words, field in NUMBERS.items() if (count := at(thing, "status", field)) is not None]
    ending = ["Terminating"] if at(thing, "metadata", "deletionTimestamp") else []
    return ", ".join([f"{name(thing)}", *ending, *_declared(thing), *numbers])


def _declared(thing: Object) -> Iterator[str]:
    """The parts of the spec that say how the object behaves."""
    spec = thing.get("spec") or {}
    yield from (word for word, field in (("paused", "paused"), ("suspended", "suspend")) if spec.get(field))
    if at(spec, "updateStrategy", "type") == "OnDelete":
        yield "updateStrategy OnDelete"
    if "schedule" in spec:
        yield f'schedule "{spec["schedule"]}", last Job {at(thing, "status", "lastScheduleTime", default="none yet")}'


LAYERS = re.compile(
    r"rpc error: code = NotFound desc = |failed to create containerd task: failed to create shim task: "
    r"|OCI runtime create failed: (?:runc create failed: unable to start container process: )?|(?<=file or directory): unknown"
)
"""What the programs between kubelet and container add to a message."""


def shortened(text: str, longest: int = 240) -> str:
    """The text on one line, without its middle where it is too long: its end says most."""
    text = LAYERS.sub("", " ".join(text.split()))
    return text if len(text) <= longest else f"{text[: longest // 3]} … {text[-longest * 2 // 3 :]}"


def _troubles(pod: Object) -> Iterator[str]:
    for status in all_statuses(pod):
        waiting, ended = at(status, "state", "waiting", "reason"), at(status, "state", "terminated")
        if waiting not in (None, "ContainerCreating", "PodInitializing"):
            yield str(waiting)
        if ended and at(ended, "exitCode", default=0):
            yield f"{at(ended, 'reason', default='Error')} ({exit_in_words(ended)})"
        yield from _restarts(status)
    scheduled = condition(pod, "PodScheduled")
    if scheduled.get("status") == "False":
        yield shortened(f"{scheduled.get('reason')}: {scheduled.get('message', '')}".rstrip(": ").partition(" no new claims")[0])


def _restarts(status: Object) -> Iterator[str]:
    """That a running container has failed before: it may be running only until the next time."""
    last, times = at(status, "lastState", "terminated", default={}), at(status, "restartCount", default=0)
    if times and at(status, "state", "running") is not None and at(last, "exitCode", default=0):
        yield f"restarted {times} time{'' if times == 1 else 's'}, the last run ended with {exit_in_words(last)}"


TELL: Mapping[str, Callable[[Object], str]] = {"Pod": pod_in_words, "Service": service_in_words, "Ingress": ingress_in_words}
