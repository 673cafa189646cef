"""How a pod ended: by itself, or killed after its grace period."""

from collections.abc import Iterator
from datetime import datetime

from kubelab import durations
from kubelab.client.objects import Object, at, name, uid
from kubelab.conditions.family import is_ending
from kubelab.conditions.in_words import statuses
from kubelab.observation import Change, View
from kubelab.waiting import Condition, Observation

KILLED = 137
"""The exit code of a process that got the signal KILL: 128 + 9."""


def killed_after(pod: Object, seconds: float) -> Condition:
    """`Pod "web" is killed after 3 seconds`: its grace period (`metadata.deletionGracePeriodSeconds`) was that long, then it was killed.

    This is about the app containers that ran when its deletion was requested. Hopeless once the period is another, or it ended otherwise.
    """

    def observe(view: View) -> Observation:
        seen = [c for c in view.history("Pod", view.since) if c.uid == uid(pod) and is_ending(c.object)]
        if not seen:
            return Observation(met=False, seen=f"{name(pod)} is not being deleted", about=(pod,))
        grace = at(seen[0].object, "metadata", "deletionGracePeriodSeconds", default=0)
        met, told, over = _end(seen)
        told = f"{name(pod)} was given {durations.short(grace)}{told}"
        hopeless = told if grace != seconds or (over and not met) else ""
        return Observation(met and not hopeless, told, hopeless, (seen[-1].object,))

    return Condition(f'Pod "{name(pod)}" is killed after {durations.short(seconds)}', observe)


def _end(seen: list[Change]) -> tuple[bool, str, bool]:
    """Whether a container was killed after its grace period, how it ended in words, and whether this is final."""
    asked = seen[0].object
    ran = {str(status["name"]) for status in statuses(seen[0].before or asked) if at(status, "state", "running") is not None}
    ended = {name: state for c in seen for name, state in _terminated(c.object) if name in ran}
    gone = seen[-1].type == "DELETED"
    if not ran or (gone and not ended):
        return False, ", and it is not known how it ended" if gone else ", and none of its containers ran", gone or not ran
    if ended.keys() < ran and not gone:
        return False, ", and has not ended yet", False
    last = max(ended.values(), key=lambda state: _time(state["finishedAt"]))
    late = (_time(last["finishedAt"]) - _time(asked["metadata"]["deletionTimestamp"])).total_seconds()
    how = "killed" if last["exitCode"] == KILLED else f"by itself, with exit code {last['exitCode']}"
    met = last["exitCode"] == KILLED and late >= 0
    return met, f", and ended {how}{'' if met else f', {durations.short(-late)} before they were over'}", True


def _terminated(pod: Object) -> Iterator[tuple[str, Object]]:
    """The app containers of a pod that have ended, each with how."""
    for status in statuses(pod):
        if state := at(status, "state", "terminated"):
            yield str(status["name"]), state


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
