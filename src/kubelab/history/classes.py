"""What the runs of a scenario say about it: it passes, is flaky, is broken since a run, is new or stale, or was not judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from statistics import median

from kubelab.history.flips import FlakeRate, flake_rate
from kubelab.history.version_history import ABSENT, LETTERS, UNKNOWN, Result, Run, Track, VersionHistory

BROKEN, STALE, FLAKY, NOT_JUDGED, NEW, PASSING = CLASSES = ("broken", "stale", "flaky", "not judged", "new", "passing")
"""From what needs somebody first to what needs nobody."""
ALARMS = frozenset([BROKEN, STALE])
IN_A_ROW = 2
"""This number of failures at the end is broken: one may be a flake. As many runs without a verdict are not judged, as few runs are new."""
RECENT = 5
"""The headroom of this number of passes is compared with that of the passes before."""


@dataclass(frozen=True)
class Window:
    """What is looked at, and when: the last runs (None: all), and after how many days without a run a scenario is stale."""

    now: datetime
    stale: int = 7
    last: int | None = None

    def runs(self, history: VersionHistory) -> Sequence[Run]:
        """The runs of a version that are looked at."""
        return history.runs[-self.last :] if self.last else history.runs


@dataclass(frozen=True)
class Standing:
    """A scenario in the runs of its version that are looked at, the oldest first."""

    track: Track
    runs: Sequence[Run]
    window: Window
    minor: str

    @cached_property
    def letters(self) -> str:
        """A letter for each run."""
        results = self.track.results
        return "".join([LETTERS[results[run.number].outcome] if run.number in results else ABSENT for run in self.runs])

    @cached_property
    def verdicts(self) -> str:
        """P and F alone: an error and a skip say nothing about the lab."""
        return self.letters.translate({ord(letter): None for letter in "ES."})

    @cached_property
    def kind(self) -> str:
        """Its class."""
        if self._is_stale:
            return STALE
        if self.since:
            return BROKEN
        if self.verdicts == "" or not {"P", "F"} & {*self.letters.replace(ABSENT, "")[-IN_A_ROW:]}:
            return NOT_JUDGED
        if self.flakes.flips:
            return FLAKY
        return NEW if self._is_new else PASSING

    @property
    def since(self) -> Run | None:
        """The first run of the failures at the end, where they are two, or all that there is; None where it is not broken."""
        streak = len(self.verdicts) - len(self.verdicts.rstrip("F"))
        if streak < min(IN_A_ROW, len(self.verdicts)) or not streak:
            return None
        return [run for run, letter in zip(self.runs, self.letters, strict=True) if letter in "PF"][-streak]

    @cached_property
    def flakes(self) -> FlakeRate:
        """How often it flips."""
        return flake_rate(self.verdicts)

    @property
    def last(self) -> Run:
        """The newest run in which it got further than an ERROR; the first one where it never did."""
        return next(self._runs_with("PFS"), None) or list(self._runs_with("E"))[-1]

    @property
    def never_ran(self) -> bool:
        """There are errors alone."""
        return not {*"PFS"} & {*self.letters}

    @property
    def last_failed(self) -> Run | None:
        """The newest run in which it failed."""
        return next(self._runs_with("F"), None)

    @property
    def turned(self) -> str:
        """What has changed with the newest run: "newly failing", "newly fixed" or ""."""
        changes = {"PF": "newly failing", "FP": "newly fixed"}
        return changes.get(self.verdicts[-2:], "") if self.letters[-1] in "PF" else ""

    @property
    def reason(self) -> str:
        """Why it did not pass, the last time that it did not."""
        run = next(self._runs_with("FES"), None)
        return self.track.results[run.number].reason if run else ""

    @cached_property
    def seconds(self) -> float | None:
        """The median time of its passes, in seconds; None without one."""
        return median([one.seconds for one in self._passes]) if self._passes else None

    @property
    def used(self) -> float | None:
        """How much of its limit, from 0 to 1, the tightest wait took: the median of the last five passes. None without a wait."""
        return median(self._shares[-RECENT:]) if self._shares else None

    @property
    def used_before(self) -> float | None:
        """The same of the passes before those, where there are as many."""
        before = self._shares[:-RECENT]
        return median(before) if len(before) >= RECENT else None

    @property
    def tightest(self) -> Result | None:
        """Its newest pass that waited for something."""
        return next((one for one in reversed(self._passes) if one.limit), None)

    @cached_property
    def _passes(self) -> list[Result]:
        results = self.track.results
        return [results[run.number] for run, letter in zip(self.runs, self.letters, strict=True) if letter == "P"]

    @cached_property
    def _shares(self) -> list[float]:
        return [(one.waited or 0.0) / one.limit for one in self._passes if one.limit]

    @property
    def _is_stale(self) -> bool:
        """An error is no run of the lab; what had no cluster belongs to no version that could be run again."""
        return self.minor != UNKNOWN and self.window.now - _moment(self.last) > timedelta(days=self.window.stale)

    @property
    def _is_new(self) -> bool:
        first = min(self.track.results)
        return first > 1 and first > self.runs[-1].number - IN_A_ROW

    def _runs_with(self, letters: str) -> Iterator[Run]:
        return (run for run, letter in zip(reversed(self.runs), reversed(self.letters), strict=True) if letter in letters)


def standings(history: VersionHistory, window: Window) -> list[Standing]:
    """Each scenario that is in one of the runs looked at, in the order of the history."""
    runs = window.runs(history)
    return [Standing(track, runs, window, history.minor) for track in history.tracks if max(track.results) >= runs[0].number]


def _moment(run: Run) -> datetime:
    return datetime.fromisoformat(run.began)
