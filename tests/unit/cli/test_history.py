"""The verb history, from records to the table, the page and the exit code."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kubelab import cli
from kubelab.records import record_files
from kubelab.records.scenario_record import RunFacts, ScenarioRecord

OUTCOMES = {"P": "passed", "F": "failed", "E": "error", "S": "skipped"}


def keep(folder: Path, letters: str, name: str = "It runs", *, kubernetes: str = "1.36.3", days: int = 0, student: str = "") -> Path:
    """Records of one run per day, the newest that number of days old; returns their folder."""
    for number, letter in enumerate(letters):
        began = (datetime.now(UTC) - timedelta(days=days + len(letters) - number - 0.9)).isoformat()
        facts = RunFacts(f"{kubernetes}-{number}", began, "0.1.0", kubernetes)
        file = folder / f"{kubernetes}-{number}-{name}{record_files.SUFFIX}"
        where = (f"features/pods/a.feature::{name}", "features/pods/a.feature", "Pods", "", "pods", name, 3)
        record_files.write(file, ScenarioRecord(*where, OUTCOMES[letter], began, 2.0, facts, student=student))
    return folder


def add(records: Path, history: Path) -> int:
    """Add them; the exit code."""
    return cli.main(["history", "add", str(records), "--to", str(history)])


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """The folder of a history, which does not exist yet."""
    return tmp_path / "history"


@pytest.mark.parametrize(
    ("letters", "days", "code"),
    [("PPPPPPPPPP", 0, 0), ("PPPPPPPPPF", 0, 0), ("PPPPFPPPPP", 0, 0), ("PPPPPFFFFF", 0, 1), ("F", 0, 1), ("PPP", 8, 1), ("PPE", 0, 1)],
)
def test_the_exit_code_is_1_where_something_is_broken_or_stale(letters: str, days: int, code: int, tmp_path: Path, history: Path) -> None:
    """It is 0 if scenarios are only flaky, but not if a run has judged nothing."""
    assert add(keep(tmp_path / "records", letters, days=days), history) == 0

    assert cli.main(["history", str(history)]) == code


def test_help_names_the_exit_codes_and_the_classes(capsys: pytest.CaptureFixture[str]) -> None:
    """And `add` has a help of its own."""
    with pytest.raises(SystemExit):
        cli.main(["history", "--help"])
    text = capsys.readouterr().out
    assert "Exit codes: 0 nothing is broken or stale" in text
    assert all(f"  {kind} " in text for kind in ("broken", "stale", "flaky", "not judged", "new", "passing"))
    with pytest.raises(SystemExit):
        cli.main(["history", "add", "--help"])
    assert "RECORDS" in capsys.readouterr().out


def test_what_was_added_is_reported(tmp_path: Path, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time nothing is added."""
    records = keep(tmp_path / "records", "PF")
    keep(records, "F", "Handed in", kubernetes="1.35.4", student="ann")

    assert add(records, history) == add(records, history) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        f"added to {history}: 2 of 2 results; the others were there",
        "left out: 1 result of submissions, which say nothing about labs",
    ]
    assert said[2] == f"added to {history}: 0 of 2 results; the others were there"


