"""Stretches of time, as pairs of seconds of one clock: joined where they overlap, cut, and measured."""

from collections.abc import Iterable

Span = tuple[float, float]


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time in order, each moment of it once."""
    told: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if told and begin <= told[-1][1]:
            told[-1] = (told[-1][0], max(told[-1][1], end))
        else:
            told.append((begin, end))
    return told


def length(spans: Iterable[Span]) -> float:
    """Seconds of it, what overlaps counted once."""
    return sum(end - begin for begin, end in joined(spans))


def beginning(spans: Iterable[Span], most: float) -> list[Span]:
    """Its first `most` seconds."""
    told: list[Span] = []
    for begin, end in joined(spans):
        told.append((begin, min(end, begin + most)))
        most = max(0.0, most - (end - begin))
    return told
