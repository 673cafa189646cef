"""Reads many lines of a history at once: what says the same in many of them, the run and the scenario, is looked at once."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from kubelab.errors import SetupTrouble
from kubelab.history.history_line import FORMAT, RESULT, RUN, SCENARIO, VERSION, written
from kubelab.history.version_history import LETTERS, Result

FROM_RESULT, FROM_SCENARIO = ',"outcome":', ',"scenario":'
"""Where the second and the third part of a line begin. No text has these letters: in it, JSON writes a quotation mark with a backslash."""
BROKEN = (ValueError, KeyError, TypeError, RecursionError)
"""What comes of a line that is not as it should be."""
Row = tuple[tuple[Any, ...], tuple[Any, ...], Result]
"""A line: its run (when it began, its id, the version of Kubernetes), its scenario, and the result."""


class _Once(dict[str, tuple[Any, ...]]):
    """What each part that was met says, by its text."""

    def __init__(self, read: Callable[[str], tuple[Any, ...]]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> tuple[Any, ...]:
        self[text] = self.read(text)
        return self[text]


@dataclass(frozen=True)
class LineReader:
    """Reads lines, and remembers the runs and the scenarios that it has met."""

    runs: _Once = field(default_factory=lambda: _Once(_run))
    scenarios: _Once = field(default_factory=lambda: _Once(_scenario))

    def rows(self, lines: Sequence[str], place: str) -> list[Row]:
        """What the lines of a file say; SetupTrouble with its place for one that is broken."""
        try:
            return list(self._rows(lines))
        except BROKEN:
            return [row for number, line in enumerate(lines, 1) for row in self._row(line, f"{place}:{number}")]

    def _row(self, line: str, place: str) -> Iterator[Row]:
        """A line by itself, in whatever order its parts are."""
        try:
            yield from self._rows([written(json.loads(line))])
        except BROKEN as error:
            raise SetupTrouble(
                f"{place} is not a line of a history in version {VERSION} ({error}). Take the line out, or the file."
            ) from error

    def _rows(self, lines: Sequence[str]) -> Iterator[Row]:
        cut = [line.partition(FROM_SCENARIO) for line in lines]
        halves = [one[0].partition(FROM_RESULT) for one in cut]
        results = _results([half[2] for half in halves])
        runs, scenarios = (self.runs[half[0]] for half in halves), (self.scenarios[one[2]] for one in cut)
        return zip(runs, scenarios, map(Result._make, results), strict=True)


def _run(text: str) -> tuple[Any, ...]:
    """The first part of a line."""
    ((version, run, began, kubernetes, _kubelab),) = _values([json.loads(f"{text}}}")], RUN)
    if version != VERSION:
        raise ValueError(f"it has version {version}")
    if datetime.fromisoformat(began).strftime(FORMAT) != began:
        raise ValueError(f"{began} is not as 2026-08-11T02:17:04Z")
    return began, run, kubernetes


def _results(texts: Sequence[str]) -> list[tuple[Any, ...]]:
    """The second parts of lines: a thousand are looked at nearly as fast as one."""
    objects = json.loads(f"[{','.join([f'{{{FROM_RESULT[1:]}{one}}}' for one in texts])}]")
    if len(objects) != len(texts):
        raise ValueError("it is not one object")
    found = _values(objects, RESULT)
    if wrong := {one[0] for one in found} - {*LETTERS}:
        raise ValueError(f"there is no outcome {wrong.pop()}")
    return found


def _scenario(text: str) -> tuple[Any, ...]:
    """The third part of a line."""
    return _values([json.loads(f"{{{FROM_SCENARIO[1:]}{text}")], SCENARIO)[0]


def _values(objects: Sequence[Mapping[str, Any]], types: Mapping[str, frozenset[type]]) -> list[tuple[Any, ...]]:
    """The values of each object; each column is looked at as a whole. KeyError or TypeError where one is missing, or of another type."""
    found = list(map(itemgetter(*types), objects))
    for (name, allowed), column in zip(types.items(), zip(*found, strict=True), strict=bool(found)):
        if wrong := set(map(type, column)) - allowed:
            raise TypeError(f'"{name}" may not be of type {wrong.pop().__name__}')
    return found
