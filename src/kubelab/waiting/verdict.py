"""A wait's failure in words: expected, last saw, the timeline, at most one hint."""

from kubelab.errors import LabFailure
from kubelab.observation import Change, Mark, Store
from kubelab.observation.timeline import moment, timeline
from kubelab.waiting.condition import Observation

__all__ = ["failure", "moment", "seconds"]


def failure(store: Store, since: Mark, expected: str, look: Observation, seen: str = "") -> LabFailure:
    """The LabFailure of a last look, ready to be raised."""
    told = timeline(_own(store, since) if not look.about else store.history(since=since), store.gaps(since), since.time, look.about)
    saw = seen or look.seen
    if look.hopeless.split(": ", 1)[-1] not in saw:
        saw = " · ".join(filter(None, [saw, look.hopeless]))
    return LabFailure(expected=expected, last_saw=saw, timeline=told, hint=look.hint, about=look.about)


def _own(store: Store, since: Mark) -> list[Change]:
    """What happened in the scenario's own namespace, and not in others that it only watches."""
    return [change for change in store.history(since=since) if change.namespace in {store.namespace, ""}]


def seconds(duration: float) -> str:
    """A duration in words: "1.5 s", "30 s", "2 min"."""
    minutes = duration / 60
    if minutes > 1 and minutes.is_integer():
        return f"{minutes:g} min"
    return f"{round(duration, 1):g} s"
