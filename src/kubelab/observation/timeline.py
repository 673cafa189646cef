"""What happened in a scenario, in words: "+0.4 s fluentd-x7k2p created · +0.5 s scheduled to kubelab-worker2"."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kubelab import durations
from kubelab.client import objects
from kubelab.client.objects import Object, at
from kubelab.observation.changes import Change, Gap
from kubelab.observation.pulls import MOST, pulls
from kubelab.observation.transitions import progress
from kubelab.observation.view import View

NOTICED = 1.0  # seconds of a pull that are worth telling
LIMIT = 12  # entries; the first and the last ones are the telling ones
MANY = 60  # lines of the evidence


def timeline(changes: Iterable[Change], gaps: Iterable[Gap], start: float, about: Sequence[Object] = (), limit: int = LIMIT) -> str:
    """The changes of the objects concerned (of all but Events, when none are named) and the gaps, bounded, on one line."""
    lines = [f"{durations.moment(time - start)} {text}" for time, text in entries(changes, gaps, {objects.uid(thing) for thing in about})]
    if len(lines) > limit:
        lines[limit // 2 : -limit // 2] = [f"… {len(lines) - limit} more …"]
    return " · ".join(lines)


def in_lines(view: View, gaps: Sequence[Gap]) -> list[str]:
    """Everything worth telling since the scenario began, a line each, the last ones of many; times count from the last When."""
    lines = [f"{durations.moment(time - view.since.time)} {text}" for time, text in entries(view.changes, gaps, set())]
    return [f"… {len(lines) - MANY} before …", *lines[-MANY:]] if len(lines) > MANY else lines


def entries(changes: Iterable[Change], gaps: Iterable[Gap], uids: set[str]) -> list[tuple[float, str]]:
    """Each thing worth telling with its time, in order; a name is left out where the entry before has the same."""
    changes = list(changes)
    concerned = [change for change in changes if _concerns(change, uids)]
    told = [(c.time, c.name, text) for c in concerned for text in phrases(c)]
    told += _pulls_in_words(changes, uids | {change.uid for change in concerned})
    told += [(time, "", text) for gap in gaps for time, text in _gap_in_words(gap)]
    told.sort(key=lambda entry: entry[0])
    names = ["", *(name for _, name, _ in told)]
    named = [before != name and bool(name) for before, name in pairwise(names)]
    return [(time, f"{name} {text}" if say else text) for (time, name, text), say in zip(told, named, strict=True)]


def phrases(change: Change) -> Iterator[str]:
    """What is worth telling of one change, nothing for the many that are mere bookkeeping."""
    words = {"DELETED": "deleted", "ADDED": "created"}
    told = [words[change.type]] if change.type in words else []
    if change.type != "DELETED":
        told += progress(change.before or {}, change.object)
    yield from (f"{text} (seen late)" if change.missed else text for text in told)


def is_told(change: Change) -> bool:
    """Whether a change is of an object that the scenario may be about: no Event, nor a node's first sight, which was there before."""
    return change.kind != "Event" and not (change.kind == "Node" and change.type == "ADDED")


def _concerns(change: Change, uids: set[str]) -> bool:
    return is_told(change) and (not uids or change.uid in uids or at(objects.owner(change.object), "uid") in uids)


def _pulls_in_words(changes: Sequence[Change], pods: set[str]) -> Iterator[tuple[float, str, str]]:
    """The pulls that took time or failed, each with its time and its Pod."""
    for pull in (pull for pull in pulls(changes) if pull.uid in pods):
        lasted = math.inf if pull.until is None else pull.until - pull.since
        if lasted >= NOTICED:
            yield pull.since, pull.pod, f"pulls {pull.image}"
        if pull.until is not None and lasted >= NOTICED:
            uncounted = f", {durations.whole(lasted)} that no limit counts" if lasted <= MOST else f" after {durations.whole(lasted)}"
            yield pull.until, pull.pod, f"{'pulled' if pull.got else 'not pulled'}{uncounted}"


def _gap_in_words(gap: Gap) -> Iterator[tuple[float, str]]:
    yield gap.since, f"watch of {gap.kind} interrupted: {gap.reason}"
    if gap.until is not None:
        yield gap.until, f"watch of {gap.kind} resumed" + (", states in between are not known" if gap.lost else ", nothing lost")
