"""One pod by its name: running, ready, where, restarted how often, with which image."""

from collections.abc import Callable

from kubelab.client.objects import Object, at, is_true
from kubelab.conditions.words import absent, pod_in_words, statuses
from kubelab.observation import View
from kubelab.waiting import Condition, Observation


def ready(name: str) -> Condition:
    """`Pod "web" is ready`: its Ready condition is true and it is not being deleted."""
    return _pod(name, f'Pod "{name}" is ready', lambda pod: is_true(pod, "Ready") and not is_ending(pod))


def running(name: str) -> Condition:
    """`Pod "web" is running`: its phase is Running."""
    return in_phase(name, "Running")


def in_phase(name: str, phase: str) -> Condition:
    """`Pod "web" is Succeeded`: Pending, Running, Succeeded, Failed or Unknown."""
    expects = frozenset({"schedule"}) if phase == "Pending" else frozenset({"crash"}) if phase == "Failed" else frozenset()
    return _pod(name, f'Pod "{name}" is {phase}', lambda pod: at(pod, "status", "phase") == phase, expects=expects)


def on_node(name: str, node: str) -> Condition:
    """`Pod "web" runs on node "kubelab-worker"`."""
    wording = f'Pod "{name}" runs on node "{node}"'
    return _pod(name, wording, lambda pod: at(pod, "spec", "nodeName") == node and at(pod, "status", "phase") == "Running")


def containers_ready(name: str, count: int) -> Condition:
    """`Pod "web" has 2 ready containers`, of as many."""
    wording = f'Pod "{name}" has {count} ready containers'
    return _pod(name, wording, lambda pod: [bool(at(s, "ready")) for s in statuses(pod)] == [True] * count)


def is_ending(pod: Object) -> bool:
    """Whether its deletion has been asked for."""
    return at(pod, "metadata", "deletionTimestamp") is not None


def _pod(
    name: str,
    wording: str,
    holds: Callable[[Object], bool],
    tell: Callable[[Object], str] = pod_in_words,
    *,
    declared: bool = False,
    expects: frozenset[str] = frozenset(),
) -> Condition:
    def observe(view: View) -> Observation:
        pod = view.find("Pod", name)
        if pod is None:
            return Observation(met=False, seen=absent("Pod", name, view.objects("Pod")))
        return Observation(holds(pod), tell(pod), about=(pod,))

    return Condition(wording, observe, declared, expects)
