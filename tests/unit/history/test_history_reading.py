"""A history is read as it was written, whoever wrote its lines; broken lines are named."""

import json
from pathlib import Path
from typing import Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.history import history_files, history_line, history_reading

from .nights import nights, record, seen

LINE = json.loads(history_line.text(record(), "1.36.3"))


def written(folder: Path, *lines: str) -> Path:
    """A folder with a file of these lines."""
    (folder / "1.36").mkdir(parents=True)
    (folder / "1.36" / "file.jsonl").write_text("".join(lines))
    return folder


def line(**change: Any) -> str:
    """A line as it is written, with something changed."""
    return history_line.written({**LINE, **change}) + "\n"


@pytest.mark.parametrize("folder", ["none", "empty"])
def test_without_a_history_somebody_is_told_how_to_begin_one(folder: str, tmp_path: Path) -> None:
    """No such folder, or one without a file."""
    (tmp_path / "empty").mkdir()

    with pytest.raises(SetupTrouble, match=r"(no folder|no history).*Begin .*: kubelab history add RECORDS --to"):
        history_reading.read(tmp_path / folder)


def test_a_file_without_a_complete_line_is_not_a_history(tmp_path: Path) -> None:
    """Nothing was kept."""
    with pytest.raises(SetupTrouble, match="has no history"):
        history_reading.read(written(tmp_path, line()[:-1]))


def test_a_last_line_that_is_half_written_counts_for_nothing(tmp_path: Path) -> None:
    """The lines before it are read."""
    (found,) = seen(written(tmp_path, line(), line(scenario="other")[:40]))

    assert [one.letters for one in found.standings] == ["P"]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[]", ""),
        ("17", ""),
        ('{"version": 1}', "'run'"),
        (line(version=2)[:-1], "version 2"),
        (line(outcome="not run")[:-1], "no outcome not run"),
        (line(seconds="4")[:-1], '"seconds" may not be of type str'),
        (line(began="2026-13-01T00:00:00Z")[:-1], "month must be in 1..12"),
        (line(began="2026-08-01 02:17")[:-1], "is not as 2026-08-11T02:17:04Z"),
        (line(line=True)[:-1], '"line" may not be of type bool'),
        (f"{line()[:-1]},{line()[:-1]}", "Extra data"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_broken_line_is_named(broken: str, why: str, tmp_path: Path) -> None:
    """By its file and its number, with the mistake."""
    folder = written(tmp_path, line(), f"{broken}\n", line(scenario="other"))

    with pytest.raises(SetupTrouble) as trouble:
        history_reading.read(folder)

    assert f"{folder / '1.36' / 'file.jsonl'}:2 is not a line of a history in version 1" in str(trouble.value)
    assert why in str(trouble.value)


def test_a_line_in_another_order_is_read_all_the_same(tmp_path: Path) -> None:
    """The schema does not prescribe the order or the spaces."""
    other = json.dumps(dict(reversed({**LINE, "scenario": "other", "outcome": "failed"}.items())), indent=None) + "\n"

    (found,) = seen(written(tmp_path, line(), other))

    assert {one.track.id: one.letters for one in found.standings} == {LINE["scenario"]: "P", "other": "F"}


def test_what_a_text_holds_does_not_matter(tmp_path: Path) -> None:
    """Not even text that looks like parts of a line."""
    evil = ',"scenario":"x","outcome":"failed"},{\n\u2028'
    (found,) = seen(written(tmp_path, line(name=evil, reason=evil, run=evil, scenario=evil)))

    assert [(one.track.id, one.track.name, one.letters) for one in found.standings] == [(evil, evil, "P")]


@pytest.mark.parametrize(("twice", "counts"), [("PF", "F"), ("FP", "F"), ("PE", "E"), ("EF", "F"), ("SP", "P")])
def test_of_a_scenario_that_is_twice_in_a_run_the_worse_counts(twice: str, counts: str, tmp_path: Path) -> None:
    """In any order: no failure is hidden."""
    history_files.add([record(1, letter) for letter in twice], tmp_path)

    (found,) = seen(tmp_path)
    assert [one.letters for one in found.standings] == [counts]


def test_examples_of_an_outline_are_scenarios_of_their_own(tmp_path: Path) -> None:
    """They have different ids."""
    history_files.add([*nights("P", "Scaled[2]"), *nights("F", "Scaled[3]")], tmp_path)

    (found,) = seen(tmp_path)
    assert {one.track.name: one.letters for one in found.standings} == {"Scaled[2]": "P", "Scaled[3]": "F"}


def test_a_new_patch_goes_on_with_the_history_of_its_minor(tmp_path: Path) -> None:
    """1.9 comes before 1.10, runs without a cluster last."""
    history_files.add([record(1, "P", kubernetes="1.36.3"), record(2, "F", kubernetes="1.36.4")], tmp_path)
    history_files.add([record(1, kubernetes=one) for one in ("1.10.0", "1.9.1", "")], tmp_path)

    found = seen(tmp_path)
    assert [one.minor for one in found] == ["1.9", "1.10", "1.36", "unknown"]
    assert found[2].standings[0].letters == "PF"


def test_runs_are_in_the_order_in_which_they_began(tmp_path: Path) -> None:
    """Not in the order of the files."""
    history_files.add([record(2, "F")], tmp_path)
    history_files.add([record(1, "P")], tmp_path)
    (file,) = tmp_path.glob("1.36/20260801*")
    file.rename(file.with_name("zzz.jsonl"))

    (found,) = seen(tmp_path)
    assert found.standings[0].letters == "PF"


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    """In this test, a folder has the name of a file."""
    (tmp_path / "a.jsonl").mkdir()

    with pytest.raises(SetupTrouble, match=r"a\.jsonl cannot be read"):
        history_reading.read(tmp_path)
