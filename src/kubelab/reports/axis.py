"""The time axis of a picture: seconds become percent of its width, so that one picture fits a screen and a phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from kubelab import durations
from kubelab.records.scenario_record import ScenarioRecord

STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""Seconds between two ticks: numbers that are easy to count in."""
MOST_TICKS = 8
MINUTE = 60
NARROW, WIDE = 300, 800
"""The width of a picture on a phone and on a screen, in pixels, at least."""
LETTER = 6.4
"""The width of a letter of a label, in pixels, at most."""


@dataclass(frozen=True)
class Tick:
    """A line of the grid: where it is, in percent, and what it says."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Axis:
    """Seconds from `first` to `last`, over the whole width."""

    first: float
    last: float

    @property
    def span(self) -> float:
        """How long that is; never nothing."""
        return max(self.last - self.first, 0.1)

    def x(self, time: float) -> float:
        """Where a moment is, in percent of the width."""
        return round(100 * min(max(time - self.first, 0.0), self.span) / self.span, 1)

    def width(self, begins: float, ends: float) -> float:
        """How wide a time is, in percent, to where the next one begins."""
        return round(self.x(ends) - self.x(begins), 1)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """At most nine, at round numbers of seconds."""
        step = next((one for one in STEPS if self.span / one <= MOST_TICKS), self.span)
        first = -int(-self.first // step)
        times = [number * step for number in range(first, int(self.last / step + 1e-9) + 1)]
        return tuple(self._tick(time) for time in times)

    def _tick(self, time: float) -> Tick:
        x = self.x(time)
        return Tick(x, clock(time), "start" if x < 4 else "end" if x > 96 else "middle")  # noqa: PLR2004  (within the picture)


def axis(record: ScenarioRecord) -> Axis:
    """The axis of one scenario, from its first moment to its last."""
    times = list(_times(record))
    return Axis(min(times, default=0.0), max(times, default=0.0))


def _times(record: ScenarioRecord) -> Iterable[float]:
    yield from (0.0, record.seconds)
    yield from (change.time for change in record.timeline)
    yield from (one.began + one.took for one in record.sentences if one.began is not None)


def clock(time: float) -> str:
    """A tick: seconds below a minute, minutes and seconds above."""
    return durations.short(time) if abs(time) < MINUTE else f"{int(time // 60)}:{int(time % 60):02}"


def fit(text: str, width: float) -> str:
    """Where a label fits into this percentage of the width: "narrow" on every screen, "wide" on a wide one alone, "" nowhere."""
    wanted = len(text) * LETTER + LETTER
    return "narrow" if wanted <= width * NARROW / 100 else "wide" if wanted <= width * WIDE / 100 else ""
