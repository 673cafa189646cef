"""When kubelets pull images: known from their events, which may come late, be merged or be lost, and from the Pods themselves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kubelab.client.objects import Object, all_containers, all_statuses, at, version
from kubelab.observation.changes import Change
from kubelab.observation.pull_failures import failure_of
from kubelab.observation.spans import Span

MOST = 300.0
"""Seconds of pulling that no limit counts, for one wait: if it takes longer, something is wrong on the way to the registry."""
BACK_OFF = "ImagePullBackOff"
UNPULLED = frozenset({"ErrImagePull", BACK_OFF, "RegistryUnavailable"})
"""Reasons for which a container waits whose image could not be pulled, and will be tried again."""
ORDINARY = frozenset({None, "ContainerCreating", "PodInitializing"})
"""Reasons for which a container waits whose image may be being pulled."""
NAMED = re.compile(r"\{(.+)\}$")  # of "spec.containers{web}"
QUOTED = re.compile(r'"([^"]+)"')

Key = tuple[str, str]  # a Pod's UID, a container's name


@dataclass(frozen=True, slots=True)
class Pull:
    """An image on its way to a node, for one container of a Pod, by times of the store's clock; `until` is None while it is.

    One that failed is still on its way where the kubelet may get it when it tries again. `got` says that it came.
    """

    uid: str
    pod: str
    image: str
    since: float
    until: float | None = None
    got: bool = False


class Pulls:
    """Every pull that the changes of one namespace (of all, for None) tell of. Not thread-safe by itself: the store guards it."""

    def __init__(self, namespace: str | None = None) -> None:
        self._namespace = namespace
        self._open: dict[Key, Pull] = {}
        self._over: list[Pull] = []
        self._ended: dict[Key, int] = {}
        self._gone: set[str] = set()

    def saw(self, change: Change) -> None:
        """Take a change into account."""
        if self._namespace not in {None, change.namespace}:
            return
        if change.kind == "Event" and change.type != "DELETED":
            self._told(change)
        elif change.kind == "Pod":
            self._shown(change)

    def all(self) -> list[Pull]:
        """Those that are over, then those that go on."""
        return [*self._over, *self._open.values()]

    def spans(self, since: float, now: float) -> list[Span]:
        """When something was pulled, between a time of the clock and now."""
        return [(max(pull.since, since), now if pull.until is None else pull.until) for pull in self.all()]

    def _told(self, change: Change) -> None:
        """Of two events the one that was written later counts, in whichever order they come."""
        event, about = change.object, at(change.object, "involvedObject", default={})
        if about.get("kind") != "Pod" or about.get("uid") in self._gone:
            return
        key, message = (str(about.get("uid")), _container(str(about.get("fieldPath", "")))), str(event.get("message", ""))
        if event.get("reason") == "Pulling" and version(event) > self._ended.get(key, -1):
            quoted = QUOTED.search(message)
            self._begin(key, str(about.get("name")), quoted[1] if quoted else "an image", change.time)
        elif event.get("reason") == "Pulled":
            self._ended[key] = max(version(event), self._ended.get(key, -1))
            self._end(key, change.time, got=True)
        elif event.get("reason") == "Failed" and (why := failure_of(message)) and not why.passes:
            self._ended[key] = max(version(event), self._ended.get(key, -1))
            self._end(key, change.time)

    def _shown(self, change: Change) -> None:
        """A Pod tells by itself that a container has its image, or that it waits for another try."""
        if change.type == "DELETED":
            self._gone.add(change.uid)
            for key in [key for key in self._open if key[0] == change.uid]:
                self._end(key, change.time)
            return
        before, declared = _states(change.before or {}), _images(change.object)
        for name, state in _states(change.object).items():
            key, (reason, message) = (change.uid, name), state
            if state == before.get(name) or reason in ORDINARY:
                continue
            why = failure_of(message) if reason in UNPULLED else None
            if why and why.passes:
                self._begin(key, change.name, declared.get(name, "an image"), change.time)
            elif reason != BACK_OFF or why:  # older kubelets do not repeat there why the last try failed
                self._end(key, change.time, got=reason not in UNPULLED)

    def _begin(self, key: Key, pod: str, image: str, time: float) -> None:
        self._open.setdefault(key, Pull(key[0], pod, image, time))

    def _end(self, key: Key, time: float, *, got: bool = False) -> None:
        if (pull := self._open.pop(key, None)) is not None:
            self._over.append(replace(pull, until=time, got=got))


def pulls(changes: Iterable[Change], namespace: str | None = None) -> list[Pull]:
    """The pulls that changes of a namespace (of all, for None) tell of, in the order that they began."""
    told = Pulls(namespace)
    for change in changes:
        told.saw(change)
    return sorted(told.all(), key=lambda pull: pull.since)


def _container(field: str) -> str:
    named = NAMED.search(field)
    return named[1] if named else field


def _states(pod: Object) -> dict[str, tuple[str | None, str]]:
    """Each container's state: "running", "terminated", or the reason it waits for; and the message."""
    return {str(status.get("name")): _state(at(status, "state", default={})) for status in all_statuses(pod)}


def _state(state: Object) -> tuple[str | None, str]:
    waiting = at(state, "waiting", default={})
    word = next((word for word in ("running", "terminated") if word in state), None)
    return word or waiting.get("reason"), str(waiting.get("message", ""))


def _images(pod: Object) -> dict[str, str]:
    return {str(one.get("name")): str(one.get("image")) for one in all_containers(at(pod, "spec", default={}))}
