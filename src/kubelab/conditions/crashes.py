"""Containers that crash again and again, and the moments in which they look well."""

import math
from collections.abc import Iterator, Sequence

from kubelab.client.objects import Object, at, uid
from kubelab.conditions.words import all_statuses
from kubelab.observation import View

LOOKS_WELL = 5.0
"""Seconds that a container must have run after a crash to be believed: without a readiness probe it is "ready" until the next one."""


def crashing(thing: Object) -> str:
    """Why a pod is in a crash loop: it backs off, or ended twice with a non-zero exit code; "" when it is not."""
    for status in _containers(thing):
        ended = at(status, "state", "terminated") or at(status, "lastState", "terminated", default={})
        backing_off = at(status, "state", "waiting", "reason") == "CrashLoopBackOff"
        ends = at(status, "restartCount", default=0) + ("terminated" in at(status, "state", default={}))
        if backing_off or (ends > 1 and not _runs(status) and at(ended, "exitCode", default=0) != 0):
            return f"CrashLoopBackOff: container {status.get('name')} ended with exit code {at(ended, 'exitCode', default='unknown')}"
    return ""


def recovered_at(view: View, about: Sequence[Object]) -> float:
    """The time of the clock from which the pods' restarted containers are believed to have recovered."""
    starts = [_started(view, pod, status) for pod in about for status in _containers(pod) if _restarted_after_crash(status)]
    return max((start + LOOKS_WELL for start in starts), default=-math.inf)


def _started(view: View, pod: Object, status: Object) -> float:
    """When this run of the container was first seen."""
    for change in view.history("Pod"):
        if change.uid == uid(pod):
            seen = next((one for one in _containers(change.object) if one.get("name") == status.get("name")), {})
            if at(seen, "restartCount") == at(status, "restartCount") and _runs(seen):
                return change.time
    return -math.inf


def _restarted_after_crash(status: Object) -> bool:
    return _runs(status) and at(status, "restartCount", default=0) > 0 and at(status, "lastState", "terminated", "exitCode", default=0) != 0


def _runs(status: Object) -> bool:
    return at(status, "state", "running") is not None


def _containers(thing: Object) -> Iterator[Object]:
    if thing.get("kind") == "Pod":
        yield from all_statuses(thing)
