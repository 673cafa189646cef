"""The command by which pytest judges: the same for every folder, whatever settings people have for runs of their own."""

import os
import sys
from pathlib import Path
from queue import SimpleQueue

import pytest

from kubelab.exercises import Exercise
from kubelab.practice.judging import PytestJudging, Task, command


def test_the_command_names_everything_that_counts(exercise: Exercise, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings file, the folders of the exercise, no other plugins; paths that do not depend on the current folder."""
    monkeypatch.chdir(work.parent)
    words = command(Task(exercise, Path("work"), Path("log"), {}), "/dev/fd/7")

    root = exercise.feature.parents[2]
    assert words[:5] == [sys.executable, "-P", "-m", "pytest", str(exercise.feature)]
    assert words[words.index("-c") + 1] == os.devnull
    assert {f"--rootdir={root}", f"--confcutdir={root}", f"--lab-solutions={work}", "--lab-score=/dev/fd/7"} <= set(words)
    assert not any(word.startswith("--lab-namespace") for word in words)
    assert "--lab-namespace=web" in command(Task(exercise, Path("work"), Path("log"), {}, "web"), "/dev/fd/7")
    assert [words[at + 1] for at, word in enumerate(words) if word == "-p"][:3] == [
        "kubelab.plugin.holding",
        "pytest_bdd.plugin",
        "kubelab.plugin",
    ]


def test_an_exercise_elsewhere_has_its_own_folder_as_root(exercise: Exercise, work: Path) -> None:
    """Its conftest may be there."""
    own = Exercise("mine", work / "mine.feature", "T", "", ("a.yaml",), (), exercise.objectives)

    assert f"--rootdir={work}" in command(Task(own, work, work / "log", {}), "/dev/fd/7")


PRETENDER = """\
import os, sys
waits_at, writes_to = map(int, os.environ["KUBELAB_PIPES"].split())
os.write(writes_to, b"ready\\n")
said = os.read(waits_at, 1)
theirs = {'PYTEST_ADDOPTS', 'KUBELAB_FILES', 'KUBELAB_SCORE', 'KUBELAB_SOLUTIONS', 'MINE'}
os.write(writes_to, f"{said} {sorted(set(os.environ) & theirs)} {os.environ['PYTEST_PLUGINS']}\\n".encode())
print("to the log")
"""


@pytest.fixture
def task(exercise: Exercise, work: Path, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A task for which a short program runs instead of pytest."""
    monkeypatch.setattr("kubelab.practice.judging.command", lambda _task, _score: [sys.executable, "-c", PRETENDER])
    theirs = {"PYTEST_ADDOPTS": "-x", "PYTEST_PLUGINS": "mine", "KUBELAB_FILES": "mine/*.feature", "KUBELAB_PIPES": "8 9"}
    environment = {**os.environ, **theirs, "KUBELAB_SCORE": "score", "KUBELAB_SOLUTIONS": "solutions", "MINE": "1"}
    return Task(exercise, work, work / "log", environment)


def test_a_run_waits_for_its_go_and_is_heard_line_by_line(task: Task) -> None:
    """To its end, then None; its output goes to the log; the log of an earlier run is another file."""
    task.log.write_text("older")
    heard = list[str | None]()

    run = PytestJudging(task, lambda _run, line: heard.append(line))
    run.go()
    run.await_end()

    assert heard == ["ready\n", "b'g' ['MINE'] \n", None]
    assert task.log.read_text() == "to the log\n"


def test_a_run_that_never_gets_its_go_is_ended(task: Task) -> None:
    """A second request has no effect; a go that comes too late does no harm."""
    heard = list[str | None]()
    run = PytestJudging(task, lambda _run, line: heard.append(line))

    run.end()
    run.end()
    run.await_end()

    assert heard in ([None], ["ready\n", None])


def test_a_run_that_does_not_clear_up_is_ended_by_force(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """When its time is up."""
    monkeypatch.setattr("kubelab.practice.judging.CLEARING", 0.5)
    heard = SimpleQueue[str | None]()

    run = PytestJudging(task, lambda _run, line: heard.put(line))
    assert heard.get(timeout=60) == "ready\n"
    run.await_end()

    assert heard.get(timeout=60) is None
