"""The verb grade, from the hand-ins to the files that it writes, with a fake pytest."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kubelab import cli
from kubelab.cli import grade_folder
from kubelab.grading import results_file

ROOT = Path(__file__).parents[3]
FAKE = Path(__file__).with_name("fake_pytest.py")
FEATURE = """\
@exercise @file:web.yaml @kind:Pod
Feature: Exercise: A Pod of your own

  Write a Pod.

  Scenario: It runs
    Then Pod "web" is ready

  @points:2
  Scenario: It has a label

    Hint: metadata.labels

    Then Pod "web" is ready
"""
GOALS = [{"title": "It runs", "line": 6, "points": 1}, {"title": "It has a label", "line": 10, "points": 2}]
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"


@dataclass
class Folder:
    """A folder with an exercise, and with the submissions of a class."""

    path: Path
    monkeypatch: pytest.MonkeyPatch

    @property
    def grades(self) -> Path:
        """The folder that grades are written to."""
        return self.path / "grades"

    def hand_in(self, student: str, said: str) -> None:
        """A Pod of a student, with the result that the fake pytest gives it."""
        file = self.path / "class" / student / "web.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{POD}# {said}\n")

    def words(self, *more: str) -> list[str]:
        """The arguments of the command."""
        return ["grade", str(self.path / "class"), "--features", str(self.path / "features"), "--to", str(self.grades), *more]

    def grade(self, *more: str) -> int:
        """Grade them; the exit code."""
        return cli.main(self.words(*more))

    def points(self, folder: str = "grades") -> dict[str, int | None]:
        """The points in results.json."""
        document = json.loads((self.path / folder / "results.json").read_text())
        return {one["student"]: one["points"] for one in document["grades"]}

    def calls(self) -> list[dict[str, Any]]:
        """The calls of the fake pytest."""
        file = self.path / "state" / "calls"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def runs(self) -> list[str]:
        """The students whose submissions the fake pytest was given last."""
        listed = json.loads((self.grades / "work" / "submissions.json").read_text())["submissions"]
        return [one["student"].rpartition("-")[0] for one in listed]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder with one exercise, and three students."""
    made = Folder(tmp_path, monkeypatch)
    (tmp_path / "features" / "pods").mkdir(parents=True)
    (tmp_path / "features" / "pods" / "own.feature").write_text(FEATURE)
    (tmp_path / "state").mkdir()
    for student, points in (("ann", 2), ("bob", 1), ("cy", 0)):
        made.hand_in(student, f"points: {points}")
    monkeypatch.setattr("kubelab.cli.score_run.PYTEST", (sys.executable, str(FAKE)))
    monkeypatch.setattr("kubelab.cli.score_run.PAUSE", 0.02)
    monkeypatch.setenv("FAKE_GOALS", json.dumps(GOALS))
    monkeypatch.setenv("FAKE_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return made


def compared(file: Path) -> Any:
    """A results.json without what differs from run to run."""
    document = json.loads(file.read_text())
    for one in document["grades"]:
        for objective in one["objectives"]:
            del objective["seen"]
    return document


def test_a_class_is_graded(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Every format is written, and the exit code is 0 whatever the points."""
    assert folder.grade() == 0

    assert folder.points() == {"ann": 3, "bob": 1, "cy": 0}
    said = capsys.readouterr()
    assert "pods/own         3           0           1  1.3 of 3" in said.out
    assert f"{folder.grades}/html/index.html" in said.out
    assert "students: 3 · exercises: 1 · to run: 3 · graded before: 0 · missing or refused: 0" in said.err
    assert "0 of 6 objectives judged" in said.err
    assert {one.name for one in folder.grades.iterdir()} >= {
        "results.json",
        "results.csv",
        "html",
        "gradescope",
        "journal.jsonl",
        "pytest.log",
    }
    assert (folder.grades / "pytest.log").read_text() == "pytest speaks\n"


def test_what_a_failure_says_is_shortened_to_the_students_file(folder: Folder) -> None:
    """The folder above it differs from machine to machine."""
    folder.grade()

    [_, bob, _] = results_file.read(folder.grades).grades
    assert bob.marks[1].sentence == "pods/own.feature:10  Then it is so"
    assert bob.marks[1].cause == "web.yaml: spec.replicas"


def test_pytest_is_called_for_all_of_them_at_once(folder: Folder) -> None:
    """With nothing from the folder of the student's files, and without settings that would change how it runs."""
    folder.monkeypatch.setenv("PYTEST_ADDOPTS", "-x")
    (folder.path / "pytest.ini").write_text("[pytest]\nlab_patience = 2\nlab_name = other\n")

    folder.grade("--jobs", "3", "--context", "school")

    [call] = folder.calls()
    words, environment = call["words"], call["environment"]
    assert words[0] == str(folder.path / "features" / "pods" / "own.feature")
    assert words[-4:] == ["-n", "3", "--dist", "worksteal"]
    assert {"no:cacheprovider", "--maxfail=0"} < set(words)
    assert "PYTEST_ADDOPTS" not in environment
    assert environment["PYTHONSAFEPATH"] == "1"
    assert (environment["KUBELAB_PATIENCE"], environment["KUBELAB_NAME"], environment["KUBELAB_CONTEXT"]) == ("2", "other", "school")


def test_missing_and_refused_hand_ins_have_no_points(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """With the message; nothing of it is run."""
    (folder.path / "class" / "dee").mkdir()
    folder.hand_in("eve", "points: 2")
    (folder.path / "class" / "eve" / "web.yaml").write_text(f"{POD}spec:\n  hostNetwork: true\n")

    assert folder.grade() == 0

    assert folder.points() == {"ann": 3, "bob": 1, "cy": 0, "dee": 0, "eve": 0}
    assert folder.runs() == ["ann", "bob", "cy"]
    [dee, eve] = results_file.read(folder.grades).grades[3:]
    assert "web.yaml" in dee.refusals[0]
    assert "hostNetwork" in eve.refusals[0]
    assert "missing or refused: 2" in capsys.readouterr().err


def test_trouble_is_tried_again_and_then_not_graded(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1; the same command grades what is left."""
    folder.hand_in("bob", "points: 1\n# trouble: 1")
    folder.hand_in("cy", "points: 1\n# trouble: 2")

    assert folder.grade() == 1
    assert folder.points() == {"ann": 3, "bob": 1, "cy": None}
    assert len(folder.calls()) == 2
    assert "cy, pods/own: no cluster" in capsys.readouterr().out

    assert folder.grade() == 0
    assert folder.points() == {"ann": 3, "bob": 1, "cy": 1}
    assert folder.runs() == ["cy"]


def test_where_nothing_that_was_run_is_graded_it_is_trouble(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, even if some were refused; for merged results the text says which commands grade them."""
    for student in ("ann", "bob", "cy"):
        folder.hand_in(student, "points: 1\n# trouble: 2")
    (folder.path / "class" / "dee").mkdir()

    assert folder.grade() == 3
    assert folder.points() == {"ann": None, "bob": None, "cy": None, "dee": 0}
    assert "The same command grades what is left." in capsys.readouterr().out

    assert cli.main(["grade", "--merge", str(folder.grades), "--to", "merged"]) == 3
    assert "Grade what is left with the commands that wrote these folders, then merge them again." in capsys.readouterr().out


def test_only_changed_submissions_are_run_again(folder: Folder) -> None:
    """In a graded class; all of them with --fresh, or if the exercise changes."""
    folder.grade()
    folder.grade()
    assert len(folder.calls()) == 1

    folder.hand_in("cy", "points: 2")
    folder.grade()
    assert (folder.runs(), folder.points()["cy"]) == (["cy"], 3)

    folder.grade("--fresh")
    assert folder.runs() == ["ann", "bob", "cy"]

    (folder.path / "features" / "pods" / "own.feature").write_text(FEATURE + "\n# changed\n")
    folder.grade()
    assert (len(folder.calls()), folder.runs()) == (4, ["ann", "bob", "cy"])


def test_a_run_that_dies_in_the_middle_is_gone_on_with(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """What it has not judged is run once more, and is then not graded."""
    folder.monkeypatch.setenv("FAKE_DIES", "1")

    assert folder.grade() == 1

    assert folder.points() == {"ann": 3, "bob": 1, "cy": None}
    assert "cy, pods/own: pytest ended with exit code 3 before this was judged: see pytest.log" in capsys.readouterr().out


def test_a_run_that_dies_at_once_is_told_with_its_last_words(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, and no results."""
    folder.monkeypatch.setenv("FAKE_DIES", "0")

    assert folder.grade() == 3

    assert "pytest ended with exit code 3 and judged nothing" in (said := capsys.readouterr().err)
    assert "INTERNALERROR> out of memory" in said
    assert not (folder.grades / "results.json").exists()


def test_shards_that_are_merged_equal_one_run(folder: Folder) -> None:
    """Apart from what was seen; the shard's number may come from an Indexed Job."""
    folder.grade()
    for number in ("1", "2"):
        assert folder.grade("--shard", f"{number}/2", "--to", f"shard{number}") == 0
    folder.monkeypatch.setenv("JOB_COMPLETION_INDEX", "1")
    assert folder.grade("--shard", "/2", "--to", "indexed") == 0

    assert cli.main(["grade", "--merge", "shard2", "shard1", "--to", "merged"]) == 0

    assert (folder.points("shard1"), folder.points("shard2")) == ({"ann": 3, "cy": 0}, {"bob": 1})
    assert compared(folder.path / "merged" / "results.json") == compared(folder.grades / "results.json")
    assert compared(folder.path / "indexed" / "results.json") == compared(folder.path / "shard2" / "results.json")
    assert (folder.path / "merged" / "html" / "index.html").exists()


def test_an_exercise_that_nobody_handed_in_is_left_out(folder: Folder) -> None:
    """Unless it was named; the same in every shard."""
    other = FEATURE.replace("web.yaml", "other.yaml").replace("A Pod of your own", "Another one")
    (folder.path / "features" / "pods" / "other.feature").write_text(other)

    folder.grade()
    folder.grade("--exercise", "other", "--exercise", "pods/own", "--to", "both")

    assert [one.name for one in results_file.read(folder.grades).exercises] == ["pods/own"]
    both = results_file.read(folder.path / "both")
    assert [one.name for one in both.exercises] == ["pods/other", "pods/own"]
    assert {one.points for one in both.grades if one.exercise == "pods/other"} == {0}


def test_a_class_of_archives_from_moodle_is_graded(folder: Folder) -> None:
    """The names are the students'."""
    downloads = folder.path / "moodle"
    downloads.mkdir()
    for number, student in enumerate(("Ann Lee", "Bob Ray")):
        home = downloads / f"{student}_12345{number}_assignsubmission_file_"
        home.mkdir()
        with zipfile.ZipFile(home / "handin.zip", "w") as archive:
            archive.writestr("web.yaml", f"{POD}# points: {number + 1}\n")
            archive.writestr("conftest.py", "raise SystemExit")

    assert cli.main(["grade", str(downloads), "--features", str(folder.path / "features"), "--to", "moodle-grades"]) == 0

    assert folder.points("moodle-grades") == {"Ann Lee": 1, "Bob Ray": 3}
    assert not [*(folder.path / "moodle-grades").rglob("conftest.py")]


@pytest.mark.parametrize("name", ["a::b", "Zoë [x] 李", "=1+1", "--lab-score"])
def test_a_student_may_have_any_name(folder: Folder, name: str) -> None:
    """It does not affect anybody else's grade."""
    folder.hand_in(name, "points: 2")

    assert folder.grade() == 0
    assert folder.points() == {"ann": 3, "bob": 1, "cy": 0, name: 3}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a folder of submissions, or with --merge"),
        (["class", "--merge", "a"], "name a folder of submissions, or with --merge"),
        (["class", "--exercise", "pods/onw"], 'There is no exercise "pods/onw". Did you mean own?'),
        (["class", "--shard", "4/3"], "there is no shard 4 of 3"),
        (["class", "--jobs", "0"], "--jobs takes a number from 1 on"),
        (["class", "--to", "class/grades"], "class/grades lies in class, from which is read"),
        (["class", "--to", "."], ". is not empty, and kubelab grade has not written it"),
        (["class", "--to", "features/pods/own.feature"], "features/pods/own.feature is not a folder"),
        (["class", "--features", "class"], "there are no exercises below class"),
        (["--merge", "class", "--to", "class"], "class lies in class, from which is read"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_invalid_arguments_are_reported(folder: Folder, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    """Exit code 2, and nothing is touched."""
    default = [] if "--features" in words or "--merge" in words else ["--features", "features"]

    with pytest.raises(SystemExit) as end:
        cli.main(["grade", *words, *default])

    assert end.value.code == 2
    assert said in capsys.readouterr().err
    assert not folder.grades.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "nowhere: this folder cannot be read"),
        (["state"], "state: there are no submissions here"),
        (["nobody"], "Nobody in nobody has handed in a file that an exercise asks for.\nThey ask for: web.yaml"),
        (["--merge", "nobody"], "nobody/results.json cannot be read: No such file or directory"),
    ],
    ids=str,
)
def test_trouble_is_told(folder: Folder, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    """Exit code 3."""
    (folder.path / "nobody" / "ann").mkdir(parents=True)

    assert cli.main(["grade", *words, *([] if "--merge" in words else ["--features", "features"])]) == 3
    assert said in capsys.readouterr().err


def test_two_commands_do_not_write_into_one_folder(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    """The second one is refused."""
    with grade_folder.held(folder.grades):
        assert folder.grade() == 3

    assert f"Another kubelab grade writes into {folder.grades}." in capsys.readouterr().err


@contextlib.contextmanager
def started(folder: Folder) -> Iterator[subprocess.Popen[str]]:
    """The command in a separate process, once the fake pytest hangs."""
    code = f"import sys; from kubelab import cli; from kubelab.cli import score_run; score_run.PYTEST = {(sys.executable, str(FAKE))!r}; "
    words = [sys.executable, "-c", f"{code}sys.exit(cli.main({folder.words()!r}))"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}"}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        log, end = folder.grades / "pytest.log", time.monotonic() + 60
        while "hanging" not in (log.read_text() if log.exists() else ""):
            assert time.monotonic() < end, process.communicate(timeout=5)
            time.sleep(0.05)
        yield process


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_keeps_what_was_judged(folder: Folder, number: signal.Signals, code: int) -> None:
    """The run may clean up, and the same command resumes."""
    folder.hand_in("bob", "hang: yes")
    with started(folder) as process:
        process.send_signal(number)
        _, said = process.communicate(timeout=60)

    assert process.returncode == code
    assert f"Stopped. What was judged so far is in {folder.grades}: the same command goes on from there." in said
    assert "cleared away" in (folder.grades / "pytest.log").read_text()

    folder.hand_in("bob", "points: 1")
    assert folder.grade() == 0
    assert folder.runs() == ["bob", "cy"]
    assert folder.points() == {"ann": 3, "bob": 1, "cy": 0}
