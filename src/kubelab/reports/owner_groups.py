"""The Pods of a picture under their owners, and the counts of each owner as steps: how one ReplicaSet grows while the other shrinks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kubelab import durations
from kubelab.records.scenario_record import StateChange
from kubelab.reports.axis import Axis, fit
from kubelab.reports.pod_lanes import Lane, story

MOST_LANES = 20
"""Pods that a picture shows; of the others it says how many there were."""
TALLEST = 20
"""The height of the highest step, in pixels."""
ALWAYS = ("wanted", "existing", "ready")
"""Counts that are also told when they are 0."""
NARROWEST = 0.4
"""Percent of the width below which a step is not worth drawing where there are many."""


@dataclass(frozen=True)
class Step:
    """A time with the same counts: heights in pixels, and the counts as a label where that fits."""

    x: float
    width: float
    wanted: int
    existing: int
    ready: int
    label: str
    fits: str


@dataclass(frozen=True)
class Group:
    """An owner with its steps and its Pods' lanes; `more` Pods are left out."""

    name: str
    aside: str
    story: str
    began: float
    steps: tuple[Step, ...]
    lanes: tuple[Lane, ...]
    more: int = 0


def groups(owners: Mapping[str, Sequence[StateChange]], lanes: Sequence[Lane], axis: Axis) -> tuple[Group, ...]:
    """The owners that have counts or Pods, in the order in which they came, and last the Pods without one.

    `owners` has the changes of every object that may be one, by its UID. One that only owns other controllers shown is left out.
    """
    above = {changes[-1].owner for uid, changes in owners.items() if _counts(changes)}
    shown = {uid for uid, changes in owners.items() if _counts(changes) and (uid not in above or _has(uid, lanes))}
    shown |= {lane.owner for lane in lanes}
    kept = _kept(lanes)
    made = [_group(uid, owners, [one for one in lanes if one.owner == uid], kept, axis) for uid in sorted(shown)]
    return tuple(sorted(made, key=lambda one: (not one.steps, one.began, one.name)))


def _has(uid: str, lanes: Sequence[Lane]) -> bool:
    return any(lane.owner == uid for lane in lanes)


def _kept(lanes: Sequence[Lane]) -> set[Lane]:
    """The Pods that are shown: those in trouble before others."""
    return set(sorted(lanes, key=lambda one: (not one.troubled, one.began, one.name))[:MOST_LANES])


def _group(uid: str, owners: Mapping[str, Sequence[StateChange]], own: Sequence[Lane], kept: set[Lane], axis: Axis) -> Group:
    changes = owners.get(uid, ())
    lanes = tuple(sorted((one for one in own if one in kept), key=lambda one: (one.began, one.name)))
    began = min([*(one.time for one in changes), *(one.began for one in own)])
    if not changes:
        name = "Pods of an owner that was not watched" if uid else "Pods without an owner"
        return Group(name, "", "", began, (), lanes, len(own) - len(lanes))
    last = changes[-1]
    counted = _counts(changes)
    told = "\n".join([story(changes[-1:]).partition("\n")[0], *(f"{durations.exact(one.time)} {counts(one)}" for one in counted)])
    return Group(f"{last.kind} {last.name}", _aside(last, owners), told, began, _steps(counted, axis), lanes, len(own) - len(lanes))


def counts(change: StateChange) -> str:
    """In words: "3 wanted, 2 existing, 2 ready"; what is none of these only where there are some."""
    return ", ".join(f"{count} {word}" for word, count in change.counts.items() if count or word in ALWAYS) or "gone"


def _counts(changes: Sequence[StateChange]) -> list[StateChange]:
    """The changes with counts other than before; none are left once it is gone."""
    known = [replace(one, counts={}) if one.state == "gone" else one for one in changes if one.counts or one.state == "gone"]
    if not any(one.counts for one in known):
        return []
    return [known[0], *(two for one, two in pairwise(known) if two.counts != one.counts)]


def _steps(changes: Sequence[StateChange], axis: Axis) -> tuple[Step, ...]:
    if not changes:
        return ()
    most = max(max(one.counts.get("wanted", 0), one.counts.get("existing", 0) + one.counts.get("succeeded", 0)) for one in changes)
    ends = [*(one.time for one in changes[1:]), axis.last]
    steps = [_step(one, end, max(most, 1), axis) for one, end in zip(changes, ends, strict=True)]
    return tuple(one for one in steps if len(steps) <= MOST_LANES or one.width >= NARROWEST)


def _step(one: StateChange, end: float, most: int, axis: Axis) -> Step:
    width = axis.width(one.time, end)
    done = one.counts.get("succeeded", 0)  # a Job's
    wanted, existing, ready = one.counts.get("wanted", 0), one.counts.get("existing", 0) + done, one.counts.get("ready", 0) + done
    label = f"{ready}/{wanted}" if one.counts else ""
    high, full, part = (round(TALLEST * count / most) for count in (wanted, existing, ready))
    return Step(axis.x(one.time), width, high, full, part, label, fit(label, width))


def _aside(last: StateChange, owners: Mapping[str, Sequence[StateChange]]) -> str:
    """The controller above it; where that has several, whether this one is the new one: the last to be scaled up."""
    above = owners.get(last.owner)
    if not above:
        return ""
    siblings = {uid: _scaled_up(changes) for uid, changes in owners.items() if changes[-1].owner == last.owner and _counts(changes)}
    newest = max(sorted(siblings), key=lambda uid: siblings[uid])
    age = "" if len(siblings) == 1 or above[-1].kind != "Deployment" else "new, " if newest == last.uid else "old, "
    return f"{age}of {above[-1].kind} {above[-1].name}"


def _scaled_up(changes: Sequence[StateChange]) -> float:
    """When more Pods were last wanted than before."""
    numbers = [(one.time, one.counts.get("wanted", 0)) for one in changes if one.counts]
    return max((two[0] for one, two in pairwise([(0.0, 0), *numbers]) if two[1] > one[1]), default=0.0)
