"""How far a grading is, and how long it may still take, in one line."""

from kubelab import durations

TELLING = 3
"""How many objectives must be judged before their pace says anything."""


def line(done: int, of: int, seconds: float) -> str:
    """`37 of 180 objectives judged, 2 min 10 s · about 8 min left`; `seconds` is how long it has taken so far."""
    said = f"{done} of {of} objectives judged, {durations.whole(seconds)}"
    if done < TELLING or done >= of:
        return said
    return f"{said} · about {durations.short(_rounded(seconds / done * (of - done)))} left"


def _rounded(seconds: float) -> float:
    """To ten seconds, above two minutes to whole minutes: it is a guess."""
    step = 60 if seconds > 120 else 10  # noqa: PLR2004
    return max(round(seconds / step) * step, step)
