"""How durations are written for people, everywhere: "0.4 s", "90 s", "2 min 05 s", "1 h 03 min"."""

MINUTES = 120.0
"""Seconds from which minutes are told: below, they are compared with limits, which sentences have in seconds."""
HOURS = 3600.0
"""Seconds from which hours are told."""


def short(seconds: float) -> str:
    """To a tenth of a second below two minutes, to a second below an hour, to a minute above."""
    if round(seconds, 1) < MINUTES:
        return f"{round(seconds, 1):g} s"
    if round(seconds) < HOURS:
        return _parts(round(seconds), "min", "s")
    return _parts(round(seconds / 60), "h", "min")


def whole(seconds: float) -> str:
    """The same to a whole second: for what still goes on, so that its tenths do not flicker, and for what is known roughly."""
    return short(round(seconds))


def of(waited: float, limit: float) -> str:
    """How much of a limit was waited for: "3.1 of 30 s", "95 s of 2 min"."""
    told, most = short(waited), short(limit)
    return f"{told.removesuffix(' s') if max(waited, limit) < MINUTES else told} of {most}"


def exact(seconds: float) -> str:
    """To a hundredth of a second, for what is compared with other tools: "1.40 s"."""
    return f"{seconds:.2f} s"


def moment(seconds: float) -> str:
    """When something was, as seconds since something else: "+1.9 s"."""
    return f"{seconds:+.1f} s"


def _parts(number: int, large: str, small: str) -> str:
    """A number of the small unit as both units, 60 of which are one of the large: "2 min 05 s", "2 min"."""
    many, rest = divmod(number, 60)
    return f"{many} {large} {rest:02d} {small}" if rest else f"{many} {large}"
