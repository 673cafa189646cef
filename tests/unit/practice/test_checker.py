"""A folder under check: what runs, what is reported and what is remembered, whatever a run does."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from kubelab.client.schema import Schema
from kubelab.exercises import Exercise
from kubelab.practice import memory
from kubelab.practice.checker import STALE, WAIT, Checker
from kubelab.practice.judging import Task
from kubelab.practice.screen import Screen
from kubelab.practice.tally import ALL, PART, TROUBLE

from .fake_runs import Runs, said

GOOD = "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: rs-mainui}\n"
TITLE = "Two Pods, then one (controllers/rs_lab)"


@pytest.fixture
def runs() -> Runs:
    """No runs yet."""
    return Runs()


@pytest.fixture
def checker(exercise: Exercise, work: Path, runs: Runs) -> Checker:
    """Of a folder with both files."""
    (work / "rs-lab.yaml").write_text(GOOD)
    (work / "rs-lab.sh").write_text("kubectl scale rs rs-mainui --replicas=1\n")
    screen = Screen(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    task = Task(exercise, work, memory.home(work) / memory.LOG, {})
    made = Checker(task, runs.start, lambda _run, _line: None, screen, clock=runs.clock)
    made.hear = made.heed
    return made


def told(checker: Checker) -> list[str]:
    """The output so far."""
    stream = checker.screen.stream
    assert isinstance(stream, io.TextIOWrapper)
    return said(stream)


def remembered(checker: Checker) -> memory.Found | None:
    """What the folder remembers of the exercise."""
    return memory.last(checker.task.folder, checker.task.exercise)


def test_right_files_get_all_points(checker: Checker, runs: Runs) -> None:
    """Each objective is printed as soon as it is judged; the result is remembered with the digest of the files."""
    checker.begin()
    [run] = runs.all
    run.judges("It is there")
    first = told(checker)
    run.judges("Scaled in")
    run.is_over()

    assert run.done == ["go", "await"]
    assert first == [TITLE, "✓ It is there  2 of 2"]
    assert told(checker) == [*first, "✓ Scaled in    1 of 1", "3 of 3 points"]
    assert checker.code == ALL
    found = remembered(checker)
    assert found is not None
    assert (found.is_done, found.digest) == (True, memory.digest(checker.task.folder, checker.task.exercise))


def test_a_wait_for_another_run_is_told_once(checker: Checker, runs: Runs) -> None:
    """In each check, and only for the run that judges."""
    checker.begin()
    runs.all[0].says_waiting()
    runs.all[0].says_waiting()
    runs.all[0].judges_all()
    runs.all[0].says_waiting()
    checker.begin()
    runs.all[1].says_waiting()

    assert told(checker) == [TITLE, WAIT, "✓ It is there  2 of 2", "✓ Scaled in    1 of 1", "3 of 3 points", TITLE, WAIT]


def test_a_failure_is_told_in_short(checker: Checker, runs: Runs) -> None:
    """And remembered."""
    checker.begin()
    runs.all[0].judges("It is there", passed=False, cause="spec.replicas is 3", hint="Count them")
    runs.all[0].judges("Scaled in")
    runs.all[0].is_over()

    assert told(checker)[3:] == ["1 of 3 points", "", "It is there", "  why        spec.replicas is 3", "  hint       Count them"]
    assert checker.code == PART
    found = remembered(checker)
    assert found is not None
    assert (found.points, dict(found.outcomes)) == (1, {"It is there": "failed", "Scaled in": "passed"})


def test_trouble_is_not_remembered(checker: Checker, runs: Runs) -> None:
    """Nor does it count as zero points; an objective that was not judged is not graded."""
    checker.begin()
    runs.all[0].judges("It is there")
    runs.all[0].is_over()

    assert told(checker)[1:3] == ["✓ It is there  2 of 2", "? Scaled in    not graded"]
    assert told(checker)[-1] == "  why        the run ended before it was judged"
    assert checker.code == TROUBLE
    assert remembered(checker) is None


def test_a_run_that_judged_nothing_is_told_by_its_last_words(checker: Checker, runs: Runs) -> None:
    """From its log."""
    checker.begin()
    checker.task.log.write_text("\n".join(f"line {number}" for number in range(20)))
    runs.all[0].is_over()

    assert told(checker)[-16:] == [
        f"pytest judged nothing. It said last ({checker.task.log}):",
        *(f"  line {number}" for number in range(5, 20)),
    ]


def test_nothing_runs_for_a_mistake(checker: Checker, runs: Runs) -> None:
    """No points are remembered."""
    (checker.task.folder / "rs-lab.yaml").write_text(GOOD.replace("apps/v1", "v1"))

    checker.begin()

    assert runs.all == []
    assert told(checker)[1].startswith('✗ rs-lab.yaml:1: ReplicaSet "rs-mainui": there is no ReplicaSet in v1')
    assert checker.code == PART
    found = remembered(checker)
    assert found is not None
    assert (found.points, found.of) == (0, 3)


def test_an_unknown_field_lets_the_run_wait_on(checker: Checker, runs: Runs) -> None:
    """The prepared run is for the files after the next save."""
    checker.schemas = lambda _body: Schema({}, {"properties": {"apiVersion": {}, "metadata": {}}})

    checker.begin()
    (checker.task.folder / "rs-lab.yaml").unlink()
    checker.begin()

    [run] = runs.all
    assert run.done == ["go"]
    assert 'ReplicaSet "rs-mainui": kind is not a field of this kind.' in told(checker)[1]


def test_blank_files_are_told_and_nothing_runs(checker: Checker, runs: Runs) -> None:
    """If one of them has some text, it is judged."""
    (checker.task.folder / "rs-lab.sh").write_text("# later\n")
    checker.begin()
    (checker.task.folder / "rs-lab.yaml").write_text("")
    checker.begin()

    assert [run.done for run in runs.all] == [["go", "end"]]
    assert told(checker) == [
        TITLE,
        "rs-lab.sh has nothing in it yet.",
        TITLE,
        "rs-lab.yaml has nothing in it yet.",
        "rs-lab.sh has nothing in it yet.",
    ]
    assert checker.code == PART


def test_a_check_of_older_files_is_ended(checker: Checker, runs: Runs) -> None:
    """Its further output is ignored; at the end every living run is ended and awaited."""
    checker.begin()
    was_current = checker.is_current
    (checker.task.folder / "rs-lab.sh").write_text("kubectl get pods\n")
    is_current = checker.is_current
    checker.begin()
    runs.all[0].judges("It is there", passed=False)
    runs.all[0].is_over()
    runs.all[1].judges_all()
    checker.prepare_next()
    checker.close()

    assert (was_current, is_current) == (True, False)
    assert [run.done for run in runs.all] == [["go", "end", "await"], ["go", "await"], ["end", "await"]]
    assert told(checker)[2:] == ["✓ It is there  2 of 2", "✓ Scaled in    1 of 1", "3 of 3 points"]


def test_a_run_that_has_waited_too_long_to_judge_gets_a_second_try(checker: Checker, runs: Runs) -> None:
    """Only once, by a new run, whose result counts."""
    checker.prepare()
    runs.now = STALE + 1
    checker.begin()
    runs.all[0].judges("It is there", outcome="not graded", passed=False)
    runs.all[0].is_over()
    again = told(checker)[-1]
    runs.all[1].judges("It is there")
    runs.all[1].is_over()

    assert again == "The run that had been prepared could not judge everything. Once more, with a new one:"
    assert [run.done for run in runs.all] == [["go", "await"], ["go", "await"]]
    assert told(checker)[-6:-3] == ["✓ It is there  2 of 2", "? Scaled in    not graded", "2 of 2 points; the rest is not graded"]
    assert checker.code == TROUBLE


def test_a_run_that_ends_before_it_is_needed_is_not_made_again_and_again(checker: Checker, runs: Runs) -> None:
    """The next check starts a new one, and reports its result."""
    checker.prepare_next()
    runs.all[0].is_over()
    checker.prepare_next()
    invited = checker.invites
    checker.begin()
    checker.prepare_next()

    assert invited
    assert [run.done for run in runs.all] == [["await"], ["go"]]


OWN = "needs a namespace of its own: kubelab check rs_lab"


def test_what_runs_already_is_judged_without_the_files(checker: Checker, runs: Runs) -> None:
    """The files are not read, and nothing is remembered: the memory is about files."""
    checker.task = replace(checker.task, namespace="web")
    (checker.task.folder / "rs-lab.yaml").write_text("kind: [")
    (checker.task.folder / "rs-lab.sh").unlink()

    checker.begin()
    [run] = runs.all
    run.judges("It is there")
    run.judges("Scaled in", passed=False, outcome="not graded", cause=OWN)
    run.is_over()

    assert run.done[0] == "go"
    assert told(checker) == [
        f"{TITLE} in the namespace web",
        "✓ It is there  2 of 2",
        f"· Scaled in    {OWN}",
        "2 of 2 points",
    ]
    assert checker.code == ALL
    assert remembered(checker) is None


@pytest.mark.parametrize(
    ("passed", "outcome", "code"),
    [(False, "failed", PART), (False, "not graded", TROUBLE)],
)
def test_of_what_runs_already_the_code_is_that_of_what_is_judged(
    checker: Checker, runs: Runs, *, passed: bool, outcome: str, code: int
) -> None:
    """Trouble stays trouble."""
    checker.task = replace(checker.task, namespace="web")

    checker.begin()
    [run] = runs.all
    run.judges("It is there", passed=passed, outcome=outcome, cause="the API server does not answer")
    run.judges("Scaled in", passed=False, outcome="not graded", cause=OWN)
    run.is_over()

    assert checker.code == code


def test_where_nothing_can_be_judged_nothing_is_green(checker: Checker, runs: Runs) -> None:
    """Each objective needs a namespace of its own."""
    checker.task = replace(checker.task, namespace="web")

    checker.begin()
    [run] = runs.all
    for title in ("It is there", "Scaled in"):
        run.judges(title, passed=False, outcome="not graded", cause=OWN)
    run.is_over()

    assert checker.code == TROUBLE
