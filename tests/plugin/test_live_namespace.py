"""What already runs in a namespace is judged if an exercise allows it, and nothing is changed there."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.plugin.conftest import Folder

EXERCISE = """\
@exercise @live @file:web.yaml @file:web.sh @kind:Pod
Feature: Exercise: a web server
  Write web.yaml.

  Background:
    Given I apply "web.yaml"

  Scenario: It is so
    Then it is so

  @points:2
  Scenario: It is not so
    When I run "kubectl diff -f web.yaml"
    Then it is not so

  Scenario: It is scaled
    When I run the commands of "web.sh"
    Then it is so

  Scenario: More is applied
    When I apply "given.yaml"
    Then it is so
"""
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"
FEATURE = "features/pods/web_lab.feature"
OWN = "needs a namespace of its own: kubelab check web_lab"
RUN = (FEATURE, "--lab-namespace", "web", "--lab-solutions", "mine", "--lab-score", "score")


@pytest.fixture
def course(folder: Folder) -> Folder:
    """A course of one exercise, and a student's folder with a manifest for it."""
    files = {FEATURE: EXERCISE, "manifests/pods/given.yaml": POD, "mine/web.yaml": POD}
    for name, text in files.items():
        write(folder, name, text)
    return folder


def write(folder: Folder, name: str, text: str) -> Path:
    """Write a file into the folder."""
    file = folder.path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def scores(folder: Folder) -> dict[str, dict[str, Any]]:
    """The lines of the score, by objective."""
    lines = map(json.loads, (folder.path / "score").read_text().splitlines())
    return {line["objective"]: line for line in lines}


def changes(folder: Folder) -> list[str]:
    """The requests to the cluster that would change something."""
    return [line for line in folder.log if line.startswith(("CHANGED", "up", "create", "delete", "patch"))]


@pytest.mark.parametrize("existing", [False, True], ids=["ours", "somebody else's"])
@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_what_only_reads_is_judged_and_nothing_is_changed(
    course: Folder, monkeypatch: pytest.MonkeyPatch, workers: list[str], *, existing: bool
) -> None:
    """The student has applied the files; an objective that does more is listed, with the sentence and the reason."""
    if existing:
        monkeypatch.setenv("EXISTING", "1")
        monkeypatch.setenv("DENIED", "create Namespace, create Namespace everywhere")

    result = course.run(*RUN, "-rs", *workers)

    result.assert_outcomes(passed=1, skipped=3)
    found = scores(course)
    assert (found["It is so"]["outcome"], found["It is so"]["points"]) == ("passed", 1)
    elsewhere = {title: (line["outcome"], line["sentence"], line["cause"]) for title, line in found.items() if line["outcome"] != "passed"}
    assert elsewhere == {
        "It is not so": ("not graded", f'{FEATURE}:13  When I run "kubectl diff -f web.yaml"', OWN),
        "It is scaled": ("not graded", f'{FEATURE}:17  When I run the commands of "web.sh"', OWN),
        "More is applied": ("not graded", f'{FEATURE}:21  When I apply "given.yaml"', OWN),
    }
    assert changes(course) == []
    assert course.log.count("so") == 1


def test_a_sentence_that_is_not_so_fails_there(course: Folder) -> None:
    """As it does in a namespace of its own."""
    write(course, FEATURE, EXERCISE.replace('    When I run "kubectl diff -f web.yaml"\n', ""))

    course.run(*RUN).assert_outcomes(passed=1, failed=1, skipped=2)

    failed = scores(course)["It is not so"]
    assert (failed["outcome"], failed["points"], failed["last_saw"]) == ("failed", 0, "no thing\nnone at all")
    assert changes(course) == []


@pytest.mark.parametrize("text", [None, "", POD.replace("web", "wbe")], ids=["missing", "empty", "another name"])
def test_without_the_students_file_it_is_what_runs_that_counts(course: Folder, text: str | None) -> None:
    """If there is a file, it must have been applied."""
    write(course, "mine/web.yaml", text or "")
    if text is None:
        (course.path / "mine" / "web.yaml").unlink()

    course.run(*RUN).assert_outcomes(passed=1, skipped=3)


