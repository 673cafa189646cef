"""When a cron schedule is due in a time zone: the minutes of four years, in UTC."""

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim

from kubelab.errors import SetupTrouble

MACROS: Mapping[str, str] = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
"""The names that Kubernetes' cron library (robfig/cron) knows for schedules."""
NARROWING = re.compile(r"^\*/(?!1$)")
"""A star with a step. With robfig/cron it does not count as "every day", so that day or weekday is enough; with cronsim it does."""
START, DAYS, MINUTES = datetime(2024, 1, 1, tzinfo=UTC), 4 * 365 + 1, 24 * 60
"""Four years contain every kind of day."""
FIRST = START.replace(tzinfo=None) - timedelta(days=1)
"""Where the calendar of a zone begins: its clocks differ from UTC by less than a day."""


def moments(schedule: str, zone: tzinfo) -> bytes:
    """A byte for each minute of the four years in UTC, 1 where the schedule is due by the clocks of the zone.

    As in Kubernetes' library, a time that daylight saving skips is not due, and one that it repeats is due twice.
    CronSimError or ValueError for a schedule without times of day, such as `@every 90s`.
    """
    calendar = _calendar(schedule)
    return b"".join(calendar[first : first + length] for first, length in _shown(zone))


def explained(schedule: str) -> str:
    """What a schedule means, in plain words: "At 05:00 on Saturday"; CronSimError or ValueError where it has no times of day."""
    return str(_from(schedule, FIRST).explain())


def zone_of(name: str) -> tzinfo:
    """The time zone of that name in the IANA database; SetupTrouble where this machine does not know it."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # KeyError: ZoneInfoNotFoundError; OSError: a folder of zones, as "Asia"
        near = difflib.get_close_matches(name, available_timezones(), 1, cutoff=0.8)
        remedy = (
            f'Did you mean "{near[0]}"?'
            if near
            else "Look at its spelling, as in Asia/Seoul, or install the time zones: pip install tzdata"
        )
        raise SetupTrouble(f'This machine knows no time zone "{name}".\n{remedy}') from error


def offsets(zone: tzinfo) -> list[str]:
    """The offsets of the zone from UTC over the four years: `["+01:00", "+02:00"]`."""
    return sorted({(START + timedelta(days=day)).astimezone(zone).isoformat()[-6:] for day in range(DAYS)})


def _calendar(schedule: str) -> bytes:
    """A byte for each minute of the zone's own calendar, from a day before the four years to a day after them."""
    due, times, never = set(_days(schedule)), _times(schedule), bytes(MINUTES)
    return b"".join(times if (FIRST + timedelta(days=day)).date() in due else never for day in range(DAYS + 2))


def _shown(zone: tzinfo) -> Iterator[tuple[int, int]]:
    """What the zone's clocks show in the course of the UTC minutes, as stretches of the calendar: the first minute, and how many."""
    for day in range(0, DAYS * MINUTES, MINUTES):
        length = MINUTES if _ahead(zone, day) == _ahead(zone, day + MINUTES) else 1
        yield from ((MINUTES + minute + _ahead(zone, minute), length) for minute in range(day, day + MINUTES, length))


def _ahead(zone: tzinfo, minute: int) -> int:
    """How many minutes the zone is ahead of UTC at a minute of the four years."""
    offset = (START + timedelta(minutes=minute)).astimezone(zone).utcoffset()
    return (offset or timedelta()) // timedelta(minutes=1)


def _days(schedule: str) -> Iterator[date]:
    moment, end = FIRST, FIRST + timedelta(days=DAYS + 2)
    while (due := next(_from(schedule, moment), end)) < end:
        yield due.date()
        moment = datetime.combine(due.date() + timedelta(days=1), datetime.min.time())


def _times(schedule: str) -> bytes:
    """A byte for each minute of a day on which the schedule is due."""
    times, day = bytearray(MINUTES), None
    for due in _from(schedule, FIRST):
        day = day or due.date()
        if due.date() != day:
            break
        times[due.hour * 60 + due.minute] = 1
    return bytes(times)


def _from(schedule: str, moment: datetime) -> CronSim:
    minute, hour, day, month, weekday = MACROS.get(schedule, schedule).replace("?", "*").split()
    fields = [minute, hour, NARROWING.sub("1-31/", day), month, NARROWING.sub("0-6/", weekday)]
    return CronSim(" ".join(fields), moment - timedelta(seconds=1))
