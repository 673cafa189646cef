"""The files of --lab-evidence: each failure has a file of its own with a readable name, wherever the feature is."""

from pathlib import Path

import pytest

from tests.plugin.conftest import Folder

SO = "    Then it is not so\n"
"""A sentence that fails."""
SERIAL_AND_PARALLEL = pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])


def evidence(folder: Folder, *words: str) -> dict[str, str]:
    """The text of each file that a run wrote, by its path in the folder of evidence."""
    folder.run("--lab-evidence", "found", *words)
    found = folder.path / "found"
    return {file.relative_to(found).as_posix(): file.read_text(encoding="utf-8") for file in found.rglob("*") if file.is_file()}


def scenarios(*titles: str) -> str:
    """Scenarios that fail."""
    return "".join(f"\n  Scenario: {title}\n{SO}" for title in titles)


def test_a_failure_has_a_file_under_its_features_path(folder: Folder) -> None:
    """It begins with the text of the terminal."""
    folder.feature(scenarios("It fails"), "features/a")

    found = evidence(folder)

    assert list(found) == ["features/a/It-fails.txt"]
    assert found["features/a/It-fails.txt"].startswith("features/a.feature:4  Then it is not so\n  expected   a thing\n")


@pytest.mark.parametrize("sentence", ["Then it is not so", "Then the cluster is gone", "When Python errs"])
def test_trouble_in_the_teardown_leaves_the_failures_file_alone(folder: Folder, sentence: str) -> None:
    """The reason of the failure is in its own file, what could not be undone in another one."""
    folder.feature(f"\n  Scenario: S\n    Given a change that nobody can undo\n    {sentence}\n")

    found = evidence(folder)

    assert sorted(found) == ["a/S.teardown.txt", "a/S.txt"]
    assert "The change stays." in found["a/S.teardown.txt"]
    assert "The change stays." not in found["a/S.txt"]
    assert sentence.split(maxsplit=1)[1] in found["a/S.txt"] or "ZeroDivisionError" in found["a/S.txt"]


@SERIAL_AND_PARALLEL
def test_titles_that_begin_alike_have_files_of_their_own(folder: Folder, workers: list[str]) -> None:
    """However long their common beginning is, and if they differ only in case or punctuation."""
    long = "A deleted Pod of the Deployment comes back with another name and on the same node as the one before it "
    folder.feature(scenarios(long + "once", long + "twice", "It is so", "it is-so", "It is alone"))

    found = evidence(folder, *workers)

    assert len(found) == 5
    assert "a/It-is-alone.txt" in found
    assert all(Path(file).name.startswith(("A-deleted-Pod", "It-is", "it-is")) for file in found)
    assert len({file.casefold() for file in found}) == 5
    assert len({text.splitlines()[0] for text in found.values()}) == 5


@SERIAL_AND_PARALLEL
def test_titles_of_any_script_stay_readable(folder: Folder, workers: list[str]) -> None:
    """Korean as well, and a title without a letter still has a file."""
    folder.feature(scenarios("파드가 다시 생긴다", "파드가 사라진다", "→ !", "→ ?"))

    found = evidence(folder, *workers)

    assert {"a/파드가-다시-생긴다.txt", "a/파드가-사라진다.txt"} < set(found)
    assert len(found) == 4
    assert all(len(Path(file).name.encode()) < 143 for file in found)


def test_a_long_korean_title_fits_into_a_files_name(folder: Folder) -> None:
    """Three bytes per letter."""
    folder.feature(scenarios("파드" * 60, "파드" * 60 + "들"))

    found = evidence(folder)

    assert len(found) == 2
    assert all(len(Path(file).name.encode()) < 143 for file in found)


@SERIAL_AND_PARALLEL
def test_rows_of_an_outline_have_files_of_their_own(folder: Folder, workers: list[str]) -> None:
    """Named by their cells; if the cut names are equal, some digits tell them apart."""
    rows = ["a", "b", "x" * 90 + "1", "x" * 90 + "2"]
    table = "".join(f"      | {row} |\n" for row in rows)
    folder.feature(f'\n  Scenario Outline: Things\n    Given a thing "<n>"\n{SO}    Examples:\n      | n |\n{table}')

    found = evidence(folder, *workers)

    assert {"a/Things-a.txt", "a/Things-b.txt"} < set(found)
    assert len(found) == 4


def test_the_same_file_is_written_however_the_scenario_is_chosen(folder: Folder) -> None:
    """Alone or among all: people compare the two."""
    folder.feature(scenarios("It is so", "it is so!"))

    everything = evidence(folder)
    alone = evidence(folder, "a.feature::it is so!")

    assert len(everything) == 2
    assert set(alone) == set(everything)


@pytest.mark.parametrize("title", ["CON", "nul", "Com1"])
def test_no_name_is_one_that_windows_keeps_for_devices(folder: Folder, title: str) -> None:
    """A teacher on Windows can unpack what a student sends."""
    folder.feature(scenarios(title))

    [file] = evidence(folder)

    assert Path(file).name.startswith(f"{title}-")


@SERIAL_AND_PARALLEL
def test_features_outside_the_root_folder_have_their_files_too(folder: Folder, tmp_path: Path, workers: list[str]) -> None:
    """Also two of the same name; each has its own verdict."""
    handed_in = []
    for student in ("ann", "bob"):
        feature = tmp_path / "outside" / student / "a.feature"
        feature.parent.mkdir(parents=True)
        feature.write_text(f"Feature: Of {student}\n{scenarios('It fails')}")
        (feature.parent / "conftest.py").write_text((folder.path / "conftest.py").read_text())
        handed_in.append(str(feature))

    found = evidence(folder, "--rootdir", str(folder.path), "--import-mode=importlib", *handed_in, *workers)

    assert len(found) == 2
    assert all(file.startswith("outside/a-") and file.endswith("/It-fails.txt") for file in found)


def test_evidence_that_cannot_be_written_changes_no_verdict(folder: Folder) -> None:
    """A file is where the folder should be: the failure is reported as usual, and so is this."""
    folder.feature(scenarios("It fails"))
    (folder.path / "found").write_text("")

    result = folder.run("--lab-evidence", "found")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a.feature:4  Then it is not so", "The evidence could not be written into *found: *"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
