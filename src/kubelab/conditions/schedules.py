"""When a CronJob is due: its schedule against plain words, compared by what both mean and not by how they are spelled."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from cronsim import CronSim, CronSimError

from kubelab.client.objects import Object, at
from kubelab.conditions.build import of_object
from kubelab.observation import View
from kubelab.waiting import Condition

AT = r"at (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
SAYINGS: Mapping[str, str] = {
    r"every minute": "* * * * *",
    r"every (?P<step>[2-6]|1[025]|20|30) minutes": "*/{step} * * * *",
    rf"every day {AT}": "{minute} {hour} * * *",
    rf"every (?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) {AT}": "{minute} {hour} * * {weekday:.3}",
    rf"on day (?P<day>[12]?[1-9]|[123]0|31) of every month {AT}": "{minute} {hour} {day} * *",
}
"""How a sentence says when, and the five fields of cron that mean the same; "every 5 minutes" counts from the full hour."""
RECURRENCE = re.sub(r"\(\?P<\w+>", "(?:", "|".join(SAYINGS))
"""The expression of all sayings."""
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
"""A star with a step: no longer "every day" for that library, so that of day and weekday one is enough. For cronsim it would be."""
START, CYCLE = datetime(2024, 1, 1), timedelta(days=4 * 365 + 1)  # noqa: DTZ001  (a schedule's times are its own zone's)
"""Four years have every kind of day."""


def is_due(name: str, when: str) -> Condition:
    """`CronJob "backup" is due every Saturday at 05:00`, declared: in its own time zone, UTC unless `spec.timeZone` says another."""
    wanted = meaning(as_cron(when))

    def judge(_view: View, cronjob: Object) -> tuple[bool, str]:
        schedule = str(at(cronjob, "spec", "schedule", default=""))
        return meaning(schedule) == wanted, in_plain_words(schedule)

    return of_object("CronJob", name, f"is due {when}", judge, declared=True)


def as_cron(when: str) -> str:
    """The five fields that mean what one of the sayings says: "every Saturday at 05:00" → "00 05 * * Sat"."""
    return next(cron.format_map(match.groupdict()) for saying, cron in SAYINGS.items() if (match := re.fullmatch(saying, when)))


def meaning(schedule: str) -> tuple[list[date], list[time]] | None:
    """On which days, and at which times of each, a schedule is due; None for one that has no such times, as `@every 90s`."""
    try:
        return list(_days(schedule)), list(_times(schedule))
    except (CronSimError, ValueError):
        return None


def in_plain_words(schedule: str) -> str:
    """A schedule and what it means: `"5 0 * * 6": At 00:05 on Saturday`."""
    try:
        return f'"{schedule}": {CronSim(_standard(schedule), START).explain()}'
    except (CronSimError, ValueError):
        return f'"{schedule}", which is not due at times of the day'


def _days(schedule: str) -> Iterator[date]:
    moment = START
    while (due := next(_from(schedule, moment), START + CYCLE)) < START + CYCLE:
        yield due.date()
        moment = datetime.combine(due.date() + timedelta(days=1), time())


def _times(schedule: str) -> Iterator[time]:
    day = None
    for due in _from(schedule, START):
        day = day or due.date()
        if due.date() != day:
            return
        yield due.time()


def _from(schedule: str, moment: datetime) -> CronSim:
    return CronSim(_standard(schedule), moment - timedelta(seconds=1))


def _standard(schedule: str) -> str:
    minute, hour, day, month, weekday = MACROS.get(schedule, schedule).replace("?", "*").split()
    return " ".join([minute, hour, NARROWING.sub("1-31/", day), month, NARROWING.sub("0-6/", weekday)])
