"""Waiting for a condition: tenacity repeats the look, and sleeps until the store changes or the time is up."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tenacity import RetryCallState, Retrying, retry_if_result

from kubelab import durations
from kubelab.client.objects import Object
from kubelab.errors import SetupTrouble
from kubelab.observation import View
from kubelab.records.scenario_record import Wait
from kubelab.waiting.condition import Condition, Hopeless, Observation, Sighting
from kubelab.waiting.lab import Lab, is_well, remaining, uncounted
from kubelab.waiting.noted import Noted
from kubelab.waiting.sight import require_sight
from kubelab.waiting.verdict import failure, seen_last

LIMIT = 30.0
DECLARED_LIMIT = 1.0  # what was declared only has to get from the API server to the watch
BLIND_LIMIT = 60.0
EXCUSE_SECONDS = 10.0
CONFIRM_SECONDS = 0.25
"""After which it is asked again whether what the store tells is so; a change in the store comes first."""


def until(lab: Lab, condition: Condition, within: float | None = None) -> Observation:
    """Wait until the condition is met and return that look; LabFailure at the limit, or as soon as it is hopeless.

    `within` is in seconds, 30 by default; declared conditions get one second.
    The limit does not count seconds in which the watches were interrupted, nor up to five minutes in which a kubelet was pulling an image
    for the scenario: they say nothing about the lab. This holds for every sentence that waits for the cluster, whatever it is about.
    Sentences after one that has failed share a few seconds, pulling or not: the first failure is the one to repair.
    SetupTrouble instead of LabFailure where an image could not be pulled, and not through the lab's fault.
    """
    default = DECLARED_LIMIT if condition.declared else LIMIT
    limit = (default if within is None else within) * lab.patience
    left = min(limit, remaining(lab))
    vigil = _Vigil(lab, condition, left, limit, len(lab.waits))
    try:
        look = vigil.keep()
    finally:
        vigil.note()
    if not look.met:
        if not (look.hopeless or condition.declared):
            require_no_trouble(lab, condition.expects)
        cut = f" (looked at for {durations.short(left)}: an earlier sentence has failed)" if left < limit and not look.hopeless else ""
        found = failure(lab.store, lab.since, f"{condition.wording} within {durations.short(limit)}{cut}", look)
        found.declared = condition.declared and not look.missing
        raise found
    if condition.looks_back:
        require_sight(lab.store, condition.wording, lab.since, lab.since)
    return look


def require_no_trouble(lab: Lab, expected: frozenset[str] = frozenset()) -> None:
    """SetupTrouble where something that is not the lab's fault keeps a pod of the scenario from running: any verdict would be a guess.

    `expected` names the rows of the hopeless table that are waited for.
    """
    view = lab.store.view(lab.since)
    for row in lab.hopeless:
        for sighting in row.sightings(view, view.objects("Pod")) if row.name not in expected else ():
            _raise_trouble(lab, sighting)


def _raise_trouble(lab: Lab, sighting: Sighting) -> None:
    if sighting.trouble and is_well(lab):  # what has failed before stays the verdict
        raise sighting.trouble


def _concerned(look: Observation) -> Sequence[Object]:
    """What a look was about, and at the end a stub of an object that is missing."""
    stub = {"kind": look.missing[0], "metadata": {"name": look.missing[1]}} if look.missing else None
    return [*look.about, *([stub] if stub else [])]


@dataclass
class _Vigil:
    """One wait: its deadline, and when to look again even if nothing changes. `whole` is the limit of a scenario in which nothing failed.

    It is noted at its `place` among the scenario's waits from its beginning on.
    """

    lab: Lab
    condition: Condition
    limit: float
    whole: float
    place: int
    started: float = 0.0
    version: int = 0
    last: Observation = field(default_factory=lambda: Observation(met=False, seen="nothing yet"))
    due: float = math.inf
    met_since: float = math.inf
    excused: dict[str, float] = field(default_factory=dict)

    def keep(self) -> Observation:
        """The look that met the condition, or the last one. Before giving up on what watches tell, the cluster is read once more."""
        self.started = self.lab.clock()
        self.note()
        look = self._looks()
        if look.met or look.hopeless or self.condition.every < math.inf:
            return look
        self.lab.store.refresh()
        return self._look()

    def note(self) -> None:
        """Note the wait as it is now."""
        began, counted = self.started - self.lab.store.began, self.lab.clock() - self.started - self._free()
        wait = Wait(began, max(0.0, counted), self.whole, self.condition.wording, seen_last(self.last), self.last.met)
        self.lab.waits[self.place :] = [Noted(wait, self.last)]

    def _looks(self) -> Observation:
        retrying = Retrying(
            retry=retry_if_result(lambda look: not look.met and not look.hopeless),
            stop=lambda _state: self._left() <= 0,
            wait=self._pause,
            sleep=self._sleep,
            retry_error_callback=lambda _state: self.last,
        )
        look: Observation = retrying(self._look)
        return look

    def _look(self) -> Observation:
        self.version = self.lab.store.version
        view = replace(self.lab.store.view(self.lab.since), left=max(0.0, self._left()))
        look = self.condition.observe(view)
        self.due = math.inf
        self.met_since = min(self.met_since, view.now) if look.met else math.inf
        if look.met:
            self.last = self._believed(view, look)
        else:
            self.last = look if look.hopeless else self._judged(view, look)
        self.note()
        return self.last

    def _believed(self, view: View, look: Observation) -> Observation:
        rows = [] if self.condition.declared else self._rows()
        until = max([self._steady_at(), *(row.doubted_until(view, look.about) for row in rows)])
        doubt = self._brief(view) or self._passing(view, look)
        if not doubt and until <= view.now and all(row.confirmed(view, look.about) for row in rows):
            return look
        self.due = max(until, view.now + CONFIRM_SECONDS)
        return replace(look, met=False, seen="; ".join(filter(None, [look.seen, doubt])))

    def _brief(self, view: View) -> str:
        return f"for less than {durations.short(self._steady_at() - self.met_since)}" if view.now < self._steady_at() else ""

    def _passing(self, view: View, look: Observation) -> str:
        rows = (row for row in self.lab.hopeless if row.name in self.condition.lasting)
        return next(filter(None, (row.passing(view, look.about) for row in rows)), "")

    def _steady_at(self) -> float:
        """When a look that is met again and again is believed; at once where the limit leaves less time than that takes."""
        pause = self.condition.steady * self.lab.patience
        return self.met_since + pause if pause < self.limit else self.met_since

    def _judged(self, view: View, look: Observation) -> Observation:
        for row, sighting in self._sightings(view, look):
            due = max(sighting.since + row.grace * self.lab.patience, self.excused.get(row.name, 0.0))
            if due > view.now:
                self.due = min(self.due, due)
            elif row.excused(view, _concerned(look)):
                self.due = self.excused[row.name] = view.now + EXCUSE_SECONDS
            else:
                _raise_trouble(self.lab, sighting)
                return replace(look, hopeless=sighting.text, hint=sighting.hint)
        return look

    def _sightings(self, view: View, look: Observation) -> Iterator[tuple[Hopeless, Sighting]]:
        for row in self._rows():
            yield from ((row, sighting) for sighting in row.sightings(view, look.about))
            yield from ((row, sighting) for sighting in (row.absences(view, *look.missing) if look.missing else ()))

    def _rows(self) -> list[Hopeless]:
        return [row for row in self.lab.hopeless if row.name not in self.condition.expects]

    def _sleep(self, pause: float) -> None:
        self.lab.store.wait(self.version, pause)

    def _pause(self, _state: RetryCallState) -> float:
        return max(0.0, min(self._left(), self.due - self.lab.clock(), self.condition.every))

    def _left(self) -> float:
        """Seconds to the deadline; interrupted watches and pulling do not count against the sentence."""
        blind, bearable = self.lab.store.blind(self.started), BLIND_LIMIT * self.lab.patience
        if blind >= bearable:
            reasons = "; ".join(dict.fromkeys(gap.reason for gap in self.lab.store.gaps() if gap.until is None))
            raise SetupTrouble(
                f"The API server could not be watched for {durations.short(blind)} ({reasons}). See how it is: kubelab status"
            )
        left = self.started + self.limit + self._free() - self.lab.clock()
        return min(left, bearable - blind) if blind else left

    def _free(self) -> float:
        """Seconds that do not count."""
        return self.lab.store.blind(self.started) if self.condition.declared else uncounted(self.lab, self.started)
