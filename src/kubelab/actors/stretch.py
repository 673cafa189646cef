"""The stretch of time in which a sentence waited, by the clock of the objects' timestamps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from kubelab.client.objects import Object, uid
from kubelab.observation import View


@dataclass(frozen=True)
class Stretch:
    """From just before the last When to now."""

    began: datetime
    now: datetime

    @classmethod
    def of(cls, seconds: float) -> "Stretch":
        """The stretch of that number of seconds until now."""
        now = datetime.now(UTC)
        return cls(now - timedelta(seconds=seconds), now)

    def has(self, moment: object) -> bool:
        """Whether an object's timestamp is in it; a missing one is not."""
        return bool(moment) and datetime.fromisoformat(str(moment)) > self.began

    def since(self, moment: object) -> float:
        """Seconds from a timestamp to now."""
        return (self.now - datetime.fromisoformat(str(moment))).total_seconds()


def lacked(view: View, thing: Object, lacks: Callable[[Object], bool]) -> float:
    """Seconds since the last When for which an object was seen to lack something, in total."""
    changes = [change for change in view.changes if change.uid == uid(thing)]
    moments = [*(max(change.time, view.since.time) for change in changes), view.now]
    states = zip(changes, pairwise(moments), strict=True)
    return sum(end - begin for change, (begin, end) in states if change.type != "DELETED" and lacks(change.object))
