"""What waiting needs of a scenario, and how much time its sentences still have."""

import math
from collections.abc import Callable, Sequence
from typing import Protocol

from kubelab.observation import Mark, Store
from kubelab.observation.pulls import MOST
from kubelab.waiting.condition import Hopeless
from kubelab.waiting.noted import Noted

AFTERMATH = 5.0  # shared by all sentences after one that has failed


class Lab(Protocol):
    """What waiting needs of a scenario."""

    @property
    def store(self) -> Store:
        """What has been seen."""

    @property
    def clock(self) -> Callable[[], float]:
        """Monotonic seconds, the store's own."""

    @property
    def patience(self) -> float:
        """What every limit is multiplied by."""

    @property
    def since(self) -> Mark:
        """The moment just before the last When's action; the beginning, before any."""

    @property
    def failed_at(self) -> float:
        """The time of the clock at which a sentence failed for the first time; infinity while none has."""

    @property
    def hopeless(self) -> Sequence[Hopeless]:
        """The table of what ends a wait early."""

    @property
    def waits(self) -> list[Noted]:
        """Every wait in order: each notes itself, again at each look until it is over."""


def remaining(lab: Lab) -> float:
    """Seconds that a sentence may still take: infinitely many as long as none has failed."""
    return max(0.0, lab.failed_at + AFTERMATH * lab.patience - lab.clock())


def uncounted(lab: Lab, since: float) -> float:
    """Seconds since a time of the clock that no limit counts: see `until`."""
    return lab.store.uncounted(since, MOST * lab.patience if is_well(lab) else 0.0)


def is_well(lab: Lab) -> bool:
    """Whether no sentence has failed yet."""
    return lab.failed_at == math.inf
