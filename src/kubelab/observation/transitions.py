"""What changed between two states of an object, in the few words worth telling."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kubelab.client.objects import Object, all_statuses, at, is_true

ORDINARY = frozenset({None, "ContainerCreating", "PodInitializing"})
COUNTS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "wanted": (("spec", "replicas"), ("status", "desiredNumberScheduled")),
    "ready": (("status", "readyReplicas"), ("status", "numberReady")),
    "succeeded": (("status", "succeeded"),),
    "failed": (("status", "failed"),),
}


def progress(before: Object, after: Object) -> list[str]:
    """Phrases such as "scheduled to kubelab-worker2", "ErrImagePull", "ready", "2 ready"."""
    if after.get("kind") == "Pod":
        return list(_pod(before or {"metadata": {}}, after))
    return [*_ending(before, after), *_counts(before, after), *_reasons(before, after)]


def _pod(before: Object, after: Object) -> Iterator[str]:
    yield from _ending(before, after)
    if _is_new(before, after, "spec", "nodeName"):
        yield f"scheduled to {after['spec']['nodeName']}"
    yield from _states(before, after)
    yield from _outcome(before, after)
    if is_true(after, "Ready") != is_true(before, "Ready"):
        yield "ready" if is_true(after, "Ready") else "not ready"


def _ending(before: Object, after: Object) -> Iterator[str]:
    if _is_new(before, after, "metadata", "deletionTimestamp"):
        yield "Terminating"


def _states(before: Object, after: Object) -> Iterator[str]:
    known = {status.get("name"): status for status in all_statuses(before)}
    for status in all_statuses(after):
        earlier = known.get(status.get("name"), {})
        reason = at(status, "state", "waiting", "reason")
        if reason not in ORDINARY and reason != at(earlier, "state", "waiting", "reason"):
            yield str(reason)
        if at(status, "restartCount", default=0) > at(earlier, "restartCount", default=0):
            yield f"restarted ({status['restartCount']})"
        ended = at(status, "state", "terminated")
        if ended and not at(earlier, "state", "terminated"):
            yield f"{ended.get('reason', 'ended')} (exit code {ended.get('exitCode')})"


def _outcome(before: Object, after: Object) -> Iterator[str]:
    phase = at(after, "status", "phase")
    if phase != at(before, "status", "phase") and phase in {"Running", "Succeeded", "Failed", "Unknown"}:
        yield str(phase)
    for condition in at(after, "status", "conditions", default=()):
        if condition.get("type") == "PodScheduled" and condition.get("reason") == "Unschedulable" and condition not in _conditions(before):
            yield "Unschedulable"


def _counts(before: Object, after: Object) -> Iterator[str]:
    for word, paths in COUNTS.items():
        for path in paths:
            count, earlier = at(after, *path, default=0), at(before, *path, default=0)
            if count != earlier:
                yield f"{count} {word}"


def _reasons(before: Object, after: Object) -> Iterator[str]:
    reasons = {at(condition, "reason") for condition in _conditions(before)}
    for condition in _conditions(after):
        if condition.get("reason") in TELLING - reasons:
            yield str(condition["reason"])


def _conditions(thing: Object) -> Sequence[Any]:
    found: Sequence[Any] = at(thing, "status", "conditions", default=())
    return found


def _is_new(before: Object, after: Object, *path: str) -> bool:
    return at(after, *path) is not None and at(before, *path) is None


TELLING = frozenset({"ProgressDeadlineExceeded", "FailedCreate", "BackoffLimitExceeded", "DeadlineExceeded", "NodeStatusUnknown"})
