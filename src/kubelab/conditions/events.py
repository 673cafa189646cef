"""The reasons of an object's Events, in the order they came."""

from collections.abc import Sequence

from kubelab.client.objects import Object, at, uid
from kubelab.conditions.build import of_object
from kubelab.conditions.family import pods_of
from kubelab.conditions.hopeless_rows import EVERYTHING
from kubelab.observation import Change, View
from kubelab.waiting import Condition


def shows_events(kind: str, name: str, reasons: Sequence[str]) -> Condition:
    """`Pod "web" shows the events "Killing, Pulled, Created, Started" in this order`, since the last When; others may come between."""

    def judge(view: View, thing: Object) -> tuple[bool, str]:
        told = [str(at(c.object, "reason")) for c in about(view, thing)]
        return is_subsequence(reasons, told), f"events: {', '.join(told) or 'none'}"

    return of_object(kind, name, f'shows the events "{", ".join(reasons)}" in this order', judge, expects=EVERYTHING)


def a_pod_shows_events(kind: str, name: str, reasons: Sequence[str]) -> Condition:
    """`a pod of ReplicaSet "web" shows the events "Started, BackOff" in this order`, since the last When; others may come between."""

    def judge(view: View, workload: Object) -> tuple[bool, str]:
        told = {pod["metadata"]["name"]: [str(at(c.object, "reason")) for c in about(view, pod)] for pod in pods_of(view, workload)}
        seen = "; ".join(f"{pod}: {', '.join(found) or 'none'}" for pod, found in told.items())
        return any(is_subsequence(reasons, found) for found in told.values()), f"events: {seen or 'no pods'}"

    wording = f'a pod of {kind} "{name}" shows the events "{", ".join(reasons)}" in this order'
    return Condition(wording, of_object(kind, name, "", judge).observe, expects=EVERYTHING)


def about(view: View, thing: Object) -> list[Change]:
    """The Events about one object since the last When, each repeated by its count, oldest first."""
    told = [c for c in view.history("Event", view.since) if c.type != "DELETED"]
    return [c for c in told if at(c.object, "involvedObject", "uid") == uid(thing)]


def is_subsequence(wanted: Sequence[str], told: Sequence[str]) -> bool:
    """Whether the wanted reasons come in this order, with any others between."""
    rest = iter(told)
    return all(reason in rest for reason in wanted)
