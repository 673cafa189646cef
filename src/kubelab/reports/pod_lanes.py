"""The lane of a Pod: its states one after the other, with marks where it was scheduled and where it restarted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kubelab import durations
from kubelab.conditions.in_words import counted
from kubelab.records.scenario_record import StateChange
from kubelab.reports.axis import Axis, fit

STATES = ("pending", "pulling", "waiting", "running", "ready", "succeeded", "failed", "terminating")
"""States that have a colour and a pattern; an unknown one looks as "pending". "gone" is drawn as nothing."""
GONE = "gone"
TROUBLED = frozenset({"pending", "pulling", "waiting", "failed"})
"""States in which a Pod that ends so deserves a look before others."""
MOST_PIECES, MOST_LINES = 40, 14
"""Of one lane."""


@dataclass(frozen=True)
class Piece:
    """A time in one state: where it begins and how wide it is, in percent, and where its label fits."""

    state: str
    x: float
    width: float
    label: str
    fits: str


@dataclass(frozen=True)
class Mark:
    """A moment on a lane."""

    x: float
    sign: str
    what: str


@dataclass(frozen=True)
class Lane:
    """A Pod: its name, what is to be said of it beside, its story as text, and the same drawn."""

    name: str
    owner: str
    began: float
    troubled: bool
    aside: str
    story: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]


def lane(changes: Sequence[StateChange], axis: Axis) -> Lane:
    """That of one Pod, from its changes in order."""
    runs = list(_runs(changes))
    last = changes[-1]
    owner = next((one.owner for one in changes if one.owner), "")
    troubled = runs[-1].state in TROUBLED if runs else False
    return Lane(
        last.name, owner, changes[0].time, troubled, _aside(changes), story(changes), _pieces(runs, axis), tuple(_marks(changes, axis))
    )


def story(changes: Sequence[StateChange]) -> str:
    """A line for each change with its exact time, under the object's name."""
    name = f"{changes[-1].kind} {changes[-1].name}"
    node = next((one.node for one in reversed(changes) if one.node), "")
    return "\n".join([f"{name} on {node}" if node else name, *_shortened([*_told(changes)])])


def _told(changes: Sequence[StateChange]) -> Iterator[str]:
    before = ""
    for one in changes:
        if words := ", ".join(one.told) or ("" if one.state == before else one.state):
            yield f"{durations.exact(one.time)} {words}{' (seen late)' if one.missed else ''}"
        before = one.state or before


def _shortened(lines: list[str]) -> list[str]:
    half = MOST_LINES // 2
    return lines if len(lines) <= MOST_LINES else [*lines[:half], f"… {len(lines) - 2 * half} more", *lines[-half:]]


def _runs(changes: Sequence[StateChange]) -> Iterator[StateChange]:
    """The changes that begin another state."""
    before = ""
    for one in changes:
        if one.state and one.state != before:
            before = one.state
            yield one


def _pieces(runs: Sequence[StateChange], axis: Axis) -> tuple[Piece, ...]:
    ends = [*(one.time for one in runs[1:]), axis.last]
    pieces = [_piece(one, end, axis) for one, end in zip(runs, ends, strict=False) if one.state != GONE]  # no runs have no end
    return tuple(pieces if len(pieces) <= MOST_PIECES else _widest(pieces))


def _piece(one: StateChange, end: float, axis: Axis) -> Piece:
    width = axis.width(one.time, end)
    return Piece(one.state if one.state in STATES else STATES[0], axis.x(one.time), width, one.state, fit(one.state, width))


def _widest(pieces: Sequence[Piece]) -> list[Piece]:
    """Of a Pod that changes without end, what can be seen at all."""
    return sorted(sorted(pieces, key=lambda one: (-one.width, one.x))[:MOST_PIECES], key=lambda one: one.x)


def _marks(changes: Sequence[StateChange], axis: Axis) -> Iterator[Mark]:
    first = next((one for one in changes if one.node), None)
    if first:
        yield Mark(axis.x(first.time), "", "scheduled")
    restarts = [two for one, two in pairwise(changes) if two.restarts > one.restarts][:MOST_PIECES]
    yield from (Mark(axis.x(one.time), f"↻{one.restarts}", "restart") for one in restarts)


def _aside(changes: Sequence[StateChange]) -> str:
    """How soon it was ready, or what kept it from that; its restarts, and its node."""
    node = next((one.node for one in reversed(changes) if one.node), "no node")
    restarts = max(one.restarts for one in changes)
    parts = [_outcome(changes), counted(restarts, "restart") if restarts else "", node]
    return " · ".join(part for part in parts if part)


def _outcome(changes: Sequence[StateChange]) -> str:
    began = changes[0]
    reached = next((one for one in changes if one.state in {"ready", "succeeded"}), None)
    if reached:
        return f"{reached.state} after {durations.short(reached.time - began.time)}" if "created" in began.told else reached.state
    return next((one.told[-1] for one in reversed(changes) if one.state in TROUBLED and one.told), "never ready")
