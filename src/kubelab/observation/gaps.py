"""The times in which a kind was not watched, kind by kind."""

from collections.abc import Callable
from dataclasses import replace

from kubelab.observation.changes import Gap
from kubelab.observation.spans import Span


class Gaps:
    """Every time in which a kind was not watched. Not thread-safe by itself: the store guards it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._all: list[Gap] = []

    def begin(self, kind: str, reason: str) -> bool:
        """A kind is not watched from now on; whether that is news."""
        if self._open(kind) is not None:
            return False
        self._all.append(Gap(kind, self._clock(), None, reason))
        return True

    def end(self, kind: str, *, lost: bool) -> bool:
        """A kind is watched again; whether that is news."""
        index = self._open(kind)
        if index is None:
            return False
        self._all[index] = replace(self._all[index], until=self._clock(), lost=lost)
        return True

    def since(self, time: float) -> list[Gap]:
        """The gaps that lasted beyond a time of the clock."""
        return [gap for gap in self._all if gap.until is None or gap.until >= time]

    def spans(self, since: float) -> list[Span]:
        """When some kind was not watched, between a time of the clock and now."""
        now = self._clock()
        return [(max(gap.since, since), now if gap.until is None else gap.until) for gap in self.since(since)]

    def _open(self, kind: str) -> int | None:
        return next((i for i, gap in enumerate(self._all) if gap.kind == kind and gap.until is None), None)
