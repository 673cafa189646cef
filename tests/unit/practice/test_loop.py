"""One check, and one after every save: the order of events."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kubelab.errors import SetupTrouble
from kubelab.exercises import Exercise
from kubelab.practice import loop, memory
from kubelab.practice.checker import FRESH, Checker
from kubelab.practice.judging import Hear, Judging, Task
from kubelab.practice.loop import INVITATION, Inbox
from kubelab.practice.screen import Screen

from .fake_runs import FakeRun, Runs, said

GOOD = "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: rs-mainui}\n"
Play = Callable[[FakeRun, int], None]


class Stage(Runs):
    """Runs that act as the test wants, each as soon as it is started; the number says which one it is."""

    def __init__(self, play: Play) -> None:
        super().__init__()
        self.play = play

    def start(self, task: Task, hear: Hear) -> Judging:
        """Another run, which acts at once."""
        made = super().start(task, hear)
        self.play(self.all[-1], len(self.all))
        return made


def checker(exercise: Exercise, work: Path, stage: Stage, inbox: Inbox) -> Checker:
    """Of a folder with a manifest in it."""
    (work / "rs-lab.yaml").write_text(GOOD)
    screen = Screen(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    return Checker(Task(exercise, work, memory.home(work) / memory.LOG, {}), stage.start, inbox.hear, screen, clock=stage.clock)


def told(checker: Checker) -> list[str]:
    """The output of the check."""
    stream = checker.screen.stream
    assert isinstance(stream, io.TextIOWrapper)
    return said(stream)


@contextmanager
def nobody_saves(_tell: Callable[[str | SetupTrouble], None]) -> Iterator[None]:
    """A watcher that reports no save."""
    yield


@pytest.mark.parametrize(("passed", "code"), [(True, 0), (False, 1)])
def test_a_check_ends_when_everything_is_judged(exercise: Exercise, work: Path, *, passed: bool, code: int) -> None:
    """With its exit code; no further run is prepared."""
    stage, inbox = Stage(lambda run, _: run.judges_all(passed=passed)), Inbox()

    assert loop.once(checker(exercise, work, stage, inbox), inbox) == code
    assert [run.done for run in stage.all] == [["go", "await"]]


def test_a_check_that_cannot_go_on_leaves_no_run(exercise: Exercise, work: Path) -> None:
    """It is ended and awaited."""
    stage, inbox = Stage(lambda _run, _number: None), Inbox()
    inbox.events.put(SetupTrouble("it is over"))

    with pytest.raises(SetupTrouble, match="it is over"):
        loop.once(checker(exercise, work, stage, inbox), inbox)
    assert [run.done for run in stage.all] == [["go", "end", "await"]]


def test_every_save_is_a_check_until_ctrl_c(exercise: Exercise, work: Path) -> None:
    """The next run is prepared while nothing is judged; the output says when it is ready; the last code is the exit code."""
    inbox = Inbox()

    def play(run: FakeRun, number: int) -> None:
        if number == 1:
            run.judges_all(passed=False)
        elif number == 2:
            run.says_ready()
            (work / "rs-lab.sh").write_text("kubectl get pods\n")
            inbox.events.put("rs-lab.sh")
            run.judges_all()
        else:
            raise KeyboardInterrupt

    stage = Stage(play)
    made = checker(exercise, work, stage, inbox)

    assert loop.watch(made, inbox, nobody_saves) == 0
    lines = told(made)
    assert lines[lines.index(INVITATION) :] == [
        INVITATION,
        "",
        "rs-lab.sh was saved.",
        "Two Pods, then one (controllers/rs_lab)",
        "✓ It is there  2 of 2",
        "✓ Scaled in    1 of 1",
        "3 of 3 points",
        "",
    ]
    assert [run.done for run in stage.all[:2]] == [["go", "await"], ["go", "await"]]


def test_a_save_without_a_change_does_not_stop_what_is_judged(exercise: Exercise, work: Path) -> None:
    """Some editors save twice."""
    inbox = Inbox()

    def play(run: FakeRun, number: int) -> None:
        if number > 1:
            raise KeyboardInterrupt
        inbox.events.put("rs-lab.yaml")
        run.judges_all()

    stage = Stage(play)

    assert loop.watch(checker(exercise, work, stage, inbox), inbox, nobody_saves) == 0
    assert stage.all[0].done == ["go", "await"]


def test_a_save_in_the_midst_begins_anew(exercise: Exercise, work: Path) -> None:
    """The run of the older files is ended at once, and awaited at the end."""
    inbox = Inbox()

    def play(run: FakeRun, number: int) -> None:
        if number == 1:
            run.judges("It is there", passed=False)
            inbox.events.put("rs-lab.yaml")
        elif number == 2:
            run.judges_all()
        else:
            raise KeyboardInterrupt

    stage = Stage(play)
    made = checker(exercise, work, stage, inbox)

    def heard_late(judging: Judging, line: str | None) -> None:
        inbox.hear(judging, line)
        (work / "rs-lab.sh").write_text(f"kubectl get pods # {len(stage.all)}\n")

    made.hear = heard_late

    assert loop.watch(made, inbox, nobody_saves) == 0
    assert stage.all[0].done == ["go", "end", "end", "await"]
    assert stage.all[1].done == ["go", "await"]


def test_a_run_that_waits_for_too_long_is_renewed(exercise: Exercise, work: Path) -> None:
    """Its token would expire."""
    inbox = Inbox()

    def play(run: FakeRun, number: int) -> None:
        if number == 1:
            run.judges_all()
        elif number == 2:
            stage.now += FRESH
        else:
            raise KeyboardInterrupt

    stage = Stage(play)

    assert loop.watch(checker(exercise, work, stage, inbox), inbox, nobody_saves) == 0
    assert [run.done for run in stage.all[:2]] == [["go", "await"], ["end", "end", "await"]]


def test_an_error_of_the_watcher_is_reported(exercise: Exercise, work: Path) -> None:
    """And the check ends."""
    inbox = Inbox()
    stage = Stage(lambda run, _: run.judges_all())

    @contextmanager
    def no_saves(tell: Callable[[str | SetupTrouble], None]) -> Iterator[None]:
        tell(SetupTrouble("The folder cannot be watched"))
        yield

    with pytest.raises(SetupTrouble, match="cannot be watched"):
        loop.watch(checker(exercise, work, stage, inbox), inbox, no_saves)
