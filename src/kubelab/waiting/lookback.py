"""Conditions over a stretch of time: everything seen since the last When, or a while from now on."""

from collections.abc import Callable
from typing import Protocol

from tenacity import RetryCallState, Retrying, retry_if_result

from kubelab import durations
from kubelab.errors import LabFailure
from kubelab.observation import Mark
from kubelab.records.scenario_record import Wait
from kubelab.waiting.condition import Condition, Observation
from kubelab.waiting.lab import Lab, remaining, uncounted
from kubelab.waiting.noted import Noted
from kubelab.waiting.sight import require_sight
from kubelab.waiting.until import until
from kubelab.waiting.verdict import failure

QUIET = 0.05  # a watch event follows its cause within 10 ms (p99); five times that
SETTLE_LIMIT = 1.0


class AttendedLab(Lab, Protocol):
    """A scenario that can find out whether somebody would have acted."""

    def attend(self, wording: str) -> None:
        """SetupTrouble where the controllers do not act: that something did not happen then proves nothing."""


def throughout(lab: AttendedLab, condition: Condition) -> Observation:
    """Every state seen since the last When met the condition, and at least one of them had something to look at.

    SetupTrouble where a gap in the watches hides states, or where the controllers do not act.
    """
    wording = f"{condition.wording}, throughout"
    return _noting(lab, wording, (lab.clock(), 0.0), lambda: _held(lab, condition, wording, lab.since))


def stays(lab: AttendedLab, condition: Condition, duration: float) -> Observation:
    """The condition is met within 30 seconds, then stays so for `duration` seconds.

    Seconds in which an image is being pulled do not count here either: meanwhile, much stays as it is that otherwise would not.
    """
    until(lab, condition)
    since, wording = lab.store.mark(), f"{condition.wording}, for {durations.short(duration)}"
    return _noting(lab, wording, (since.time, duration), lambda: _stayed(lab, condition, wording, since, duration))


def _stayed(lab: AttendedLab, condition: Condition, wording: str, since: Mark, duration: float) -> Observation:
    looked = min(duration, remaining(lab))
    _on_the_look(lab, condition, since.time, looked)
    look = _held(lab, condition, wording, since)
    if looked < duration:
        raise failure(lab.store, lab.since, f"{wording} (looked at for {durations.short(looked)}: an earlier sentence has failed)", look)
    return look


def _noting(lab: Lab, wording: str, stretch: tuple[float, float], held: Callable[[], Observation]) -> Observation:
    """What a stretch showed, noted as a wait, whether it held or not; it is given as the time that it began and the seconds to look."""
    place, look = len(lab.waits), Observation(met=False, seen="nothing else yet")
    lab.waits.append(_stretch(lab, wording, *stretch, look))
    try:
        look = held()
    except LabFailure as error:
        look = Observation(met=False, seen=error.last_saw)
        raise
    finally:
        lab.waits[place] = _stretch(lab, wording, *stretch, look)
    return look


def _stretch(lab: Lab, wording: str, began: float, limit: float, look: Observation) -> Noted:
    counted = max(0.0, lab.clock() - began - uncounted(lab, began))
    return Noted(Wait(began - lab.store.began, counted, limit, wording, look.seen, look.met, stretch=True), look)


def _on_the_look(lab: Lab, condition: Condition, since: float, duration: float) -> None:
    """Return once `duration` seconds that count have passed since a time of the clock, or as soon as the condition no longer holds."""
    seen = 0

    def look() -> bool:
        nonlocal seen
        seen = lab.store.version
        return condition.observe(lab.store.view(lab.since)).met

    def sleep(pause: float) -> None:
        lab.store.wait(seen, pause)

    def left(_state: RetryCallState) -> float:
        return max(0.0, since + duration + uncounted(lab, since) - lab.clock())

    Retrying(retry=retry_if_result(bool), stop=lambda state: not left(state), wait=left, sleep=sleep, retry_error_callback=lambda _: None)(
        look
    )


def _held(lab: AttendedLab, condition: Condition, wording: str, since: Mark) -> Observation:
    lab.attend(wording)
    _settle(lab)
    last, telling = Observation(met=True, seen="", unseen=True), False
    for view in lab.store.replay(since):
        look = condition.observe(view)
        if not look.met:
            raise failure(lab.store, lab.since, wording, look, seen=f"{durations.moment(view.now - lab.since.time)} {look.seen}")
        last, telling = look, telling or not look.unseen
    require_sight(lab.store, wording, lab.since if condition.looks_back else since, lab.since)
    if not telling:
        raise failure(lab.store, lab.since, wording, last, seen=f"nothing to look at: {last.seen}")
    return last


def _settle(lab: Lab) -> None:
    """Let the watch events of the last action arrive."""
    end, version = lab.clock() + SETTLE_LIMIT, lab.store.version
    while lab.clock() < end and (seen := lab.store.wait(version, QUIET)) != version:
        version = seen
