"""What the runs on one Kubernetes version say of all scenarios together, and whether somebody has to look."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kubelab.history.classes import ALARMS, CLASSES, PASSING, STALE, Standing, Window, standings
from kubelab.history.version_history import UNKNOWN, Run, VersionHistory
from kubelab.records.scenario_record import TIGHT

WIDER = 0.2
"""So much more of its limit than before is told, too."""


@dataclass(frozen=True)
class Overview:
    """The scenarios of a minor version in the runs that are looked at, the oldest run first."""

    minor: str
    runs: Sequence[Run]
    standings: Sequence[Standing]

    @property
    def name(self) -> str:
        """The version in words."""
        return "No cluster" if self.minor == UNKNOWN else f"Kubernetes {self.minor}"

    @cached_property
    def counts(self) -> Counter[str]:
        """How many scenarios each class has."""
        return Counter(one.kind for one in self.standings)

    @property
    def judged_nothing(self) -> bool:
        """No scenario has passed or failed in the newest run: that nothing failed means nothing."""
        return self.minor != UNKNOWN and not any(one.letters[-1] in "PF" for one in self.standings)

    @property
    def idle(self) -> bool:
        """The version itself has not run: every scenario is stale."""
        return self.counts[STALE] == len(self.standings)

    @property
    def alarm(self) -> bool:
        """Something is broken or stale, or nothing is known."""
        return self.judged_nothing or any(self.counts[kind] for kind in ALARMS)

    @property
    def warning(self) -> str:
        """What is to be said of the version as a whole; "" where nothing is."""
        if self.idle:
            return f"It has not run since {self.runs[-1]}."
        return "The newest run has judged nothing: nobody knows whether the labs work." if self.judged_nothing else ""

    @property
    def needing(self) -> list[Standing]:
        """All but those that just pass, from what is broken on; none where the version has not run, which says it all."""
        told = (one for one in self.standings if (one.kind != PASSING or one.turned) and not self.idle)
        return sorted(told, key=lambda one: CLASSES.index(one.kind))

    @property
    def tightest(self) -> list[Standing]:
        """Those whose waits come near their limits, or nearer than before, from the nearest on."""
        told = ((one.used, one) for one in self.standings if one.used is not None and _is_told(one.used, one.used_before))
        return [one for _, one in sorted(told, key=lambda pair: -pair[0])]

    @property
    def slowest(self) -> list[Standing]:
        """Those that ever passed, from the slowest on."""
        timed = ((one.seconds, one) for one in self.standings if one.seconds is not None)
        return [one for _, one in sorted(timed, key=lambda pair: -pair[0])]


def overview(history: VersionHistory, window: Window) -> Overview:
    """That of one version."""
    return Overview(history.minor, window.runs(history), standings(history, window))


def _is_told(used: float, before: float | None) -> bool:
    return used >= TIGHT or (before is not None and used - before >= WIDER)
