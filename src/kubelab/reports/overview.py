"""The overview: chapters and labs with their outcomes, and what deserves a look: failures, little headroom, long ones, skipped ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from kubelab import durations
from kubelab.conditions.in_words import counted
from kubelab.records.scenario_record import FAILED, OUTCOMES, SKIPPED, TIGHT, RunFacts, ScenarioRecord
from kubelab.reports.cuts import allowance
from kubelab.reports.headroom import WaitBar, bar
from kubelab.reports.mark_rows import SIGNS
from kubelab.reports.scenario_section import BAD, ScenarioSection, places, section

MOST = 8
"""Rows of each list."""
Label = Callable[[ScenarioRecord], str]
"""What one scenario has of its own, as a word."""


@dataclass(frozen=True)
class Count:
    """Scenarios with one outcome, and their share in percent."""

    outcome: str
    sign: str
    number: int
    percent: float


@dataclass(frozen=True)
class Lab:
    """A feature file: its title, what it is for, and its scenarios."""

    title: str
    feature: str
    goal: str
    scenarios: tuple[ScenarioSection, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter of the course with its labs and what came of them."""

    title: str
    anchor: str
    labs: tuple[Lab, ...]
    counts: tuple[Count, ...]
    took: str

    @property
    def scenarios(self) -> tuple[ScenarioSection, ...]:
        """Those of all its labs."""
        return tuple(one for lab in self.labs for one in lab.scenarios)


@dataclass(frozen=True)
class TightWait:
    """A wait that left little of its limit."""

    scenario: ScenarioSection
    sentence: str
    bar: WaitBar


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    verdict: str
    counts: tuple[Count, ...]
    chapters: tuple[Chapter, ...]
    runs: tuple[RunFacts, ...]
    versions: tuple[str, ...]
    tags: tuple[str, ...]
    span: str
    failures: tuple[ScenarioSection, ...]
    tight: tuple[TightWait, ...]
    slowest: tuple[ScenarioSection, ...]
    skipped: tuple[tuple[str, tuple[ScenarioSection, ...]], ...]


def overview(records: Sequence[ScenarioRecord]) -> Overview:
    """That of these records, in their order."""
    letters = allowance(sum(one.outcome in BAD for one in records))
    labels = _labels(records)
    scenarios = [
        section(one, place, tuple(label(one) for label in labels), letters) for one, place in zip(records, places(records), strict=True)
    ]
    counts = _counts(scenarios)
    return Overview(
        _verdict(scenarios),
        counts,
        tuple(_chapter(name, list(some), at) for at, (name, some) in enumerate(groupby(scenarios, lambda one: one.record.chapter), 1)),
        tuple(sorted({one.run for one in records if one.run.run or one.run.began}, key=lambda one: (one.began, one.run, one.kubernetes))),
        tuple(sorted({one.run.kubernetes for one in records if one.run.kubernetes}, key=_version)),
        tuple(sorted({tag for one in records for tag in one.tags})),
        _span(records),
        tuple(sorted((one for one in scenarios if one.bad), key=lambda one: one.record.outcome != FAILED)),
        _tight(scenarios),
        tuple(sorted((one for one in scenarios if one.took), key=lambda one: -one.record.seconds)[:MOST]),
        _skipped(scenarios),
    )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))


def _verdict(scenarios: Sequence[ScenarioSection]) -> str:
    """The whole report in one sentence."""
    found: Mapping[str, int] = Counter(one.record.outcome for one in scenarios)
    words = {"failed": "failed", "error": "could not be judged"}
    bad = [f"{found[outcome]} {word}" for outcome, word in words.items() if found[outcome]]
    of = counted(len(scenarios), "scenario")
    if bad:
        return f"{' and '.join(bad)} of {of}"
    return f"No scenario of {len(scenarios)} failed, {found[SKIPPED]} skipped" if found[SKIPPED] else _all_passed(len(scenarios))


def _counts(scenarios: Iterable[ScenarioSection]) -> tuple[Count, ...]:
    found = Counter(one.record.outcome for one in scenarios)
    everything = sum(found.values())
    return tuple(Count(one, SIGNS[one], found[one], round(100 * found[one] / everything, 2)) for one in OUTCOMES if found[one])


def _chapter(name: str, scenarios: Sequence[ScenarioSection], at: int) -> Chapter:
    labs = tuple(_lab(list(some)) for _, some in groupby(scenarios, lambda one: one.record.feature))
    took = sum(one.record.seconds for one in scenarios)
    return Chapter(name or "Without a chapter", f"chapter-{at}", labs, _counts(scenarios), durations.short(took))


def _lab(scenarios: Sequence[ScenarioSection]) -> Lab:
    record = scenarios[0].record
    return Lab(record.name or record.feature, record.feature, record.goal, tuple(scenarios))


def _labels(records: Sequence[ScenarioRecord]) -> list[Label]:
    """What must be said of each scenario because it is not the same for all: its version, its student."""
    versions = {one.run.kubernetes for one in records if one.run.kubernetes}
    students = {one.student for one in records}
    made: list[Label] = [_kubernetes] if len(versions) > 1 else []
    return [*made, _student] if students != {""} else made


def _kubernetes(record: ScenarioRecord) -> str:
    return record.run.kubernetes or "unknown version"


def _student(record: ScenarioRecord) -> str:
    return record.student or "no student"


def _span(records: Sequence[ScenarioRecord]) -> str:
    """From the first beginning to the last end; "" where a time cannot be read."""
    try:
        began = [(datetime.fromisoformat(one.began), one.seconds) for one in records if one.began]
        ends = [begin + timedelta(seconds=took) for begin, took in began]
        return durations.short((max(ends) - min(begin for begin, _ in began)).total_seconds()) if began else ""
    except (ValueError, TypeError):
        return ""


def _tight(scenarios: Iterable[ScenarioSection]) -> tuple[TightWait, ...]:
    found = [
        TightWait(one, f"{line.keyword} {line.text}", bar(wait))
        for one in scenarios
        for line in one.record.sentences
        for wait in line.waits
        if wait.met and wait.used >= TIGHT
    ]
    return tuple(sorted(found, key=lambda one: -one.bar.share))


def _skipped(scenarios: Iterable[ScenarioSection]) -> tuple[tuple[str, tuple[ScenarioSection, ...]], ...]:
    """By reason, the most frequent first."""
    reasons: dict[str, list[ScenarioSection]] = {}
    for one in scenarios:
        if one.record.outcome == SKIPPED:
            reasons.setdefault(one.record.reason or "no reason is known", []).append(one)
    return tuple((reason, tuple(some)) for reason, some in sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _all_passed(count: int) -> str:
    """That one scenario passed, or all of several."""
    return "The scenario passed" if count == 1 else f"All {count} scenarios passed"
