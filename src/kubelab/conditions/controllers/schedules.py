"""When a CronJob is due: its schedule in its time zone is compared with plain words by the moments that both mean."""

import re
from collections.abc import Mapping

from cronsim import CronSimError

from kubelab.client.objects import Object, at
from kubelab.conditions.build import of_object
from kubelab.conditions.controllers.moments import explained, moments, offsets, zone_of
from kubelab.observation import View
from kubelab.waiting import Condition

AT = r"at (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d) (?:UTC|in \"(?P<zone>[A-Za-z][\w/+-]*)\")"
SAYINGS: Mapping[str, str] = {
    r"every minute": "* * * * *",
    r"every (?P<step>[2-6]|1[025]|20|30) minutes": "*/{step} * * * *",
    rf"every day {AT}": "{minute} {hour} * * *",
    rf"every (?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) {AT}": "{minute} {hour} * * {weekday:.3}",
    rf"on day (?P<day>[12]?[1-9]|[123]0|31) of every month {AT}": "{minute} {hour} {day} * *",
}
"""How a sentence says when, and the five cron fields that mean the same; "every 5 minutes" counts from the full hour in UTC."""
RECURRENCE = re.sub(r"\(\?P<\w+>", "(?:", "|".join(SAYINGS))
"""The regular expression of all of them."""


def is_due(name: str, when: str) -> Condition:
    """`CronJob "backup" is due every Saturday at 05:00 UTC`, declared: its schedule in its `spec.timeZone`, all year round.

    Without `spec.timeZone` a schedule is read in the zone of the controller manager, which is UTC in a kind cluster.
    """
    schedule, zone = as_cron(when)
    wanted = moments(schedule, zone_of(zone))

    def judge(_view: View, cronjob: Object) -> tuple[bool, str]:
        schedule, zone = (str(at(cronjob, "spec", field, default=other)) for field, other in (("schedule", ""), ("timeZone", "UTC")))
        return is_same(schedule, zone, wanted), in_plain_words(schedule, zone)

    return of_object("CronJob", name, f"is due {when}", judge, declared=True)


def as_cron(when: str) -> tuple[str, str]:
    """The five cron fields and the zone: "every Saturday at 05:00 UTC" → "00 05 * * Sat" and "UTC"."""
    saying, cron = next((match, cron) for saying, cron in SAYINGS.items() if (match := re.fullmatch(saying, when)))
    words = saying.groupdict()
    return cron.format_map(words), words.get("zone") or "UTC"


def is_same(schedule: str, zone: str, wanted: bytes) -> bool:
    """Whether a schedule is due at exactly these moments."""
    try:
        return moments(schedule, zone_of(zone)) == wanted
    except (CronSimError, ValueError):
        return False


def in_plain_words(schedule: str, zone: str) -> str:
    """A schedule and what it means: `"5 0 * * 6": At 00:05 on Saturday, in "Asia/Seoul" (UTC+09:00)`."""
    try:
        return f'"{schedule}": {explained(schedule)}, in {_with_offsets(zone)}'
    except (CronSimError, ValueError):
        return f'"{schedule}", which is not due at times of day'


def _with_offsets(zone: str) -> str:
    """A zone's name with its offsets from UTC."""
    if zone == "UTC":
        return zone
    ahead = " or ".join(f"UTC{offset}" for offset in offsets(zone_of(zone)))
    return f'"{zone}" ({ahead}{" depending on the date" if " or " in ahead else ""})'
