"""Marks on the time axis: the sentences as they were carried out, warnings of the cluster, and objects other than Pods."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kubelab import durations
from kubelab.records.scenario_record import NOT_RUN, PASSED, ClusterEvent, ScenarioRecord, Sentence, StateChange
from kubelab.reports.axis import Axis

APART = 6.0
"""Percent of the width between two labels, so that they can be read on a phone."""
MOST_LINES = 12
SIGNS = {"passed": "✓", "failed": "✗", "error": "!", "skipped": "—", "not run": "·"}
"""What tells an outcome without a colour."""


@dataclass(frozen=True)
class SentenceMark:
    """A sentence: where it began and how wide it is, how it came out; `label` has its number, those of a group, or nothing within one."""

    x: float
    width: float
    outcome: str
    label: str
    story: str


@dataclass(frozen=True)
class Dot:
    """One or several moments that are close together."""

    x: float
    label: str
    story: str


@dataclass(frozen=True)
class Dots:
    """A row of them with its name."""

    name: str
    what: str
    dots: tuple[Dot, ...]


def sentence_marks(record: ScenarioRecord, axis: Axis) -> tuple[SentenceMark, ...]:
    """Those that ran. Passed ones that are close together have one label, "1-3"; one that did not pass has its own."""
    ran = [(number, one) for number, one in enumerate(record.sentences, 1) if one.began is not None and one.outcome != NOT_RUN]
    near: list[list[tuple[int, Sentence]]] = []
    for pair in ran:
        if near and _together(near[-1][0][1], pair[1], axis):
            near[-1].append(pair)
        else:
            near.append([pair])
    return tuple(mark for group in near for mark in _sentence_marks(group, axis))


def _together(first: Sentence, other: Sentence, axis: Axis) -> bool:
    close = axis.x(other.began or 0.0) - axis.x(first.began or 0.0) < APART
    return close and first.outcome == other.outcome == PASSED


def _sentence_marks(group: Sequence[tuple[int, Sentence]], axis: Axis) -> Iterator[SentenceMark]:
    first, last = group[0][0], group[-1][0]
    for number, one in group:
        began, ended = one.began or 0.0, (one.began or 0.0) + one.took
        sign = "" if one.outcome == PASSED else SIGNS.get(one.outcome, "?")
        label = f"{sign}{first}" if first == last else f"{first}-{last}"
        told = f"Sentence {number}, {one.outcome}\n{durations.exact(began)} to {durations.exact(ended)}"
        yield SentenceMark(axis.x(began), axis.width(began, ended), one.outcome, label if number == first else "", told)


def warnings(events: Iterable[ClusterEvent], axis: Axis) -> Dots:
    """The Events of type Warning, by their reason."""
    told = [
        (
            one.time,
            one.reason,
            f"{one.reason}{f', {one.count} times' if one.count > 1 else ''}, {one.kind} {one.name}: {_brief(one.message)}",
        )
        for one in events
        if one.type == "Warning"
    ]
    return Dots("Warnings", "warning", tuple(_dots(told, axis)))


def others(timeline: Iterable[StateChange], axis: Axis) -> Dots:
    """What was told of objects that have neither lanes nor steps."""
    told = [(one.time, "", f"{one.kind} {one.name}: {', '.join(one.told)}") for one in timeline if one.told and not one.counts]
    return Dots("Other objects", "other", tuple(_dots(told, axis)))


def _dots(told: Sequence[tuple[float, str, str]], axis: Axis) -> Iterator[Dot]:
    """A dot for each moment, and one for those too close to tell apart."""
    near: list[tuple[float, str, str]] = []
    for one in sorted(told):
        if near and axis.x(one[0]) - axis.x(near[0][0]) >= APART / 2:
            yield _dot(near, axis)
            near = []
        near.append(one)
    if near:
        yield _dot(near, axis)


def _dot(near: Sequence[tuple[float, str, str]], axis: Axis) -> Dot:
    lines = [f"{durations.exact(time)} {text}" for time, _, text in near]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"… {len(lines) - MOST_LINES} more"]
    return Dot(axis.x(near[0][0]), near[0][1], "\n".join(lines))


def _brief(text: str) -> str:
    most = 160
    return text if len(text) <= most else f"{text[: most - 1]}…"
