"""When a CronJob is due: what a schedule means, however it is spelled."""

import re
from datetime import date, time

import pytest

from kubelab.conditions import schedules
from tests.unit.objects import thing
from tests.unit.scripted import Lab

from .conftest import Look


@pytest.mark.parametrize(
    ("schedule", "when"),
    [
        ("0 5 * * 6", "every Saturday at 05:00"),
        ("0 5 * * SAT", "every Saturday at 05:00"),
        ("00 05 ? * sat-sat", "every Saturday at 05:00"),
        ("30 23 1 * *", "on day 1 of every month at 23:30"),
        ("30 23 31 1-12 *", "on day 31 of every month at 23:30"),
        ("0 9 * * *", "every day at 09:00"),
        ("0 9 */1 * 0-6", "every day at 09:00"),
        ("0 0 */2 * 0-6", "every day at 00:00"),
        ("@daily", "every day at 00:00"),
        ("*/5 * * * *", "every 5 minutes"),
        ("0-59/5 * * * *", "every 5 minutes"),
        ("*/1 * * * *", "every minute"),
    ],
)
def test_the_same_meaning(look: Look, lab: Lab, schedule: str, when: str) -> None:
    """Numbers or names, stars or ranges; of day and weekday one is enough where both are narrowed, as Kubernetes' library has it."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule}))

    assert look(schedules.is_due("backup", when)).met


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
    """In plain words, beside the schedule as it is spelled."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule}))

    found = look(schedules.is_due("backup", "every Saturday at 05:00"))
    assert (found.met, found.seen) == (False, f'"{schedule}": {means}')


@pytest.mark.parametrize("schedule", ["@every 90s", "0 0 31 2 *", "nonsense", ""])
def test_what_has_no_times_of_the_day(look: Look, lab: Lab, schedule: str) -> None:
    """It is due at none that a sentence could say."""
    lab.put(thing("CronJob", "backup", spec={"schedule": schedule}))

    found = look(schedules.is_due("backup", "every minute"))
    assert (found.met, found.seen) == (False, f'"{schedule}", which is not due at times of the day')


def test_judged_at_once() -> None:
    """What was declared does not come with time."""
    assert schedules.is_due("backup", "every minute").declared


def test_meaning() -> None:
    """The days of four years, and the times of each."""
    days, times = schedules.meaning("0,30 12 29 2 *") or ([], [])

    assert (days, times) == ([date(2024, 2, 29)], [time(12, 0), time(12, 30)])


@pytest.mark.parametrize("when", ["every 7 minutes", "every day at 24:00", "every Caturday at 05:00", "on day 32 of every month at 05:00"])
def test_what_cannot_be_said(when: str) -> None:
    """Such a sentence means nothing, instead of something else."""
    assert not re.fullmatch(schedules.RECURRENCE, when)


@pytest.mark.parametrize("day", [1, 9, 10, 11, 19, 20, 21, 29, 30, 31])
def test_every_day_of_the_month_can_be_said(day: int) -> None:
    """From the first to the last."""
    assert schedules.as_cron(f"on day {day} of every month at 23:30") == f"30 23 {day} * *"
