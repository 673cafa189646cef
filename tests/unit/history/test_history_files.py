"""The files of a history: append-only, and merged by copying."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kubelab.errors import SetupTrouble
from kubelab.history import history_files
from kubelab.history.history_files import Added

from .nights import nights, record, seen


def files(folder: Path) -> dict[str, str]:
    """The text of each file below the folder, by path."""
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_each_run_and_version_has_a_file(tmp_path: Path) -> None:
    """With a line for each scenario; no other file is left."""
    added = history_files.add([*nights("PF"), *nights("P.", "Another"), *nights("P", kubernetes="1.37.2")], tmp_path)

    assert added == Added(4, 0, 0)
    assert [(name.rpartition("-")[0], text.count("\n")) for name, text in files(tmp_path).items()] == [
        ("1.36/20260801T021704Z-run-1", 2),
        ("1.36/20260802T021704Z-run-2", 1),
        ("1.37/20260801T021704Z-run-1", 1),
    ]


def test_adding_twice_adds_nothing(tmp_path: Path) -> None:
    """Not a single byte."""
    history_files.add(nights("PF"), tmp_path)
    before = files(tmp_path)

    assert history_files.add(nights("PF"), tmp_path) == Added(0, 2, 0)
    assert files(tmp_path) == before


def test_what_comes_later_does_not_change_what_is_there(tmp_path: Path) -> None:
    """Further scenarios of the same run go into another file."""
    history_files.add(nights("P"), tmp_path)
    before = files(tmp_path)

    assert history_files.add([*nights("P"), *nights("F", "Another")], tmp_path) == Added(1, 1, 0)
    assert before.items() < files(tmp_path).items()
    assert len(files(tmp_path)) == 2


def test_folders_merge_by_copying(tmp_path: Path) -> None:
    """In either order, even if both have the same files: the result is as if one machine had kept all."""
    parts = {"one": [*nights("PF"), *nights("PP", "Another")], "two": [*nights("PF"), *nights("PF", kubernetes="1.37.2")]}
    for name, records in parts.items():
        history_files.add(records, tmp_path / name)
    history_files.add([*parts["one"], *parts["two"]], tmp_path / "all")
    for order in (["one", "two"], ["two", "one"]):
        for name in order:
            shutil.copytree(tmp_path / name, tmp_path / "-".join(order), dirs_exist_ok=True)

        assert seen(tmp_path / "-".join(order)) == seen(tmp_path / "all")


def test_a_submission_says_nothing_about_a_lab(tmp_path: Path) -> None:
    """It is counted, and left out; a folder with nothing else is a mistake."""
    assert history_files.add([record(), record(letter="F", student="ann")], tmp_path / "both") == Added(1, 0, 1)
    with pytest.raises(SetupTrouble, match="All records are of submissions"):
        history_files.add([record(letter="F", student="ann")], tmp_path / "none")


def test_what_no_cluster_told_counts_to_the_version_of_its_run(tmp_path: Path) -> None:
    """The record of a scenario whose worker crashed has no version, but others of the run have one."""
    history_files.add([record(), record(letter="E", name="Crashed", kubernetes="")], tmp_path)

    (found,) = seen(tmp_path)
    assert (found.minor, [one.track.name for one in found.standings]) == ("1.36", ["Crashed", "It runs"])


def test_a_run_without_a_cluster_has_no_version(tmp_path: Path) -> None:
    """It is listed on its own, and does not count as an alarm for labs that work on a version."""
    history_files.add([*nights("EE", kubernetes="")], tmp_path)

    (found,) = seen(tmp_path, at=99)
    assert (found.minor, found.name, found.alarm) == ("unknown", "No cluster", False)
    assert dict(found.counts) == {"not judged": 1}


@pytest.mark.parametrize("run", ["../../etc/passwd", "a/b\\c", "", "x" * 300, "[a]*?", "ü"])
def test_the_name_of_a_file_is_safe(run: str, tmp_path: Path) -> None:
    """Whatever a run's or a version's name is."""
    changed = replace(record(kubernetes=f"../{run}/x"), run=replace(record().run, run=run or " ", kubernetes=f"../../{run}"))

    history_files.add([changed], tmp_path / "history")

    assert len(files(tmp_path)) == 1
    assert all(name.startswith("history/") and len(name) < 160 for name in files(tmp_path))
    assert history_files.add([changed], tmp_path / "history").written == 0


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """Keeping the records is the command's only purpose."""
    (tmp_path / "history").write_text("a file")

    with pytest.raises(OSError, match="history"):
        history_files.add(nights("P"), tmp_path / "history")
