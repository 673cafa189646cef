"""The Events of the objects concerned: warnings first, each once with its count."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kubelab.client.objects import Object, at, uid
from kubelab.observation import View

MANY = 30
WHOSE = re.compile(r"_[a-z0-9-]+\([0-9a-f-]{36}\)")
"""The namespace and UID behind a Pod's name in the kubelet's messages."""


@dataclass
class Told:
    """Equal events of one or several objects."""

    type: str
    reason: str
    message: str
    count: int = 0
    names: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        times = f" (x{self.count})" if self.count > 1 else ""
        return f"{self.reason}{times} {self.message} [{', '.join(dict.fromkeys(self.names))}]"


def lines(view: View, about: Sequence[Object]) -> list[str]:
    """The events of the scenario about these objects: warnings first, the most frequent first, then the others in the order they came."""
    wanted = {uid(thing) for thing in about}
    seen = {change.uid: change.object for change in view.history("Event")}
    told = _merged(event for event in seen.values() if at(event, "involvedObject", "uid") in wanted)
    ordered = sorted(told, key=lambda one: -one.count if one.type == "Warning" else 0)
    return [str(one) for one in ordered[:MANY]]


def _merged(events: Iterable[Object]) -> list[Told]:
    merged: dict[tuple[str, str, str], Told] = {}
    for event in events:
        key = (str(event.get("type")), str(event.get("reason")), " ".join(WHOSE.sub("", str(event.get("message", ""))).split()))
        one = merged.setdefault(key, Told(*key))
        one.count += count(event)
        one.names.append(str(at(event, "involvedObject", "name")))
    return list(merged.values())


def count(event: Object) -> int:
    """How often it happened: its count, or that of its series."""
    return int(at(event, "series", "count") or at(event, "count") or 1)
