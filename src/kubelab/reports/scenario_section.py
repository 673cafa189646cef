"""A scenario as the report shows it: what the template needs beside the record itself."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kubelab import durations
from kubelab.records.scenario_record import ERROR, FAILED, NOT_RUN, PASSED, ClusterEvent, ScenarioRecord, Section, Sentence
from kubelab.reports import headroom
from kubelab.reports.answer_trees import Tree, trees
from kubelab.reports.cuts import cut
from kubelab.reports.headroom import WaitBar
from kubelab.reports.mark_rows import SIGNS
from kubelab.reports.picture import Picture, picture

BAD = frozenset({FAILED, ERROR})
"""Outcomes that are shown opened, with their cause."""
MOST_EVENTS = 20
DIGITS = 10


@dataclass(frozen=True)
class Line:
    """A sentence with its number, its sign and its tightest wait."""

    number: int
    sentence: Sentence
    sign: str
    wait: WaitBar | None
    took: str


@dataclass(frozen=True)
class ScenarioSection:
    """A scenario: its record, and what is made of it. `why` are the sentences that did not pass, `labels` what tells it from its like."""

    record: ScenarioRecord
    anchor: str
    sign: str
    labels: tuple[str, ...]
    took: str
    tight: bool
    lines: tuple[Line, ...]
    why: tuple[Line, ...]
    picture: Picture | None
    trees: tuple[Tree, ...]
    evidence: tuple[Section, ...]

    @property
    def bad(self) -> bool:
        """Whether it failed, or could not be judged."""
        return self.record.outcome in BAD


def section(record: ScenarioRecord, place: str, labels: tuple[str, ...], letters: int) -> ScenarioSection:
    """That of one record, at a place in the page, with at most about that number of letters of evidence."""
    lines = tuple(_line(number, one) for number, one in enumerate(record.sentences, 1))
    return ScenarioSection(
        record,
        place,
        SIGNS.get(record.outcome, "?"),
        labels,
        durations.short(record.seconds) if record.seconds else "",
        record.outcome == PASSED and headroom.is_tight(record.sentences),
        lines,
        tuple(line for line in lines if line.sentence.outcome in BAD),
        picture(record),
        trees(record),
        tuple(_evidence(record, letters)) if record.outcome in BAD else (),
    )


def places(records: Iterable[ScenarioRecord]) -> Iterator[str]:
    """Where each is in the page: the same in every report of the same scenario, run and version; a second record of it has a number."""
    known = Counter[str]()
    for record in records:
        place = _place(record)
        known[place] += 1
        yield place if known[place] == 1 else f"{place}-{known[place]}"


def _place(record: ScenarioRecord) -> str:
    run = record.run
    known = f"{record.id}\n{record.student}\n{run.run}\n{run.kubernetes}\n{record.began}"
    return f"s{hashlib.sha256(known.encode()).hexdigest()[:DIGITS]}"


def _line(number: int, one: Sentence) -> Line:
    took = "" if one.outcome == NOT_RUN or one.took < 0.1 else durations.short(one.took)  # noqa: PLR2004  (what is worth telling)
    return Line(number, one, SIGNS.get(one.outcome, "?"), headroom.tightest(one), took)


def _evidence(record: ScenarioRecord, letters: int) -> Iterable[Section]:
    """The text of the failure, the events and the sections, in equal parts."""
    events = _events(record.events)
    there = [Section("the failure as the terminal shows it", tuple(record.text.splitlines())), Section("events", events), *record.evidence]
    kept = [one for one in there if one.lines]
    return (Section(one.title, cut(one.lines, letters // len(kept))) for one in kept)


def _events(events: Sequence[ClusterEvent]) -> tuple[str, ...]:
    """The last ones, warnings with their sign."""
    return tuple(
        f"{durations.exact(one.time):>9}  {'⚠' if one.type == 'Warning' else ' '} {one.reason}{_times(one)}  "
        f"{one.kind} {one.name}: {one.message}"
        for one in events[-MOST_EVENTS:]
    )


def _times(event: ClusterEvent) -> str:
    return f" ({event.count} times)" if event.count > 1 else ""
