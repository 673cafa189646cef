"""A class is graded by real runs of pytest, on the fake cluster."""

import json
from pathlib import Path
from typing import Any

import pytest

from kubelab import cli
from tests.plugin.conftest import Folder

EXERCISE = """\
@exercise @file:web.yaml @file:web.sh @kind:Pod
Feature: Exercise: a web server
  Write web.yaml.

  Scenario: It is declared
    Hint: look at its name.

    Then "web.yaml" says "name: web"
    And "web.yaml" says "image: nginx"

  @points:3
  Scenario: It is scaled
    Then "web.sh" says "scale"
"""
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n  containers:\n  - name: it\n    image: nginx\n"
SHELL = "kubectl scale\n"
CONFTEST = "raise SystemExit('a student says what runs')\n"


@pytest.fixture
def course(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An exercise, and what four students have handed in for it."""
    write(folder.path / "features" / "pods" / "web_lab.feature", EXERCISE)
    for student, name in (("ann", "web"), ("Bob [2] é", "wbe"), ("c::d", "web"), ("eve", "web")):
        write(folder.path / "class" / student / "web.yaml", POD.format(name=name))
        write(folder.path / "class" / student / "web.sh", SHELL)
    write(folder.path / "class" / "ann" / "conftest.py", CONFTEST)
    write(folder.path / "class" / "ann" / "pytest.ini", "[pytest]\naddopts = --nonsense\n")
    (folder.path / "class" / "c::d" / "web.sh").unlink()
    write(folder.path / "class" / "eve" / "web.yaml", POD.format(name="web") + "  hostNetwork: true\n")
    monkeypatch.chdir(folder.path)
    return folder


def write(file: Path, text: str) -> None:
    """Write a file, and the folders that it is in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def grade(to: str, *words: str) -> int:
    """Grade the class; the exit code."""
    return cli.main(["grade", "class", "--features", "features", "--to", to, "--jobs", "2", *words])


def results(course: Folder, to: str) -> dict[str, Any]:
    """The grades in results.json by student."""
    return {one["student"]: one for one in json.loads((course.path / to / "results.json").read_text())["grades"]}


def compared(course: Folder, to: str) -> Any:
    """The file without what differs from run to run."""
    document = json.loads((course.path / to / "results.json").read_text())
    for one in (objective for grade in document["grades"] for objective in grade["objectives"]):
        del one["seen"]
    return document


def test_each_student_is_judged_alone(course: Folder) -> None:
    """Whatever else the student hands in, and whatever the others hand in."""
    assert grade("grades") == 0, (course.path / "grades" / "pytest.log").read_text()

    found = results(course, "grades")
    assert {student: (one["points"], one["of"]) for student, one in found.items()} == {
        "ann": (4, 4),
        "Bob [2] é": (3, 4),
        "c::d": (1, 4),
        "eve": (0, 4),
    }
    [failed, _] = found["Bob [2] é"]["objectives"]
    assert failed["sentence"] == 'pods/web_lab.feature:8  Then "web.yaml" says "name: web"'
    assert (failed["hint"], failed["seen"]["cause"]) == ("look at its name.", "apiVersion: v1")
    assert "web.sh" in found["c::d"]["missing"][0]
    assert "hostNetwork" in found["eve"]["refusals"][0]
    assert json.loads((course.path / "grades" / "results.json").read_text())["kubernetes"] == "1.36.3"


def test_shards_give_the_same(course: Folder) -> None:
    """Apart from what was seen, and also if each judges one submission at a time."""
    grade("grades")
    for number in ("1", "2"):
        assert grade(f"shard{number}", "--shard", f"{number}/2", "--jobs", "1") == 0

    assert cli.main(["grade", "--merge", "shard2", "shard1", "--to", "merged"]) == 0

    assert compared(course, "merged") == compared(course, "grades")


def test_a_cluster_without_containment_grades_nothing(course: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not graded, with the reason."""
    monkeypatch.setenv("NO_ACCOUNTS", "1")

    assert grade("grades") == cli.TROUBLE

    found = results(course, "grades")
    assert (found["ann"]["graded"], found["ann"]["points"], found["eve"]["points"]) == (False, None, 0)
    assert "does not keep labs in their namespaces" in found["ann"]["reason"]
