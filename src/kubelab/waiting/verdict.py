"""A wait's failure in words: expected, last saw, the timeline, at most one hint."""

from kubelab.errors import LabFailure
from kubelab.observation import Change, Mark, Store
from kubelab.observation.timeline import timeline
from kubelab.waiting.condition import Observation


def failure(store: Store, since: Mark, expected: str, look: Observation, seen: str = "") -> LabFailure:
    """The LabFailure of a last look, ready to be raised."""
    told = timeline(_own(store, since) if not look.about else store.history(since=since), store.gaps(since), since.time, look.about)
    return LabFailure(expected=expected, last_saw=seen_last(look, seen), timeline=told, hint=look.hint, about=look.about)


def seen_last(look: Observation, seen: str = "") -> str:
    """What a last look saw, or what is to be said instead, and why it is hopeless, if that is not in it."""
    saw = seen or look.seen
    if look.hopeless.split(": ", 1)[-1] not in saw:
        saw = " · ".join(filter(None, [saw, look.hopeless]))
    return saw


def _own(store: Store, since: Mark) -> list[Change]:
    """What happened in the scenario's own namespace, and not in others that it only watches."""
    return [change for change in store.history(since=since) if change.namespace in {store.namespace, ""}]
