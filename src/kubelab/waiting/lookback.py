"""Looking back and looking on: over everything seen since the last When, or for a while from now."""

from collections.abc import Iterator

from tenacity import RetryCallState, Retrying, retry_if_result

from kubelab.errors import SetupTrouble
from kubelab.observation import Mark, View
from kubelab.waiting.condition import Condition, Observation
from kubelab.waiting.until import Lab, until
from kubelab.waiting.verdict import failure, moment, seconds

QUIET = 0.05  # a watch event follows its cause within 10 ms (p99); five times that
SETTLE_LIMIT = 1.0


def throughout(lab: Lab, condition: Condition) -> Observation:
    """Every state seen since the last When met the condition; SetupTrouble where a gap hides states."""
    return _held(lab, condition, f"{condition.wording}, throughout", lab.since)


def never(lab: Lab, condition: Condition) -> Observation:
    """No state seen since the last When met the condition."""
    return _held(lab, ~condition, f"never: {condition.wording}", lab.since)


def stays(lab: Lab, condition: Condition, duration: float, within: float | None = None) -> Observation:
    """The condition is met within the limit, then stays so for `duration` seconds."""
    until(lab, condition, within)
    since = lab.store.mark()
    _on_the_look(lab, condition, since.time + duration)
    return _held(lab, condition, f"{condition.wording}, for {seconds(duration)}", since)


def _on_the_look(lab: Lab, condition: Condition, end: float) -> None:
    """Return at `end`, or as soon as the condition no longer holds."""
    seen = 0

    def look() -> bool:
        nonlocal seen
        seen = lab.store.version
        return condition.observe(lab.store.view(lab.since)).met

    def sleep(pause: float) -> None:
        lab.store.wait(seen, pause)

    def left(_state: RetryCallState) -> float:
        return max(0.0, end - lab.clock())

    Retrying(retry=retry_if_result(bool), stop=lambda state: not left(state), wait=left, sleep=sleep, retry_error_callback=lambda _: None)(
        look
    )


def _held(lab: Lab, condition: Condition, wording: str, since: Mark) -> Observation:
    _settle(lab)
    last = Observation(met=True, seen="")
    for view, look in _looks(lab, condition, since):
        if not look.met:
            raise failure(lab.store, lab.since, wording, look, seen=f"{moment(view.now - lab.since.time)} {look.seen}")
        last = look
    _seen_all(lab, wording, since)
    return last


def _looks(lab: Lab, condition: Condition, since: Mark) -> Iterator[tuple[View, Observation]]:
    for view in lab.store.replay(since):
        yield view, condition.observe(view)


def _seen_all(lab: Lab, wording: str, since: Mark) -> None:
    lost = [gap for gap in lab.store.gaps(since) if gap.lost or gap.until is None]
    if lost:
        end = lab.clock() if lost[0].until is None else lost[0].until
        span = f"from {moment(lost[0].since - lab.since.time)} to {moment(end - lab.since.time)}"
        raise SetupTrouble(f"Could not see whether {wording}: {lost[0].kind} was not watched {span} ({lost[0].reason}). Run it again.")


def _settle(lab: Lab) -> None:
    """Let the events of what has just been done arrive."""
    end, version = lab.clock() + SETTLE_LIMIT, lab.store.version
    while lab.clock() < end and (seen := lab.store.wait(version, QUIET)) != version:
        version = seen
