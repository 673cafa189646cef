"""The runs on one minor version of Kubernetes, and how each scenario came out in them, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import NamedTuple

from kubelab.records.scenario_record import ERROR, FAILED, PASSED, SKIPPED

LETTERS = {PASSED: "P", FAILED: "F", ERROR: "E", SKIPPED: "S"}
"""The letter of each outcome."""
ABSENT = "."
"""The letter of a run in which a scenario has no result."""
UNKNOWN = "unknown"
"""The version of a run that had no cluster."""


class Result(NamedTuple):
    """How a scenario came out in a run: its outcome, its time in seconds, and the wait that came nearest to its limit, with its line."""

    outcome: str
    seconds: float
    waited: float | None
    limit: float | None
    at: int | None
    reason: str


@dataclass(frozen=True)
class Run:
    """A run: its number, counted from 1 over the whole history of the version, when it began, and on which version exactly."""

    number: int
    began: str
    id: str
    kubernetes: str

    @property
    def date(self) -> str:
        """The day on which it began."""
        return self.began[:10]

    def __str__(self) -> str:
        return f"run {self.number} ({self.date})"


@dataclass(frozen=True)
class Track:
    """One scenario on one version: its results by the numbers of the runs, and what its newest line says of it; `name` is its title."""

    results: Mapping[int, Result]
    id: str
    feature: str
    name: str
    chapter: str
    line: int


@dataclass(frozen=True)
class VersionHistory:
    """A minor version ("1.36", or "unknown"), its runs from the oldest, and its scenarios by chapter, feature and line."""

    minor: str
    runs: tuple[Run, ...]
    tracks: tuple[Track, ...]

    def without(self, patterns: Sequence[str]) -> "VersionHistory":
        """The same without the scenarios whose feature, id or title matches one of the shell patterns."""
        kept = (
            one
            for one in self.tracks
            if not any(fnmatchcase(text, pattern) for text in (one.feature, one.id, one.name) for pattern in patterns)
        )
        return replace(self, tracks=tuple(kept))


def minor(kubernetes: str) -> str:
    """The minor version of a full one: a new patch goes on with the same history."""
    return ".".join(kubernetes.removeprefix("v").split(".")[:2]) or UNKNOWN
