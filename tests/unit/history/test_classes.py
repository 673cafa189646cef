"""The class of a scenario, from its row of nights."""

from pathlib import Path

import pytest

from kubelab.history import history_files
from kubelab.records.scenario_record import Wait

from .nights import night, nights, record, seen, standing


@pytest.mark.parametrize(
    ("letters", "kind", "since"),
    [
        ("PPPPPPPPPP", "passing", None),
        *((f"{'P' * at}F{'P' * (9 - at)}", "flaky", None) for at in range(10)),
        ("PPPPPFFFFF", "broken", 6),
        ("PPPPPFF", "broken", 6),
        ("PPFEFS", "broken", 3),
        ("PF.F", "broken", 2),
        ("F", "broken", 1),
        ("..F", "broken", 3),
        ("EEF", "broken", 3),
        ("FFFP", "passing", None),
        ("PFPFFF", "broken", 4),
        ("E", "not judged", None),
        ("S", "not judged", None),
        ("PPPEE", "not judged", None),
        ("PPPSE", "not judged", None),
        ("PFPEE", "not judged", None),
        ("PPPE", "passing", None),
        ("PEPEP", "passing", None),
        ("..P", "new", None),
        (".PP", "new", None),
        (".PPP", "passing", None),
        ("P..P", "passing", None),
    ],
)
def test_each_row_of_nights_has_its_class(letters: str, kind: str, since: int | None, tmp_path: Path) -> None:
    """An error and a skip count neither as a pass nor as a failure."""
    found = standing(tmp_path, letters)

    assert (found.letters, found.kind, found.since and found.since.number) == (letters, kind, since)


@pytest.mark.parametrize(
    ("letters", "at", "kind"),
    [
        ("PPP", 9, "passing"),
        ("PPP", 10, "stale"),
        ("FFF", 10, "stale"),
        ("P......", 7, "passing"),
        ("P.......", 8, "stale"),
        ("PEEEEEEEE", 9, "stale"),
        ("EEEEEEEEE", 9, "stale"),
        ("EEEEEEE", 7, "not judged"),
        ("SSSSSSSSS", 9, "not judged"),
        ("E........", 9, "stale"),
    ],
)
def test_what_has_not_run_for_a_week_is_stale(letters: str, at: int, kind: str, tmp_path: Path) -> None:
    """Whether its version has run or not; an error does not count as a run of the lab."""
    assert standing(tmp_path, letters, at=at).kind == kind


@pytest.mark.parametrize(
    ("letters", "turned"),
    [
        ("PF", "newly failing"),
        ("FP", "newly fixed"),
        ("FFFFP", "newly fixed"),
        ("PEF", "newly failing"),
        ("PFE", ""),
        ("PF.", ""),
        ("PFF", ""),
    ],
)
def test_what_the_newest_run_has_changed_is_told(letters: str, turned: str, tmp_path: Path) -> None:
    """Nothing that an earlier run has changed."""
    assert standing(tmp_path, letters).turned == turned


def test_only_the_last_runs_are_looked_at(tmp_path: Path) -> None:
    """They keep their numbers in the whole history; a scenario in none of them is left out."""
    found = standing(tmp_path, "FPPPPPPPFF", last=4)

    assert (found.letters, found.since and found.since.number) == ("PPFF", 9)
    history_files.add(nights("P", "Long ago"), tmp_path)
    assert "Long ago" not in {one.track.name for one in seen(tmp_path, last=9)[0].standings}
    assert "Long ago" in {one.track.name for one in seen(tmp_path, last=10)[0].standings}


def test_the_last_failure_and_its_reason_are_known(tmp_path: Path) -> None:
    """With their run."""
    found = standing(tmp_path, "PFPFPP")

    assert str(found.last_failed) == f"run 4 ({night(4):%Y-%m-%d})"
    assert found.reason == "Pod web was not ready"
    assert standing(tmp_path / "green", "PP").reason == ""


def test_versions_are_judged_apart(tmp_path: Path) -> None:
    """A lab may work on one version and not on another."""
    history_files.add([*nights("PPFF"), *nights("PPPP", kubernetes="1.37.2")], tmp_path)

    assert [(one.minor, one.standings[0].kind, one.alarm) for one in seen(tmp_path)] == [
        ("1.36", "broken", True),
        ("1.37", "passing", False),
    ]


def test_time_and_headroom_are_of_passes_alone(tmp_path: Path) -> None:
    """The headroom of the last five passes, beside that of earlier ones."""
    for number in range(1, 13):
        waited = 3.0 if number <= 6 else 24.0
        history_files.add([record(number, "P", seconds=float(number), waits=(Wait(0, waited, 30, "", "", met=True),))], tmp_path)
    history_files.add([record(13, "F", seconds=99, waits=(Wait(0, 30, 30, "", "", met=False),))], tmp_path)

    found = seen(tmp_path)[0].standings[0]
    assert (found.seconds, found.used, found.used_before) == (6.5, 0.8, 0.1)


def test_without_a_pass_or_a_wait_there_is_no_number(tmp_path: Path) -> None:
    """And no 0, which would look good."""
    found, never = standing(tmp_path, "PP"), standing(tmp_path / "never", "FF")

    assert (found.seconds, found.used, found.used_before, found.tightest) == (4, None, None, None)
    assert (never.seconds, never.used) == (None, None)
