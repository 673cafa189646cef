"""How durations are written for people: in one form, whoever tells them."""

import re
from pathlib import Path

import pytest

from kubelab import durations

SOURCES = sorted(Path(durations.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0 s"),
        (1.0, "1 s"),
        (9.54, "9.5 s"),
        (59.96, "60 s"),
        (90, "90 s"),
        (119.94, "119.9 s"),
        (119.96, "2 min"),
        (125, "2 min 05 s"),
        (600, "10 min"),
        (3599.7, "1 h"),
        (7260, "2 h 01 min"),
        (7199.9, "2 h"),
    ],
)
def test_durations_are_read_as_people_say_them(seconds: float, text: str) -> None:
    """Without a part that is nothing, and with tenths only below two minutes."""
    assert durations.short(seconds) == text


def test_what_goes_on_is_told_in_whole_seconds() -> None:
    """Its tenths would flicker."""
    assert [durations.whole(seconds) for seconds in (0.4, 35.4, 119.6, 125.4)] == ["0 s", "35 s", "2 min", "2 min 05 s"]


def test_a_share_of_a_limit_has_one_unit_where_that_is_seconds() -> None:
    """Otherwise each its own."""
    told = [durations.of(waited, limit) for waited, limit in ((3.14, 30), (18, 30), (0.7, 1.5), (95, 120), (130, 600))]

    assert told == ["3.1 of 30 s", "18 of 30 s", "0.7 of 1.5 s", "95 s of 2 min", "2 min 10 s of 10 min"]
    assert durations.of(125, 30) == "2 min 05 s of 30 s"


def test_exact_times_and_moments_keep_their_digits() -> None:
    """So that they stand below each other."""
    assert (durations.exact(1.4), durations.moment(0), durations.moment(-2.04)) == ("1.40 s", "+0.0 s", "-2.0 s")


def test_nobody_else_writes_a_duration() -> None:
    """A number before the letter s, put into a text, is the work of `durations`."""
    inline = re.compile(r"\{[^{}]+\} (?:s|min|h)\b")
    found = {path.name for path in SOURCES if path.name != "durations.py" and inline.search(path.read_text(encoding="utf-8"))}

    assert found == set()
