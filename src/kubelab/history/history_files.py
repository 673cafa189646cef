"""The files of a history: one for each run and minor version, never changed, and named by their content: folders merge by copying."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kubelab.errors import SetupTrouble
from kubelab.history import history_line
from kubelab.history.version_history import minor
from kubelab.records import whole_file
from kubelab.records.scenario_record import ScenarioRecord

SUFFIX = ".jsonl"
DIGITS = 12
"""Hexadecimal digits of a content's digest."""
LONGEST = 40
"""Characters of a run's name in a file's name."""


@dataclass(frozen=True)
class Added:
    """What an `add` has done: lines written, lines that were there already, and records of submissions, which say nothing about labs."""

    written: int
    known: int
    submissions: int


def add(records: Iterable[ScenarioRecord], folder: Path) -> Added:
    """Add a line for each record that the folder does not have yet; SetupTrouble where no record is of a lab, OSError as it comes."""
    everything = list(records)
    labs = [one for one in everything if not one.student]
    if not labs:
        raise SetupTrouble("All records are of submissions: a history is about labs. Record a run without --lab-solutions, and add that.")
    written = sum(_write(lines, folder / place) for place, lines in _placed(labs).items())
    return Added(written, len(labs) - written, len(everything) - len(labs))


def found(folder: Path) -> list[Path]:
    """Its files, from the oldest run; SetupTrouble where there is none."""
    if not folder.is_dir():
        raise SetupTrouble(f"There is no folder {folder}. Begin a history: kubelab history add RECORDS --to {folder}")
    return sorted(folder.rglob(f"*{SUFFIX}"), key=lambda path: (path.name, str(path)))


def _placed(records: Iterable[ScenarioRecord]) -> Mapping[str, list[str]]:
    """The lines of each file, by the beginning of its path."""
    runs: dict[str, list[ScenarioRecord]] = defaultdict(list)
    for record in records:
        runs[record.run.run].append(record)
    places: dict[str, list[str]] = defaultdict(list)
    for run in runs.values():
        for record in run:
            version = record.run.kubernetes or _only(run)
            places[_place(record, version)].append(history_line.text(record, version))
    return places


def _only(run: Iterable[ScenarioRecord]) -> str:
    """The version of a run: what was found out without the cluster is counted to it, unless the run had several or none."""
    versions = {one.run.kubernetes for one in run} - {""}
    return versions.pop() if len(versions) == 1 else ""


def _place(record: ScenarioRecord, version: str) -> str:
    when = re.sub(r"[^0-9TZ]", "", history_line.began(record))
    return f"{_readable(minor(version))}/{when}-{_readable(record.run.run)}"


def _readable(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", text)[:LONGEST].strip("-.") or "run"


def _write(lines: Iterable[str], place: Path) -> int:
    """Write those that none of the run's files has, all at once; their number."""
    known = {
        line for file in place.parent.glob(f"{place.name}-*{SUFFIX}") for line in file.read_text(encoding="utf-8").splitlines(keepends=True)
    }
    new = sorted({*lines} - known)
    if new:
        text = "".join(new)
        whole_file.put(place.with_name(f"{place.name}-{sha256(text.encode()).hexdigest()[:DIGITS]}{SUFFIX}"), text)
    return len(new)
