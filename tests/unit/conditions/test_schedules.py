"""When a CronJob is due: the meaning of a schedule, however it is written and whatever its time zone."""

import re

import pytest

from kubelab.conditions.controllers import schedules
from kubelab.errors import SetupTrouble
from tests.unit.conftest import Look
from tests.unit.objects import thing
from tests.unit.scripted import Lab


@pytest.mark.parametrize(
    ("schedule", "when"),
    [
        ("0 5 * * 6", "every Saturday at 05:00 UTC"),
        ("0 5 * * SAT", "every Saturday at 05:00 UTC"),
        ("00 05 ? * sat-sat", "every Saturday at 05:00 UTC"),
        ("30 23 1 * *", "on day 1 of every month at 23:30 UTC"),
        ("30 23 31 1-12 *", "on day 31 of every month at 23:30 UTC"),
        ("0 9 * * *", "every day at 09:00 UTC"),
        ("0 9 */1 * 0-6", "every day at 09:00 UTC"),
        ("0 0 */2 * 0-6", "every day at 00:00 UTC"),
        ("@daily", "every day at 00:00 UTC"),
        ("*/5 * * * *", "every 5 minutes"),
        ("0-59/5 * * * *", "every 5 minutes"),
        ("*/1 * * * *", "every minute"),
        ("0 0 * * *", 'every day at 09:00 in "Asia/Seoul"'),
        ("0 21 * * 5", 'every Saturday at 06:00 in "Asia/Seoul"'),
    ],
)
def test_the_same_meaning(look: Look, lab: Lab, schedule: str, when: str) -> None:
    """Numbers or names, stars or ranges; if both day and weekday are restricted, either is enough, as in Kubernetes' library."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule}))

    assert look(schedules.is_due("backup", when)).met


@pytest.mark.parametrize(
    ("schedule", "zone", "when"),
    [
        ("0 9 * * *", "Asia/Seoul", "every day at 00:00 UTC"),
        ("0 9 * * *", "Asia/Tokyo", 'every day at 09:00 in "Asia/Seoul"'),
        ("0 9 * * *", "Etc/UTC", "every day at 09:00 UTC"),
        ("0 9 * * *", "Europe/Berlin", 'every day at 09:00 in "Europe/Paris"'),
        ("30 2 * * 0", "Europe/Berlin", 'every Sunday at 02:30 in "Europe/Berlin"'),
        ("*/30 * * * *", "Europe/Berlin", "every 30 minutes"),
        ("15,45 * * * *", "Asia/Kathmandu", "every 30 minutes"),
    ],
)
def test_the_same_moments_in_another_zone(look: Look, lab: Lab, schedule: str, zone: str, when: str) -> None:
    """Zones whose clocks agree all year long, including their summer time."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule, "timeZone": zone}))

    assert look(schedules.is_due("backup", when)).met


@pytest.mark.parametrize(
    ("schedule", "zone", "when", "means"),
    [
        ("0 9 * * *", "Asia/Seoul", "every day at 09:00 UTC", 'At 09:00 every day, in "Asia/Seoul" (UTC+09:00)'),
        ("0 9 * * *", "UTC", 'every day at 09:00 in "Asia/Seoul"', "At 09:00 every day, in UTC"),
        (
            "0 9 * * *",
            "Europe/Berlin",
            "every day at 08:00 UTC",
            'At 09:00 every day, in "Europe/Berlin" (UTC+01:00 or UTC+02:00 depending on the date)',
        ),
        ("0 8 * * *", "UTC", 'every day at 09:00 in "Europe/Berlin"', "At 08:00 every day, in UTC"),
        ("0 7 * * *", "UTC", 'every day at 09:00 in "Europe/Berlin"', "At 07:00 every day, in UTC"),
        ("*/30 * * * *", "Asia/Kathmandu", "every 30 minutes", 'Every 30th minute of every hour, in "Asia/Kathmandu" (UTC+05:45)'),
    ],
)
def test_other_moments_are_told_with_their_zone(look: Look, lab: Lab, schedule: str, zone: str, when: str, means: str) -> None:
    """A schedule that is right only in winter, or only in summer, is wrong."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule, "timeZone": zone}))

    found = look(schedules.is_due("backup", when))
    assert (found.met, found.seen) == (False, f'"{schedule}": {means}')


@pytest.mark.parametrize(
    ("schedule", "means"),
    [
        ("5 0 * * 6", "At 00:05 on Saturday"),
        ("* 5 * * 6", "Every minute from 05:00 through 05:59 on Saturday"),
        ("0 5 6 * *", "At 05:00 on the sixth day of every month"),
        ("0 5 1 * 6", "At 05:00 on the first day of month and on Saturday"),
        ("0 5 * * 6,0", "At 05:00 on Saturday and Sunday"),
        ("0 5 * 1 6", "At 05:00 on Saturday in January"),
    ],
)
def test_another_meaning_is_told(look: Look, lab: Lab, schedule: str, means: str) -> None:
    """In plain words, beside the schedule as it is written."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule}))

    found = look(schedules.is_due("backup", "every Saturday at 05:00 UTC"))
    assert (found.met, found.seen) == (False, f'"{schedule}": {means}, in UTC')


@pytest.mark.parametrize("schedule", ["@every 90s", "0 0 31 2 *", "nonsense", ""])
def test_what_has_no_times_of_the_day(look: Look, lab: Lab, schedule: str) -> None:
    """It is due at no time that a sentence could name."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule}))

    found = look(schedules.is_due("backup", "every minute"))
    assert (found.met, found.seen) == (False, f'"{schedule}", which is not due at times of day')


def test_judged_at_once() -> None:
    """What was declared does not change with time."""
    assert schedules.is_due("backup", "every minute").declared


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("Asia/Soul", 'Did you mean "Asia/Seoul"'), ("Asia", "pip install tzdata"), ("Nowhere/at-all", "pip install tzdata")],
)
def test_a_zone_that_is_not_known_is_trouble(name: str, remedy: str) -> None:
    """A sentence without a meaning gives no verdict on a CronJob."""
    with pytest.raises(SetupTrouble, match=rf'knows no time zone "{name}"[.]\n.*{remedy}'):
        schedules.is_due("backup", f'every day at 09:00 in "{name}"')


@pytest.mark.parametrize(
    "when",
    [
        "every 7 minutes",
        "every day at 24:00 UTC",
        "every Caturday at 05:00 UTC",
        "on day 32 of every month at 05:00 UTC",
        "every day at 05:00",
    ],
)
def test_other_schedules_do_not_match(when: str) -> None:
    """Such a sentence has no meaning, rather than a wrong one."""
    assert not re.fullmatch(schedules.RECURRENCE, when)


@pytest.mark.parametrize("day", [1, 9, 10, 11, 19, 20, 21, 29, 30, 31])
def test_every_day_of_the_month_can_be_said(day: int) -> None:
    """From the first to the last."""
    assert schedules.as_cron(f"on day {day} of every month at 23:30 UTC") == (f"30 23 {day} * *", "UTC")
