"""The story of a scenario in words: "+0.4 s fluentd-x7k2p created · +0.5 s scheduled to kubelab-worker2"."""

from collections.abc import Iterable, Iterator, Sequence

from kubelab.client import objects
from kubelab.client.objects import Object, at
from kubelab.observation.changes import Change, Gap

LIMIT = 12  # entries; the first and the last ones are the telling ones


def moment(offset: float) -> str:
    """Seconds since the last When, as "+1.9 s"."""
    return f"{offset:+.1f} s"


def timeline(changes: Iterable[Change], gaps: Iterable[Gap], start: float, about: Sequence[Object] = ()) -> str:
    """The changes of the objects concerned (of all but Events, when none are named) and the gaps, bounded, on one line."""
    wanted = {objects.uid(thing) for thing in about}
    entries = [(c.time, text) for c in changes if _told(c, wanted) for text in phrases(c)]
    entries += [(g.since, f"{g.kind} out of sight ({g.reason})") for g in gaps]
    lines = [f"{moment(time - start)} {text}" for time, text in sorted(entries)]
    if len(lines) > LIMIT:
        lines[LIMIT // 2 : -LIMIT // 2] = [f"… {len(lines) - LIMIT} more …"]
    return " · ".join(lines)


def phrases(change: Change) -> Iterator[str]:
    """What is worth telling of one change, nothing for the many that only move bookkeeping."""
    if change.type == "DELETED":
        yield f"{change.name} deleted"
    elif change.type == "ADDED":
        yield f"{change.name} created"
    yield from _progress(change)


def _told(change: Change, wanted: set[str]) -> bool:
    return change.uid in wanted if wanted else change.kind != "Event"


def _progress(change: Change) -> Iterator[str]:
    if change.kind == "Pod" and change.type != "DELETED":
        before, after = change.before or {}, change.object
        if (node := at(after, "spec", "nodeName")) and not at(before, "spec", "nodeName"):
            yield f"scheduled to {node}"
