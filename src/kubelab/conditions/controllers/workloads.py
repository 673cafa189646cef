"""How many pods a workload has: ready, available, wanted."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kubelab.client.objects import Object, at
from kubelab.conditions.build import of_object, while_there
from kubelab.conditions.controllers.rollouts import wanted
from kubelab.conditions.family import are_looked_at, children, pods_of, ready_ones, staying
from kubelab.conditions.in_words import counted, pods_in_words
from kubelab.observation import View
from kubelab.waiting import STEADY, Condition, Observation

REPLICAS = "spec.replicas says how many pods it keeps; its default is 1."


def ready_pods(kind: str, name: str, count: int, *, may_be_scaled: bool = False) -> Condition:
    """`Deployment "web" has 3 ready pods`: exactly that number, without those being deleted, and that number is wanted.

    Another number in `spec.replicas` is hopeless, unless something may still scale it.
    """

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        asked = wanted(view, workload) if kind == "DaemonSet" else at(workload, "spec", "replicas", default=count)
        return len(ready_ones(found)) == count == asked and (
            count > 0 or are_looked_at(view, workload)
        ), f"{len(ready_ones(found))} ready, {asked} wanted: {pods_in_words(found)}"

    def observe(view: View) -> Observation:
        look, asked = condition.observe(view), at(view.find(kind, name), "spec", "replicas", default=count)
        return look if may_be_scaled or asked == count else replace(look, hopeless=f"{name}: {asked} wanted", hint=REPLICAS)

    condition = of_object(kind, name, f"has {counted(count, 'ready pod')}", judge, steady=0.0 if count else STEADY)
    return replace(condition, observe=observe)


def pods(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" has 3 pods`: exactly that number, ready or not, without those being deleted; 0 only after its controller acted."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        there = len(staying(found))
        return there == count and (count > 0 or are_looked_at(view, workload)), f"{there}: {pods_in_words(found)}"

    return of_object(kind, name, f"has {counted(count, 'pod')}", judge, steady=0.0 if count else STEADY)


def at_least_available(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" had at least 3 available pods`, for `throughout`: ready pods that are not being deleted."""
    return _counting(kind, name, f"has at least {counted(count, 'available pod')}", ready_ones, lambda found: found >= count)


def at_most(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" had at most 4 pods`, for `throughout`: what its ReplicaSets want together, which is what `maxSurge` limits.

    A new pod may be there a moment before the deletion of an old one is requested. For other kinds, the pods that are not being deleted
    count. While the workload does not exist, or has no pods yet, there is nothing to look at.
    """

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        asked = [(one["metadata"]["name"], at(one, "spec", "replicas", default=1)) for one in children(view, workload, "ReplicaSet")]
        total = sum(wants for _, wants in asked)
        return total <= count, f"{total} wanted: {', '.join(f'{name} {wants}' for name, wants in asked)}"

    says = f"has at most {counted(count, 'pod')}"
    staying_ones = _counting(kind, name, says, staying, lambda found: found <= count)
    return while_there(kind, name, _of_some(kind, name, of_object(kind, name, says, judge) if kind == "Deployment" else staying_ones))


def at_most_unavailable(kind: str, name: str, count: int) -> Condition:
    """`DaemonSet "agent" had at most 1 unavailable pod`, for `throughout`: at most that number of the wanted pods is not ready."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        lacking = asked_for(workload) - len(ready_ones(found))
        return lacking <= count, f"{max(0, lacking)} unavailable: {pods_in_words(found)}"

    return _of_some(kind, name, of_object(kind, name, f"has at most {counted(count, 'unavailable pod')}", judge))


def wants(kind: str, name: str, count: int) -> Condition:
    """`Deployment "web" wants 3 pods`, declared: `spec.replicas`."""
    return of_object(kind, name, f"wants {counted(count, 'pod')}", lambda _view, thing: _wants(thing, count), declared=True)


def asked_for(workload: Object) -> int:
    """How many pods it wants by its controller's count: its replicas, or the DaemonSet's number of nodes."""
    if workload.get("kind") == "DaemonSet":
        return int(at(workload, "status", "desiredNumberScheduled", default=0))
    return int(at(workload, "spec", "replicas", default=1))


def _wants(workload: Object, count: int) -> tuple[bool, str]:
    replicas = at(workload, "spec", "replicas")
    return replicas == count, f"{replicas} wanted"


def _counting(
    kind: str, name: str, says: str, select: Callable[[Sequence[Object]], Sequence[Object]], holds: Callable[[int], bool]
) -> Condition:
    def judge(view: View, workload: Object) -> tuple[bool, str]:
        found = pods_of(view, workload)
        return holds(len(select(found))), f"{len(select(found))}: {pods_in_words(found)}"

    return of_object(kind, name, says, judge)


def _of_some(kind: str, name: str, condition: Condition) -> Condition:
    """The same, for `throughout`: without any pod there is nothing to look at."""

    def observe(view: View) -> Observation:
        look, thing = condition.observe(view), view.find(kind, name)
        return look if thing is None or pods_of(view, thing) else replace(look, unseen=True)

    return replace(condition, observe=observe)
