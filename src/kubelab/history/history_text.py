"""A history in a few lines, for a terminal: of each version what needs somebody first, then what is tight and what is slow."""

from collections.abc import Iterator, Sequence

from kubelab import durations
from kubelab.conditions.in_words import counted
from kubelab.history.classes import BROKEN, CLASSES, FLAKY, NEW, NOT_JUDGED, STALE, Standing
from kubelab.history.version_overview import Overview

SHOWN = 10
"""How many scenarios of a class are told."""
SLOWEST = 5
"""How many are told that are tight or slow."""
COLOURS = {BROKEN: "31", STALE: "31", FLAKY: "33", NOT_JUDGED: "33", NEW: "36"}


def text(overviews: Sequence[Overview], *, coloured: bool = False) -> str:
    """A paragraph for each version."""
    return "\n\n".join("\n".join(_paragraph(one, coloured=coloured)) for one in overviews)


def what(one: Standing) -> str:
    """What is to be said of a scenario, in a line."""
    return ", ".join(filter(None, [_own(one), one.turned]))


def headroom(one: Standing) -> str:
    """How near its waits came to their limits, and before: "70 % of 30 s, before 40 %"; "" where it waits for nothing."""
    limit = one.tightest.limit if one.tightest else None
    if one.used is None or limit is None:
        return ""
    before = "" if one.used_before is None else f", before {one.used_before:.0%}"
    return f"{one.used:.0%} of {durations.short(limit)}{before}"


def rate(one: Standing) -> str:
    """How often it flips, with the interval."""
    low, high = one.flakes.interval
    return f"{counted(one.flakes.flips, 'flip')} in {counted(one.flakes.runs, 'run')}: {one.flakes.rate:.0%} ({low:.0%} to {high:.0%})"


def counts(overview: Overview) -> str:
    """How many there are of each class."""
    return ", ".join(f"{overview.counts[kind]} {kind}" for kind in CLASSES if overview.counts[kind])


def looked_at(overview: Overview) -> str:
    """Which runs were looked at."""
    first, newest = overview.runs[0], overview.runs[-1]
    exactly = f", the newest on {newest.kubernetes}" if newest.kubernetes else ""
    return f"{counted(len(overview.runs), 'run')}, {first.date} to {newest.date}{exactly}"


def _paragraph(overview: Overview, *, coloured: bool) -> Iterator[str]:
    yield f"{overview.name}: {counts(overview)}; {looked_at(overview)}"
    if overview.warning:
        yield f"  {overview.warning}"
    for kind in CLASSES:
        yield from _of_class([one for one in overview.needing if one.kind == kind], kind, coloured=coloured)
    yield from _ranked("least headroom", [(headroom(one), one) for one in overview.tightest])
    yield from _ranked("slowest", [(durations.short(one.seconds), one) for one in overview.slowest if one.seconds is not None])


def _of_class(found: Sequence[Standing], kind: str, *, coloured: bool) -> Iterator[str]:
    word = f"{kind:<10}"
    sign = f"\033[{COLOURS[kind]}m{word}\033[0m" if coloured and kind in COLOURS else word
    for one in found[:SHOWN]:
        yield f"  {sign}  {one.track.feature}: {one.track.name}"
        yield f"{'':14}{what(one)}"
    if len(found) > SHOWN:
        yield f"{'':14}and {len(found) - SHOWN} more {kind}"


def _ranked(title: str, rows: Sequence[tuple[str, Standing]]) -> Iterator[str]:
    width = max((len(said) for said, _ in rows[:SLOWEST]), default=0)
    for number, (said, one) in enumerate(rows[:SLOWEST]):
        yield f"  {title if not number else '':<14}  {said:>{width}}  {one.track.feature}: {one.track.name}"


def _own(one: Standing) -> str:
    if one.kind == STALE:
        return f"{'nothing but ERRORs' if one.never_ran else 'not run'} since {one.last}"
    why = f": {one.reason}" if one.reason else ""
    if one.kind == BROKEN:
        return f"since {one.since}{why}"
    if one.kind == NOT_JUDGED:
        return f"neither passed nor failed{why}"
    if one.kind == FLAKY:
        return f"{rate(one)}, failed last in {one.last_failed}{why}"
    return f"first in run {min(one.track.results)}" if one.kind == NEW else ""
