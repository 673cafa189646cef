"""Containers that crash again and again, and the moments in which they seem to work."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from kubelab.client.objects import Object, all_statuses, at, condition, name, namespace, uid
from kubelab.conditions.exit_codes import exit_in_words
from kubelab.conditions.in_words import containers
from kubelab.observation import View

if TYPE_CHECKING:
    from kubelab.client import Client

LOOKS_WELL = 5.0
"""Seconds that a container must run after a crash to be believed: without a readiness probe it is "ready" until the next crash."""
FIRST_RUN = 1.5
"""The same for the first run of a container with the lab's own command, environment or files: the kubelet looks once a second."""
USUAL_LAG = 1.0
"""Whole seconds from a container's start until a node that is not busy reports its pod as ready."""
OWN = ("command", "args", "env", "envFrom")
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


def crashing(thing: Object) -> str:
    """Why a pod is in a crash loop: it backs off, or failed twice; "" when it is not."""
    for status in _containers(thing):
        ended = at(status, "state", "terminated") or at(status, "lastState", "terminated", default={})
        backing_off = at(status, "state", "waiting", "reason") == "CrashLoopBackOff"
        ends = at(status, "restartCount", default=0) + ("terminated" in at(status, "state", default={}))
        if backing_off or (ends > 1 and not _runs(status) and at(ended, "exitCode", default=0) != 0):
            said = f": {ended['message'].strip()}" if at(ended, "message") else ""
            return f"CrashLoopBackOff: container {status.get('name')} ended with {exit_in_words(ended)}{said}"
    return ""


def recovered_at(view: View, about: Sequence[Object]) -> float:
    """The time of the clock from which the pods' containers are believed to work."""
    return max((until for _, _, until in _on_probation(view, about)), default=-math.inf)


@dataclass(frozen=True)
class Kubelets:
    """Asks the kubelets whether containers run which have just started, or have just passed their probation; once for each run of one.

    A kubelet may tell a container's end 2 s late, and later than its start: then three Pods that end at once are all ready for a moment.
    """

    client: "Client"
    confirmed: set[tuple[str, str, int]] = field(default_factory=set)
    """The runs of containers that a kubelet has confirmed: the Pod's UID, the container's name, how often it was restarted."""

    def confirm(self, view: View, about: Sequence[Object]) -> bool:
        """Whether all of these Pods' containers still run."""
        fresh = [(pod, status) for pod, status, until in _on_probation(view, about) if until > view.now - LOOKS_WELL]
        return all(self._runs(pod, status) for pod, status in fresh)

    def _runs(self, pod: Object, status: Object) -> bool:
        run = (uid(pod), str(status.get("name")), int(status.get("restartCount", 0)))
        if run not in self.confirmed and self.client.is_running(name(pod), namespace(pod), run[1]):
            self.confirmed.add(run)
        return run in self.confirmed


def _on_probation(view: View, about: Sequence[Object]) -> Iterator[tuple[Object, Object, float]]:
    """The running containers that no probe vouches for: Pod, status, and the time of the clock until which they are not believed."""
    running = ((pod, status, probation(pod, status)) for pod in about for status in _containers(pod) if _runs(status))
    yield from ((pod, status, _started(view, pod, status) + pause) for pod, status, pause in running if pause is not None)


def probation(pod: Object, status: Object) -> float | None:
    """Seconds that a running container must have run to be believed: 0 for one of a plain image, None for one with a readiness probe."""
    declared = next((one for one in containers(pod) if one["name"] == status.get("name")), {})
    if at(status, "restartCount", default=0) > 0:
        ended = at(status, "lastState", "terminated", default={})
        return LOOKS_WELL if at(ended, "exitCode", default=0) or (_is_the_labs_own(declared) and _was_short(ended)) else 0.0
    if "readinessProbe" in declared:
        return None
    return FIRST_RUN + _lag(pod, status) if _is_the_labs_own(declared) else 0.0


def _started(view: View, pod: Object, status: Object) -> float:
    """When this run of the container was first seen."""
    for change in view.history("Pod"):
        if change.uid == uid(pod):
            seen = next((one for one in _containers(change.object) if one.get("name") == status.get("name")), {})
            if at(seen, "restartCount") == at(status, "restartCount") and _runs(seen):
                return change.time
    return -math.inf


def _is_the_labs_own(container: Object) -> bool:
    mounts = [mount for mount in at(container, "volumeMounts", default=()) if mount.get("mountPath") != ACCOUNT]
    return bool(mounts) or any(container.get(field) for field in OWN)


def _was_short(ended: Object) -> bool:
    """Whether a run ended before it could be believed: a command that ends at once is run again and again."""
    return _between(at(ended, "startedAt"), at(ended, "finishedAt"), LOOKS_WELL) < LOOKS_WELL


def _lag(pod: Object, status: Object) -> float:
    """Seconds by which a busy node reported late that the container runs: it will report its end as late."""
    ready = condition(pod, "Ready").get("lastTransitionTime")
    lag = _between(at(status, "state", "running", "startedAt"), ready, 0.0)
    return min(max(0.0, lag - USUAL_LAG), LOOKS_WELL)


def _between(begun: str | None, end: str | None, otherwise: float) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(begun)).total_seconds() if begun and end else otherwise


def _runs(status: Object) -> bool:
    return at(status, "state", "running") is not None


def _containers(thing: Object) -> Iterator[Object]:
    if thing.get("kind") == "Pod":
        yield from all_statuses(thing)
