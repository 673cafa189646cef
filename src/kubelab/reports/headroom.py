"""Waits against their limits: how much of a limit was used, and where little was left."""

from collections.abc import Iterable
from dataclasses import dataclass

from kubelab import durations
from kubelab.records.scenario_record import TIGHT, Sentence, Wait


@dataclass(frozen=True)
class WaitBar:
    """A wait: its share of the limit in percent, and in words."""

    percent: int
    figures: str
    met: bool
    share: float

    @property
    def look(self) -> str:
        """The class of its style."""
        return "over" if not self.met else "tight" if self.share >= TIGHT else "easy"


def bar(wait: Wait) -> WaitBar:
    """The bar of one wait."""
    return WaitBar(min(100, round(100 * wait.used)), durations.of(wait.waited, wait.limit), wait.met, wait.used)


def tightest(sentence: Sentence) -> WaitBar | None:
    """The wait of a sentence that left the least; None for one that never waited for anything."""
    bars = [bar(wait) for wait in sentence.waits if not wait.stretch]
    return max(bars, key=lambda one: (not one.met, one.share), default=None)


def is_tight(sentences: Iterable[Sentence]) -> bool:
    """Whether a wait that was met left little headroom."""
    return any(wait.met and wait.used >= TIGHT for one in sentences for wait in one.waits)
