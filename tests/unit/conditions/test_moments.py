"""The minutes at which a schedule is due, compared with the clock of each minute."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from kubelab.conditions.controllers.moments import MINUTES, START, moments, offsets


def due(schedule: str, zone: str) -> list[str]:
    """The due minutes of the first year, in UTC."""
    year = moments(schedule, ZoneInfo(zone))[: 366 * MINUTES]
    return [f"{START + timedelta(minutes=minute):%m-%d %H:%M}" for minute, is_due in enumerate(year) if is_due]


def test_the_days_and_times_of_four_years() -> None:
    """One of them is a leap year."""
    found = moments("0,30 12 29 2 *", UTC)

    assert (len(found), sum(found)) == (1461 * MINUTES, 2)
    assert due("0,30 12 29 2 *", "UTC") == ["02-29 12:00", "02-29 12:30"]


@pytest.mark.parametrize(
    "zone", ["Asia/Seoul", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
)
def test_a_moment_is_due_when_the_clocks_of_the_zone_show_its_time(zone: str) -> None:
    """Whether the clocks go forward or back on that day."""
    found = moments("30 1,2 * * *", ZoneInfo(zone))
    shown = [(START + timedelta(minutes=minute)).astimezone(ZoneInfo(zone)) for minute in range(0, len(found), 15)]

    assert [bool(found[minute]) for minute in range(0, len(found), 15)] == [(one.minute, one.hour in {1, 2}) == (30, True) for one in shown]


def test_a_time_that_summer_time_leaves_out_is_not_due_and_one_that_comes_twice_is_due_twice() -> None:
    """As for Kubernetes' library: Berlin's clocks had no 02:30 on 31 March 2024, and two on 27 October."""
    assert due("30 2 31 3 *", "Europe/Berlin") == []
    assert due("30 2 27 10 *", "Europe/Berlin") == ["10-27 00:30", "10-27 01:30"]


def test_a_calendar_begins_before_that_of_utc_and_ends_after_it() -> None:
    """The first and the last minutes of the four years are not cut off."""
    assert due("0 9 1 1 *", "Asia/Seoul")[0] == "01-01 00:00"
    assert moments("59 18 31 12 *", ZoneInfo("America/New_York"))[-1] == 1


@pytest.mark.parametrize(
    ("zone", "ahead"), [("Asia/Seoul", ["+09:00"]), ("Europe/Berlin", ["+01:00", "+02:00"]), ("America/Lima", ["-05:00"])]
)
def test_offsets(zone: str, ahead: list[str]) -> None:
    """A single one, or one for winter and one for summer."""
    assert offsets(ZoneInfo(zone)) == ahead
