"""Reads the files of a history, each as a whole, since a year of nights has hundreds of thousands of lines."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kubelab.errors import SetupTrouble
from kubelab.history import history_files
from kubelab.history.line_reading import LineReader, Row
from kubelab.history.version_history import UNKNOWN, Result, Run, Track, VersionHistory, minor
from kubelab.records.scenario_record import ERROR, FAILED, PASSED, SKIPPED

WORST = (SKIPPED, PASSED, ERROR, FAILED)
"""Where a run has a scenario twice, the later outcome in this row counts: nothing that went wrong is hidden."""


@dataclass
class _Gathered:
    """What the files say of one minor version: each run's results by scenario, and what the newest run says of a scenario itself."""

    runs: dict[tuple[Any, ...], dict[str, Result]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def read(folder: Path) -> list[VersionHistory]:
    """The history of each minor version, from the oldest version; SetupTrouble where there is none, or where a line cannot be read."""
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    reader = LineReader()
    with _no_search_for_circles():
        for path in history_files.found(folder):
            _gather(reader.rows(_lines(path), str(path)), gathered)
    if not gathered:
        raise SetupTrouble(f"{folder} has no history. Begin one: kubelab history add RECORDS --to {folder}")
    return [_version(name, gathered[name]) for name in sorted(gathered, key=_order)]


@contextmanager
def _no_search_for_circles() -> Iterator[None]:
    """Hundreds of thousands of results that do not refer to each other: to look for circles among them takes a third of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _lines(path: Path) -> list[str]:
    """The lines of a file: a last one without its end was left half written by a killed process, and counts for nothing."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
    except OSError as error:
        raise SetupTrouble(f"{path} cannot be read: {error.strerror}.") from error


def _gather(found: Iterable[Row], gathered: Mapping[str, _Gathered]) -> None:
    for run, rows in groupby(found, itemgetter(0)):
        version = gathered[minor(run[2])]
        there = version.runs.setdefault(run, {})
        for _, scenario, result in rows:
            version.facts[scenario[0]] = scenario
            earlier = there.setdefault(scenario[0], result)
            if earlier is not result and WORST.index(result.outcome) > WORST.index(earlier.outcome):
                there[scenario[0]] = result


def _version(name: str, gathered: _Gathered) -> VersionHistory:
    runs = tuple(Run(number, *run) for number, run in enumerate(sorted(gathered.runs), 1))
    results: dict[str, dict[int, Result]] = {scenario: {} for scenario in gathered.facts}
    for number, run in enumerate(sorted(gathered.runs), 1):
        for scenario, result in gathered.runs[run].items():
            results[scenario][number] = result
    tracks = (Track(results[facts[0]], *facts) for facts in gathered.facts.values())
    return VersionHistory(name, runs, tuple(sorted(tracks, key=lambda one: (one.chapter, one.feature, one.line, one.id))))


def _order(name: str) -> tuple[bool, list[int], str]:
    return name == UNKNOWN, [int(part) for part in name.split(".") if part.isdigit()], name
