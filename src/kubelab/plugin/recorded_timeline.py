"""The timeline of a record: every change of an object that tells something new, and the cluster's events; never an object's data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from kubelab.client.objects import Object, at, labels, owner
from kubelab.conditions.services import SERVICE_NAME
from kubelab.observation import Change
from kubelab.observation.object_states import GONE, counts, pod_state, ready_pods, restarts
from kubelab.observation.pulls import Pull, pulls
from kubelab.observation.timeline import is_told, phrases
from kubelab.records.scenario_record import ClusterEvent, StateChange

Says = Callable[[str], str]
"""Names images as the lab does."""


def state_changes(changes: Sequence[Change], began: float, says: Says) -> list[StateChange]:
    """The changes in order, those left out that tell nothing new; times count from a time of the store's clock."""
    told = _Told(began, pulls(changes), says)
    return [one for time, what in _moments(changes, told.pulls) if (one := told.at(time, what))]


def events(changes: Iterable[Change], began: float, says: Says) -> list[ClusterEvent]:
    """The cluster's events, each time that one was counted."""
    return [_event(change, began, says) for change in changes if change.kind == "Event" and change.type != "DELETED"]


def _moments(changes: Iterable[Change], known: Iterable[Pull]) -> list[tuple[float, Change | Pull]]:
    """When something may have changed: an object, or that an image is on its way. At the same time, the object comes first."""
    seen: list[tuple[float, Change | Pull]] = [(change.time, change) for change in changes if is_told(change)]
    on_the_way = [(time, pull) for pull in known for time in (pull.since, pull.until) if time is not None]
    return sorted([*seen, *on_the_way], key=lambda moment: moment[0])


@dataclass
class _Told:
    """What has been told so far: each object's last state that was news, and the Pods as they are."""

    began: float
    pulls: Sequence[Pull]
    says: Says
    last: dict[str, StateChange] = field(default_factory=dict)
    pods: dict[str, Change] = field(default_factory=dict)

    def at(self, time: float, what: Change | Pull) -> StateChange | None:
        """The change at that time, None where it is no news."""
        found = self._of_object(what) if isinstance(what, Change) else self._of_pull(time, what)
        if found is None or not (found.told or _picture(found) != _picture(self.last.get(found.uid, _blank(found)))):
            return None
        self.last[found.uid] = found
        return found

    def _of_object(self, change: Change) -> StateChange:
        found = StateChange(change.time - self.began, change.kind, change.name, change.namespace, change.uid, missed=change.missed)
        found = replace(found, told=tuple(phrases(change)), owner=str(owner(change.object).get("uid", "")), service=_service(change.object))
        if change.kind == "Pod":
            self.pods[change.uid] = change
            found = replace(found, node=str(at(change.object, "spec", "nodeName", default="")), restarts=restarts(change.object))
        if change.type == "DELETED":
            return replace(found, state=GONE)
        if change.kind == "EndpointSlice":
            return replace(found, endpoints=ready_pods(change.object))
        return replace(found, state=self._state(change, change.time), counts=counts(change.object))

    def _of_pull(self, time: float, pull: Pull) -> StateChange | None:
        """The beginning or the end of a pull, for a Pod that is there."""
        pod, before = self.pods.get(pull.uid), self.last.get(pull.uid)
        if pod is None or before is None or before.state == GONE:
            return None
        word = "pulls" if time == pull.since else "pulled" if pull.got else "not pulled"
        told = (f"{word} {self.says(pull.image)}",)
        return replace(before, time=time - self.began, state=self._state(pod, time), told=told, missed=False)

    def _state(self, change: Change, time: float) -> str:
        if change.kind != "Pod":
            return ""
        pulling = any(one.uid == change.uid and one.since <= time and (one.until is None or time < one.until) for one in self.pulls)
        return pod_state(change.object, pulling=pulling)


def _picture(one: StateChange) -> object:
    """What a picture of the object shows."""
    return one.state, one.node, one.restarts, one.counts, one.endpoints


def _blank(one: StateChange) -> StateChange:
    """Before anything is known of it."""
    return StateChange(one.time, one.kind, one.name, one.namespace, one.uid)


def _service(thing: Object) -> str:
    return labels(thing).get(SERVICE_NAME, "") if thing.get("kind") == "EndpointSlice" else ""


def _event(change: Change, began: float, says: Says) -> ClusterEvent:
    thing, about = change.object, at(change.object, "involvedObject", default={})
    return ClusterEvent(
        time=change.time - began,
        type=str(at(thing, "type", default="")),
        reason=str(at(thing, "reason", default="")),
        kind=str(at(about, "kind", default="")),
        name=str(at(about, "name", default="")),
        message=says(str(at(thing, "message", default=""))),
        count=int(at(thing, "count") or at(thing, "series", "count") or 1),
    )
