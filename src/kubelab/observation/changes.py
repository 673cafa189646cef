"""What was seen: a change of one object, a mark in time, and a gap in a watch."""

from dataclasses import dataclass
from typing import Literal

from kubelab.client.objects import Object

ChangeType = Literal["ADDED", "MODIFIED", "DELETED"]


@dataclass(frozen=True, slots=True)
class Change:
    """One object's change, `time` in seconds of the store's monotonic clock.

    `object` is the state after it (the last one, for DELETED), `before` the state before.
    `missed` marks a difference that only a list after a gap showed: states between the two were not seen.
    """

    version: int
    time: float
    kind: str
    namespace: str
    name: str
    uid: str
    type: ChangeType
    object: Object
    before: Object | None = None
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which one kind was not watched; `until` is None while it lasts. `lost` says that states in it may stay unknown."""

    kind: str
    since: float
    until: float | None
    reason: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment to look back to: the store's version and time."""

    version: int = 0
    time: float = 0.0
