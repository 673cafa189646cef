"""Work that ends: a Job that is complete, or failed and why; pods by their phase, and how often they restarted."""

from dataclasses import replace
from datetime import datetime

from kubelab import durations
from kubelab.client.objects import Object, all_statuses, at, condition, name
from kubelab.conditions.build import of_object
from kubelab.conditions.family import is_looked_at, pods_of
from kubelab.conditions.hopeless_rows import CRASH, ENDED, OVER, POD_TROUBLE
from kubelab.conditions.in_words import counted, in_words, pods_in_words
from kubelab.conditions.pods import phase_of
from kubelab.observation import View
from kubelab.waiting import STEADY, Condition, Observation


def completed(job: str) -> Condition:
    """`Job "hello" is complete`."""

    def judge(view: View, found: Object) -> tuple[bool, str]:
        done = condition(found, "Complete").get("status") == "True"
        return done, in_words(found) if done else f"{in_words(found)}: {pods_in_words(pods_of(view, found))}"

    return of_object("Job", job, "is complete", judge, expects=frozenset({CRASH}))


def failed(job: str, reason: str) -> Condition:
    """`Job "hello" failed because of "DeadlineExceeded"`."""

    def judge(view: View, found: Object) -> tuple[bool, str]:
        end = condition(found, "Failed")
        met = end.get("status") == "True" and end.get("reason") == reason
        return met, f"{in_words(found)}, {end.get('reason', 'not failed')}: {pods_in_words(pods_of(view, found))}"

    return of_object("Job", job, f'failed because of "{reason}"', judge, expects=frozenset({CRASH, ENDED, OVER}))


def pods_in_phase(kind: str, workload: str, count: int, phase: str) -> Condition:
    """`Job "hello" has 5 Succeeded pods`: exactly that number, without those being deleted; 0 only after its controller has acted."""
    expects = frozenset({CRASH, OVER}) | (POD_TROUBLE if phase in {"Pending", "Failed"} else frozenset())

    def judge(view: View, found: Object) -> tuple[bool, str]:
        pods = pods_of(view, found)
        met = sum(phase_of(pod) == phase for pod in pods) == count and (bool(pods) or is_looked_at(found))
        return met, pods_in_words(pods)

    steady = STEADY if phase == "Pending" or not count else 0.0
    return of_object(kind, workload, f"has {count} {phase} pod{'' if count == 1 else 's'}", judge, expects=expects, steady=steady)


def ran_for(kind: str, workload: str, least: float, most: float) -> Condition:
    """`every pod of Job "hello" ran for 2 seconds to 7 seconds`: those that succeeded, from the container's start to its end.

    Kubernetes gives both in whole seconds. Hopeless as soon as one ran shorter or longer.
    """

    def observe(view: View) -> Observation:
        look, found = ran.observe(view), view.find(kind, workload)
        others = [f"{pod} ran for {durations.short(took)}" for pod, took in _times(view, found or {}).items() if not least <= took <= most]
        return replace(look, hopeless="; ".join(others))

    def judge(view: View, found: Object) -> tuple[bool, str]:
        took = _times(view, found)
        told = ", ".join(f"{pod} ran for {durations.short(seconds)}" for pod, seconds in took.items())
        return bool(took) and all(
            least <= seconds <= most for seconds in took.values()
        ), told or f"none: {pods_in_words(pods_of(view, found))}"

    ran = of_object(kind, workload, "", judge, expects=frozenset({CRASH, OVER}))
    return replace(
        ran, wording=f'every pod of {kind} "{workload}" ran for {durations.short(least)} to {durations.short(most)}', observe=observe
    )


def a_pod_restarted(kind: str, workload: str, times: int) -> Condition:
    """`a pod of Job "hello" has restarted 2 times`: all containers of one pod together."""

    def judge(view: View, found: Object) -> tuple[bool, str]:
        counts = {name(pod): restarts(pod) for pod in pods_of(view, found)}
        return times in counts.values(), ", ".join(f"{pod} {count} restarts" for pod, count in counts.items()) or "no pods"

    wording = f'a pod of {kind} "{workload}" has restarted {counted(times, "time")}'
    return Condition(wording, of_object(kind, workload, "", judge).observe, expects=frozenset({CRASH}))


def restarts(pod: Object) -> int:
    """How often a pod's containers have restarted, all together."""
    return sum(at(status, "restartCount", default=0) for status in all_statuses(pod))


def _times(view: View, workload: Object) -> dict[str, float]:
    """How many seconds the containers of each succeeded pod ran, by the pod's name."""
    pods = [pod for pod in pods_of(view, workload) if phase_of(pod) == "Succeeded"] if workload else []
    return {name(pod): max(map(_seconds, all_statuses(pod)), default=0) for pod in pods}


def _seconds(status: Object) -> float:
    ended = at(status, "state", "terminated", default={})
    begun, over = (datetime.fromisoformat(str(at(ended, key, default="1970-01-01T00:00:00Z"))) for key in ("startedAt", "finishedAt"))
    return (over - begun).total_seconds()