def test_what_a_file_declares_must_be_there(course: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has not been applied in this namespace."""
    monkeypatch.setenv("IN_NAMESPACE", "something else")

    course.run(*RUN).assert_outcomes(failed=1, skipped=3)

    failed = scores(course)["It is so"]
    assert failed["expected"] == 'Pod "web" is in the namespace "web", as web.yaml:1 declares it'
    assert failed["last_saw"] == 'no Pod "web"'


def test_a_broken_file_is_told(course: Folder) -> None:
    """By the sentence that would apply it."""
    write(course, "mine/web.yaml", "kind: [")

    course.run(*RUN).assert_outcomes(failed=1, skipped=3)
    assert scores(course)["It is so"]["cause"].startswith("web.yaml:")


NAMESPACES = [
    ("gone", 'There is no namespace "web" in the cluster "fake" (context fake).'),
    ("ending", 'The namespace "web" is being deleted.'),
    ("a run's", 'The namespace "web" belongs to a run of kubelab, which deletes it at its end. To keep it: pytest --lab-keep failed'),
    ("empty", 'The namespace "web" has nothing in it that this account may see.'),
]


@pytest.mark.parametrize(("said", "told"), NAMESPACES)
def test_a_namespace_that_cannot_be_judged_is_trouble(course: Folder, monkeypatch: pytest.MonkeyPatch, said: str, told: str) -> None:
    """Nothing is graded: neither passed nor failed."""
    monkeypatch.setenv("IN_NAMESPACE", said)

    course.run(*RUN).assert_outcomes(errors=4)

    assert {(line["outcome"], line["cause"]) for line in scores(course).values()} == {("not graded", told)}
    assert changes(course) == []


@pytest.mark.parametrize("said", ["a kept run's", "forbidden"])
def test_a_namespace_that_stays_or_cannot_be_seen_is_judged(course: Folder, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """A namespace that was kept; and one that an account with rights in that namespace only may not get."""
    monkeypatch.setenv("IN_NAMESPACE", said)

    course.run(*RUN).assert_outcomes(passed=1, skipped=3)


def test_a_name_that_no_namespace_has_is_not_asked_for(course: Folder) -> None:
    """It might be another path of the API server."""
    course.run(FEATURE, "--lab-namespace", "../nodes").assert_outcomes(errors=4)


def test_without_a_cluster_none_is_made(course: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can run there."""
    monkeypatch.setenv("NO_CLUSTER", "1")

    course.run(*RUN).assert_outcomes(errors=4)

    assert scores(course)["It is so"]["cause"].startswith('Cluster "kubelab" is not running, so that nothing runs there.')
    assert changes(course) == []


def test_only_exercises_that_allow_it_are_judged(course: Folder) -> None:
    """Not another exercise, a lab, or a Python test."""
    write(course, FEATURE, EXERCISE.replace("@live ", ""))
    write(course, "plain.feature", "Feature: F\n  Scenario: Plain\n    Then it is so\n")
    write(course, "test_a.py", "def test_a(lab) -> None:\n    assert lab\n")

    result = course.run(".", *RUN[1:], "-rs")

    result.assert_outcomes(skipped=6)
    assert {line["cause"] for line in scores(course).values()} == {OWN}
    result.stdout.fnmatch_lines(["*only exercises are judged in a namespace where everything runs already*"])
    assert changes(course) == []


def test_a_step_that_is_wrong_about_itself_changes_nothing(course: Folder) -> None:
    """It said that it only reads."""
    write(course, FEATURE, EXERCISE.replace("    Then it is so\n", "    Then it is changed after all\n", 1))

    course.run(*RUN).assert_outcomes(errors=1, skipped=3)

    assert changes(course) == ["CHANGED: delete Pod web"]
    assert scores(course)["It is so"]["outcome"] == "not graded"


def test_a_list_of_submissions_has_no_namespace(course: Folder) -> None:
    """It would be the same for all students."""
    write(course, "list.json", json.dumps({"submissions": [{"student": "ann", "exercise": "pods/web_lab", "folder": "mine"}]}))

    result = course.run(FEATURE, "--lab-namespace", "web", "--lab-solutions", "list.json")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--lab-namespace is about what one student runs, and --lab-solutions names a list*"])
