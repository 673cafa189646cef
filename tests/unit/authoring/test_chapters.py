"""The labs by the course's chapters: each has a feature, each feature has a lab, and the table in features/ is up to date."""

import runpy
from collections import Counter
from pathlib import Path

import pytest

from kubelab.authoring import read
from kubelab.authoring.chapters import EXERCISE, chapters, markdown
from kubelab.policy import Substitution

ROOT = Path(__file__).parents[3]
FEATURES = ROOT / "features"
LABS = [lab for chapter in chapters(FEATURES) for lab in chapter.labs]
NAMED = [path for lab in LABS for path in lab.features]
COURSE = """\
- chapter: Pod
  folder: pods
  labs:
    - {lab: Run it, features: [run, look]}
    - {lab: mine, features: [mine]}
"""
OUTLINE = """\
  Scenario Outline: A row
    Given <it>
    Examples:
      | it |
      | a  |
      | b  |
"""


def test_every_chapter_has_labs() -> None:
    """In the order of the course."""
    assert [chapter.title for chapter in chapters(FEATURES) if chapter.labs] == [
        "Pod",
        "Labels",
        "Node labels",
        "Resources",
        "ReplicationController",
        "ReplicaSet",
        "Deployment",
        "DaemonSet",
        "StatefulSet",
        "Job",
        "CronJob",
        "Network",
        "Service",
        "Ingress",
        "Clean up",
    ]


def test_every_feature_belongs_to_one_lab() -> None:
    """None is left out, none is listed twice, and none is listed that does not exist."""
    assert Counter(NAMED) == Counter(FEATURES.rglob("*.feature"))


def test_every_lab_is_proven() -> None:
    """Each has features with at least one scenario."""
    assert [lab.title for lab in LABS if not lab.features] == []
    assert [path.name for path in NAMED if not read(path).scenarios] == []


def test_exercises_say_that_they_are_some() -> None:
    """In the title of the feature; no other lab has that word."""
    assert [path.name for path in NAMED if read(path).name.startswith(EXERCISE) != ("exercise" in read(path).tags)] == []


def test_the_table_in_features_is_fresh(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """features/README.md matches course.yaml and the features; update it by: make docs."""
    monkeypatch.chdir(ROOT)
    runpy.run_path(str(ROOT / "src" / "kubelab" / "authoring" / "chapters.py"), run_name="__main__")

    assert (FEATURES / "README.md").read_text(encoding="utf-8") == capsys.readouterr().out


def test_a_lab_is_a_row_for_each_feature(tmp_path: Path) -> None:
    """Its title is there once; an outline counts as many scenarios as it has rows, and is listed once."""
    (tmp_path / "pods").mkdir()
    (tmp_path / "course.yaml").write_text(COURSE)
    for name, text in (("run", "Scenario: It | runs\n    Given a"), ("mine", "Scenario: Mine\n    Given a"), ("look", OUTLINE)):
        title = "Exercise: my own" if name == "mine" else name
        tags = "@exercise @file:mine.yaml\n" if name == "mine" else ""
        (tmp_path / "pods" / f"{name}.feature").write_text(f"{tags}Feature: {title}\n  {text}\n")

    table = markdown(tmp_path)

    assert "2 labs, 1 of them exercises, with 4 scenarios." in table
    assert table.endswith(
        "## Pod\n\n| lab | feature | scenarios |\n|---|---|---|\n"
        "| Run it | [Run](pods/run.feature) | It \\| runs |\n"
        "|  | [Look](pods/look.feature) | A row |\n"
        "| mine (exercise) | [My own](pods/mine.feature) | Mine |\n"
    )


def test_every_image_of_the_policy_is_a_row(tmp_path: Path) -> None:
    """With what runs on our own nodes and elsewhere, and why; without images there is no table."""
    (tmp_path / "course.yaml").write_text("[]")

    assert "## Images" not in markdown(tmp_path)
    own, public = Substitution("nginx:1.14", "nginx:1.18", "it is | gone"), Substitution("nginx:1.14", "nginx:1.14.2", "the last")
    table = markdown(tmp_path, [(own, public)])

    assert table.endswith("|---|---|---|---|---|\n| nginx:1.14 | nginx:1.18 | it is \\| gone | nginx:1.14.2 | the last |\n")