def test_a_folder_without_records_is_trouble(tmp_path: Path, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise a run that recorded nothing would look as if it had been added."""
    assert add(tmp_path / "nothing", history) == 3
    assert "has no records" in capsys.readouterr().err
    assert not history.exists()


def test_a_folder_without_a_history_is_trouble(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not "nothing is broken"."""
    assert cli.main(["history", str(history)]) == 3
    assert f"There is no folder {history}. Begin a history: kubelab history add" in capsys.readouterr().err


def test_a_broken_line_is_trouble(tmp_path: Path, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its file and line."""
    add(keep(tmp_path / "records", "P"), history)
    (file,) = history.rglob("*.jsonl")
    file.write_text(file.read_text() + "broken\n")

    assert cli.main(["history", str(history)]) == 3
    assert f"{file}:2 is not a line of a history" in capsys.readouterr().err


def test_one_version_can_be_chosen(tmp_path: Path, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its minor version or in full; the exit code is about that version alone."""
    keep(tmp_path / "records", "FF")
    add(keep(tmp_path / "records", "PP", kubernetes="1.37.2"), history)
    capsys.readouterr()

    assert [cli.main(["history", str(history), "--kubernetes", one]) for one in ("1.37", "1.37.2", "1.36", "1.30")] == [0, 0, 1, 2]
    said = capsys.readouterr()
    assert said.out.count("Kubernetes 1.37:") == 2
    assert f"{history} has nothing of that; its versions are: 1.36, 1.37" in said.err


def test_what_was_removed_can_be_left_out(tmp_path: Path, history: Path) -> None:
    """It would be stale for ever."""
    keep(tmp_path / "records", "P" * 10)
    add(keep(tmp_path / "records", "P", "Removed", days=9), history)

    assert cli.main(["history", str(history)]) == 1
    assert cli.main(["history", str(history), "--without", "Rem*"]) == 0
    assert cli.main(["history", str(history), "--without", "features/pods/*"]) == 2
    assert cli.main(["history", str(history), "--stale", "20"]) == 0
    assert cli.main(["history", str(history), "--last", "3"]) == 0


@pytest.mark.parametrize("words", [["--last", "0"], ["--stale", "-1"], ["--last", "many"]])
def test_an_invalid_number_is_a_usage_error(words: list[str], history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2."""
    with pytest.raises(SystemExit) as end:
        cli.main(["history", str(history), *words])

    assert end.value.code == 2
    assert "is not a number from 1 on" in capsys.readouterr().err


def test_programs_get_json(tmp_path: Path, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the same values as the table."""
    add(keep(tmp_path / "records", "PPPPFPPPPP"), history)
    capsys.readouterr()

    assert cli.main(["history", str(history), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (version,) = said["kubernetes"]
    (scenario,) = version["scenarios"]
    assert (said["alarm"], version["version"], len(version["runs"])) == (False, "1.36", 10)
    assert {name: scenario[name] for name in ("class", "outcomes", "flips", "of_runs", "flake_rate", "last_failed", "broken_since")} == {
        "class": "flaky",
        "outcomes": "PPPPFPPPPP",
        "flips": 1,
        "of_runs": 10,
        "flake_rate": 0.1,
        "last_failed": 5,
        "broken_since": None,
    }
    assert scenario["interval"] == [0.0179, 0.4042]


def test_the_page_is_written_and_changes_no_verdict(tmp_path: Path, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If it cannot be written, the table is printed all the same."""
    add(keep(tmp_path / "records", "FF"), history)
    page = tmp_path / "reports" / "history.html"

    assert cli.main(["history", str(history), "--html", str(page)]) == 1
    assert page.read_text().startswith("<!DOCTYPE html>")
    capsys.readouterr()
    assert cli.main(["history", str(history), "--html", str(page / "below")]) == 1
    said = capsys.readouterr()
    assert "1 broken" in said.out
    assert said.err.startswith(f"{page / 'below'} could not be written: ")
    assert said.err.count("\n") == 1


def test_a_pipe_gets_no_colours(tmp_path: Path, history: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A terminal does, unless it is configured not to."""
    add(keep(tmp_path / "records", "FF"), history)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    capsys.readouterr()

    cli.main(["history", str(history)])
    assert "\033" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    cli.main(["history", str(history)])
    assert "\033[31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    cli.main(["history", str(history)])
    assert "\033" not in capsys.readouterr().out


def test_github_actions_is_told(tmp_path: Path, history: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In addition to the table; nothing is printed for it elsewhere."""
    add(keep(tmp_path / "records", "PFP"), history)
    for inside in ("false", "true"):
        monkeypatch.setenv("GITHUB_ACTIONS", inside)
        capsys.readouterr()

        assert cli.main(["history", str(history)]) == 0

        assert ("::warning title=flaky on Kubernetes 1.36::" in capsys.readouterr().err) == (inside == "true")


def test_several_folders_are_added_at_once_or_not_at_all(tmp_path: Path, history: Path) -> None:
    """A folder without records stops it before anything is written."""
    one, two = keep(tmp_path / "one", "P"), keep(tmp_path / "two", "P", kubernetes="1.37.2")

    assert cli.main(["history", "add", str(one), str(tmp_path / "none"), "--to", str(history)]) == 3
    assert not history.exists()
    assert cli.main(["history", "add", str(one), str(two), "--to", str(history)]) == 0
    assert {file.parent.name for file in history.rglob("*.jsonl")} == {"1.36", "1.37"}
