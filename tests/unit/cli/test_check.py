"""`kubelab check`: its arguments, its output and its exit code, with runs whose results the test chooses."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kubelab import cli, exercises
from kubelab.practice import memory
from kubelab.practice.check_cluster import CheckCluster
from kubelab.practice.judging import Hear, Judging, Task
from tests.unit.practice.conftest import exercise, shipped
from tests.unit.practice.fake_runs import FakeRun, Runs

__all__ = ["exercise", "shipped"]
GOOD = "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: rs-mainui}\n"


@pytest.fixture
def work(tmp_path: Path, exercise: exercises.Exercise, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a manifest for the exercise, as the current folder."""
    folder = tmp_path / "work"
    memory.begun(folder, exercise)
    (folder / "rs-lab.yaml").write_text(GOOD)
    (folder / "rs-lab.sh").write_text("kubectl get pods\n")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[FakeRun], None]], Runs]:
    """No cluster, and no schema; each run reports what the test wants."""

    def playing(play: Callable[[FakeRun], None]) -> Runs:
        started = Runs(time.monotonic())

        def start(_ground: CheckCluster, task: Task, hear: Hear) -> Judging:
            made = started.start(task, hear)
            play(started.all[-1])
            return made

        monkeypatch.setattr(CheckCluster, "start", start)
        monkeypatch.setattr(CheckCluster, "schema", lambda _ground, _body: None)
        return started

    return playing


Playing = Callable[[Callable[[FakeRun], None]], Runs]


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(("passed", "code"), [(True, 0), (False, 1)])
def test_the_exit_code_says_whether_all_points_are_reached(
    runs: Playing, *, passed: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the points in words."""
    runs(lambda run: run.judges_all(passed=passed))

    assert cli.main(["check"]) == code
    assert ("3 of 3 points" if passed else "0 of 3 points") in capsys.readouterr().out


@pytest.mark.usefixtures("work")
def test_trouble_is_exit_code_3(runs: Playing, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is graded."""
    runs(lambda run: run.is_over())

    assert cli.main(["check"]) == 3
    assert "? It is there  not graded" in capsys.readouterr().out


def test_another_folder_and_exercise_may_be_named(
    work: Path, runs: Playing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Relative to the current folder, whose settings file is used; the command line takes precedence."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KUBELAB_CONTEXT", raising=False)
    (tmp_path / "pytest.ini").write_text("[pytest]\nlab_context = theirs\nlab_patience = 2\nlab_files = mine/*.feature\n")
    (work / memory.HOME / memory.EXERCISE).unlink()
    started = runs(lambda run: run.judges_all())

    assert cli.main(["check", "--exercise", "rs-lab", "--context", "school", "--detail", "none", "work"]) == 0

    [run] = started.all
    assert run.task.folder == Path("work")
    assert run.task.log == Path("work/.kubelab/check.log")
    assert (run.task.environment["KUBELAB_CONTEXT"], run.task.environment["KUBELAB_PATIENCE"]) == ("school", "2")
    assert capsys.readouterr().out.splitlines()[-1] == "3 of 3 points"


@pytest.mark.parametrize("words", [["ingress/page"], [".", "--exercise", "ingress/page"]], ids=" ".join)
def test_what_runs_in_a_namespace_is_judged_without_files(
    work: Path, runs: Playing, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The exercise may be given instead of a folder."""
    started = runs(lambda run: run.judges_all())

    assert cli.main(["check", *words, "--namespace", "web"]) == 0

    [run] = started.all
    assert (run.task.exercise.name, run.task.namespace, run.task.folder) == ("ingress/page", "web", Path())
    assert capsys.readouterr().out.splitlines()[0] == "A page (ingress/page) in the namespace web"
    assert (work / "rs-lab.yaml").read_text() == GOOD


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "page", "--namespace", "web", "--watch"], 'There are several exercises "page"'),
        (["check", "ingress/page", "--namespace", "web", "--watch"], "--watch checks again when a file is saved"),
        (
            ["check", "--namespace", "web"],
            "controllers/rs_lab is judged in namespaces of its own only: leave out --namespace. These allow it: ",
        ),
        (["check", "rs-lba", "--namespace", "web"], 'There is no exercise "rs-lba". Did you mean rs_lab?'),
        (["check", "nowhere", "--exercise", "ingress/page", "--namespace", "web"], "There is no folder nowhere."),
        (["check", "nowhere"], "There is no folder nowhere. Begin an exercise: kubelab start NAME nowhere"),
        (["check", "rs-lab"], "There is no folder rs-lab. Begin an exercise: kubelab start rs-lab\n"),
        (["check", "--exercise", "rs-lba"], 'There is no exercise "rs-lba".'),
        (["check", ".."], "Which exercise? Begun here: ../work. Check it: kubelab check ../work"),
        (["check", "none"], "none was not begun with kubelab start."),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_invalid_arguments_are_a_usage_error(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2; nothing runs."""
    Path("none").mkdir()

    assert cli.main(words) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("work")
def test_a_folder_that_is_mistyped_is_told_what_was_begun(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the command that checks the folder that exists."""
    monkeypatch.chdir("..")

    assert cli.main(["check", "wrok"]) == 2
    assert "There is no folder wrok. Begun here: work. Check it: kubelab check work" in capsys.readouterr().err


def test_with_watch_each_save_is_checked(work: Path, runs: Playing, capsys: pytest.CaptureFixture[str]) -> None:
    """With the files at that time; Ctrl-C ends it with the last code."""
    started = list[FakeRun]()

    def play(run: FakeRun) -> None:
        started.append(run)
        if len(started) == 1:
            run.judges_all(passed=False)
        elif len(started) == 2:
            vars(run)["go"] = run.judges_all
            (work / "rs-lab.sh").write_text("kubectl get services\n")
        else:
            raise KeyboardInterrupt

    runs(play)

    assert cli.main(["check", "--watch"]) == 0
    out = capsys.readouterr().out
    assert "rs-lab.sh was saved." in out
    assert out.index("0 of 3 points") < out.index("3 of 3 points")
