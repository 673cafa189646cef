"""A student's folder is checked by real runs of pytest on a fake cluster, prepared ahead and read while they judge."""

import io
import os
from pathlib import Path

import pytest

from kubelab import exercises
from kubelab.practice import loop, memory
from kubelab.practice.checker import Checker
from kubelab.practice.judging import PytestJudging, Task
from kubelab.practice.loop import Heard, Inbox
from kubelab.practice.screen import Screen
from tests.plugin.conftest import Folder

EXERCISE = """\
@exercise @file:web.yaml @file:web.sh
Feature: Exercise: a web server
  Write web.yaml.

  Scenario: It is declared
    Hint: look at its name.

    Then "web.yaml" says "name: web"

  @points:3
  Scenario: It is scaled
    Then "web.sh" says "scale"
"""
RIGHT = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"


@pytest.fixture
def work(folder: Folder) -> Path:
    """A student's folder beside the course, with files that are right."""
    feature = folder.path / "features" / "pods" / "web_lab.feature"
    feature.parent.mkdir(parents=True)
    feature.write_text(EXERCISE)
    (folder.path / "pytest.ini").write_text("[pytest]\naddopts = --nothing-of-the-kind\n")
    made = folder.path / "work"
    made.mkdir()
    (made / "web.yaml").write_text(RIGHT)
    (made / "web.sh").write_text("kubectl scale rs web --replicas=1\n")
    (made / "conftest.py").write_text("raise SystemExit('never loaded')\n")
    return made


@pytest.fixture
def stream() -> io.StringIO:
    """The output of the check."""
    return io.StringIO()


@pytest.fixture
def inbox() -> Inbox:
    """The events for the check."""
    return Inbox()


@pytest.fixture
def checker(work: Path, inbox: Inbox, stream: io.StringIO) -> Checker:
    """The checker of that folder."""
    exercise = exercises.read(work.parent / "features" / "pods" / "web_lab.feature")
    assert exercise is not None
    task = Task(exercise, work, memory.home(work) / memory.LOG, dict(os.environ))
    return Checker(task, PytestJudging, inbox.hear, Screen(stream))


def test_right_files_get_all_points(checker: Checker, inbox: Inbox, stream: io.StringIO) -> None:
    """No settings file and no conftest of the student's is used; the output of pytest goes to the log."""
    code = loop.once(checker, inbox)

    assert stream.getvalue().splitlines() == [
        "A web server (pods/web_lab)",
        "✓ It is declared  1 of 1",
        "✓ It is scaled    3 of 3",
        "4 of 4 points",
    ]
    assert code == 0
    assert "2 passed" in checker.task.log.read_text()


def test_a_wrong_file_is_told_by_the_sentence_that_is_not_so(checker: Checker, inbox: Inbox, stream: io.StringIO) -> None:
    """With the hint of the exercise."""
    (checker.task.folder / "web.yaml").write_text(RIGHT.replace("web", "wbe"))

    code = loop.once(checker, inbox)

    assert stream.getvalue().splitlines()[1:] == [
        "✗ It is declared  0 of 1",
        "✓ It is scaled    3 of 3",
        "3 of 4 points",
        "",
        "It is declared",
        '  pods/web_lab.feature:8  Then "web.yaml" says "name: web"',
        "  expected   web.yaml says name: web",
        "  last saw   apiVersion: v1",
        "             kind: Pod",
        "             metadata:",
        "               name: wbe",
        "  hint       look at its name.",
    ]
    assert code == 1


def test_trouble_of_the_cluster_is_not_graded(
    checker: Checker, inbox: Inbox, stream: io.StringIO, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each objective says so, and the first one says why."""
    monkeypatch.setenv("NO_NAMESPACES", "1")
    checker.task = Task(checker.task.exercise, checker.task.folder, checker.task.log, dict(os.environ))

    code = loop.once(checker, inbox)

    assert code == 3
    assert stream.getvalue().splitlines()[1:3] == ["? It is declared  not graded", "? It is scaled    not graded"]
    assert "The API server refused to create a namespace" in stream.getvalue()
    assert folder.log.count("up") == 1


LIVE = """\
@exercise @live @file:web.yaml @file:web.sh
Feature: Exercise: a web server
  Write web.yaml.

  Scenario: It is declared
    When I apply "web.yaml"
    Then it is so

  @points:3
  Scenario: It is scaled
    When I run the commands of "web.sh"
    Then it is so
"""
TOLD = [
    ("", 0, ["✓ It is declared  1 of 1", "· It is scaled    needs a namespace of its own: kubelab check web_lab", "1 of 1 point"]),
    (
        "something else",
        1,
        ["✗ It is declared  0 of 1", "· It is scaled    needs a namespace of its own: kubelab check web_lab", "0 of 1 point"],
    ),
    ("gone", 3, ["? It is declared  not graded", "? It is scaled    not graded", "Not graded."]),
]


@pytest.mark.parametrize(("said", "code", "lines"), TOLD, ids=["there", "not applied", "no namespace"])
def test_what_runs_in_a_namespace_is_judged(
    checker: Checker, inbox: Inbox, stream: io.StringIO, folder: Folder, said: str, code: int, lines: list[str]
) -> None:
    """Nothing in the cluster is changed, and nothing is remembered of the files."""
    checker.task.exercise.feature.write_text(LIVE)
    exercise = exercises.read(checker.task.exercise.feature)
    assert exercise is not None
    checker.task = Task(exercise, checker.task.folder, checker.task.log, {**os.environ, "IN_NAMESPACE": said}, "web")

    assert loop.once(checker, inbox) == code

    assert stream.getvalue().splitlines()[:4] == ["A web server (pods/web_lab) in the namespace web", *lines]
    assert not [line for line in folder.log if line.startswith(("CHANGED", "up", "create", "delete", "patch"))]
    assert memory.last(checker.task.folder, exercise) is None


def test_a_run_that_waits_judges_the_files_as_they_become(checker: Checker, inbox: Inbox, stream: io.StringIO, folder: Folder) -> None:
    """Its namespace was made before; at the end nothing is left, not even of the next run, which never started to judge."""
    checker.prepare()
    ready = inbox.events.get(timeout=50)
    assert isinstance(ready, Heard)
    checker.heed(ready.judging, ready.line)
    before = folder.log
    (checker.task.folder / "web.yaml").write_text(RIGHT.replace("web", "wbe"))
    checker.begin()
    while checker.judging:
        event = inbox.events.get(timeout=50)
        assert isinstance(event, Heard)
        checker.heed(event.judging, event.line)
    checker.prepare_next()
    inbox.events.get(timeout=50)
    checker.close()

    assert checker.code == 1
    assert "✗ It is declared" in stream.getvalue()
    assert len([line for line in before if line.startswith("create Namespace")]) == 1
    made = [line.removeprefix("create ") for line in folder.log if line.startswith("create Namespace")]
    assert len(made) == 3
    assert all(f"delete {one}" in folder.log for one in made)
