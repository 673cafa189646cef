"""The picture of a scenario: rows under one time axis, each with its place from the top in pixels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kubelab.records.scenario_record import ScenarioRecord, StateChange
from kubelab.reports.axis import Tick, axis
from kubelab.reports.mark_rows import Dots, SentenceMark, others, sentence_marks, warnings
from kubelab.reports.owner_groups import Group, groups
from kubelab.reports.pod_lanes import Lane, lane

TOP, DOTS, HEAD, STEPS, LANE, MORE = 56, 32, 20, 26, 32, 20
"""Heights in pixels: axis and sentences, a row of dots, the name of an owner, its steps, a Pod, a line of text."""
NAME, APART = 11, 6
"""From the top of a row to the base line of its name, and between two owners."""


@dataclass(frozen=True)
class Row:
    """Something drawn, the base line of its name `y` pixels from the top; `kind` says what."""

    y: int
    kind: str
    drawn: Dots | Group | Lane


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn of one scenario; `actions` are where a When began, in percent."""

    height: int
    ticks: tuple[Tick, ...]
    actions: tuple[float, ...]
    sentences: tuple[SentenceMark, ...]
    rows: tuple[Row, ...]


def picture(record: ScenarioRecord) -> Picture | None:
    """That of a scenario; None for one in which nothing happened."""
    time = axis(record)
    marks = sentence_marks(record, time)
    pods, owners, rest = _sorted(record.timeline)
    drawn = [*_dots(warnings(record.events, time), others(rest, time))]
    owned = groups(owners, [lane(changes, time) for changes in pods.values()], time)
    rows, height = _stacked([*drawn, *(row for group in owned for row in _rows(group))])
    if not marks and not rows:
        return None
    actions = tuple(time.x(one.began) for one in record.sentences if one.began is not None and one.type == "when")
    return Picture(height, time.ticks, actions, marks, rows)


def _sorted(timeline: Iterable[StateChange]) -> tuple[dict[str, list[StateChange]], dict[str, list[StateChange]], list[StateChange]]:
    """Changes in order: of Pods by UID, of all other objects by UID, and of those without counts one after the other."""
    everything: dict[str, list[StateChange]] = {}
    for one in sorted(timeline, key=lambda one: one.time):
        everything.setdefault(one.uid, []).append(one)
    pods = {uid: told for uid, told in everything.items() if told[0].kind == "Pod"}
    owners = {uid: told for uid, told in everything.items() if uid not in pods}
    rest = [one for told in owners.values() if not any(one.counts for one in told) for one in told]
    return pods, owners, rest


def _dots(*rows: Dots) -> Iterator[tuple[int, str, Dots]]:
    yield from ((DOTS, "dots", row) for row in rows if row.dots)


def _rows(group: Group) -> Iterator[tuple[int, str, Group | Lane]]:
    yield HEAD + (STEPS if group.steps else 0), "group", group
    yield from ((LANE, "lane", one) for one in group.lanes)
    if group.more:
        yield MORE, "more", group


def _stacked(rows: Sequence[tuple[int, str, Dots | Group | Lane]]) -> tuple[tuple[Row, ...], int]:
    """Each under the one before, and the height of all."""
    y, placed = TOP, list[Row]()
    for height, kind, drawn in rows:
        y += APART if kind == "group" else 0
        placed.append(Row(y + NAME, kind, drawn))
        y += height
    return tuple(placed), y
