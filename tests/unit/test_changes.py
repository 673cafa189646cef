"""Wrong solutions, controls and right variants as they are written down: what they change is there once, and the sentence they name too."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.cluster.changes import FOLDERS, ROOT, Change, changes, lines_of, make
from tests.cluster.lab_runs import copy_changed

ALL = [change for folder in FOLDERS for change in changes(folder)]
TWO = 2
NAMES_A_SENTENCE = [change for change in ALL if change.folder != "right"]


@pytest.mark.parametrize("change", NAMES_A_SENTENCE, ids=lambda change: f"{change.folder} {change.title}")
def test_a_change_can_be_made(change: Change, tmp_path: Path) -> None:
    """Told at once, and not after all of them have run on a cluster."""
    copy_changed(change, tmp_path)

    assert lines_of(tmp_path / change.feature, change.scenario, change.fails_at)
    assert change.because.strip()


@pytest.mark.parametrize("folder", FOLDERS)
def test_only_a_control_changes_the_feature(folder: str) -> None:
    """A solution is a manifest; to change the feature shows that a sentence can fail, not that a solution can be wrong."""
    assert [one.title for one in changes(folder) if one.file.endswith(".feature") != (folder == "controls")] == []


def test_every_lab_has_a_wrong_solution_or_a_control() -> None:
    """No feature file is without one."""
    labs = {(path.parent.name, path.stem) for path in (ROOT / "features").glob("*/*.feature")}

    assert labs == {(one.chapter, one.lab) for one in NAMES_A_SENTENCE}


def test_every_exercise_has_two_right_variants() -> None:
    """Of every lab that the course marks as an exercise, and of no other."""
    chapters = yaml.safe_load((ROOT / "features" / "course.yaml").read_text())
    exercises = {
        (chapter["folder"], feature)
        for chapter in chapters
        for lab in chapter["labs"]
        if lab.get("exercise")
        for feature in lab["features"]
    }
    counts = Counter((one.chapter, one.lab) for one in changes("right"))

    assert set(counts) == exercises
    assert min(counts.values()) >= TWO


FEATURE = """\
Feature: Two Pods

  Background:
    Given I apply "web.yaml"

  Scenario: First
    When I delete Pod "web"

  Scenario: Second
    When I delete Pod "web"
    And I delete Pod "api"
"""


@pytest.mark.parametrize(
    ("scenario", "old", "line"),
    [("Second", 'delete Pod "web"', 10), ("First", 'delete Pod "web"', 7), ("First", 'apply "web.yaml"', 4)],
)
def test_a_control_changes_its_own_scenario_or_the_background(scenario: str, old: str, line: int, tmp_path: Path) -> None:
    """Another scenario may have the same sentence."""
    control = Change("controls", "pods", "two", "two.feature", old, "CHANGED", scenario)
    (tmp_path / control.feature).parent.mkdir(parents=True)
    (tmp_path / control.feature).write_text(FEATURE)

    make(control, tmp_path)

    lines = (tmp_path / control.feature).read_text().splitlines()
    assert [number for number, text in enumerate(lines, 1) if "CHANGED" in text] == [line]


@pytest.mark.parametrize(("old", "found"), [("app: web", 2), ("app: api", 0)])
def test_two_places_are_not_one(old: str, found: int, tmp_path: Path) -> None:
    """A change of two places, or of none, is refused."""
    wrong = Change("wrong", "pods", "two", "web.yaml", old, "app: other", "First")
    (tmp_path / wrong.changed).parent.mkdir(parents=True)
    (tmp_path / wrong.changed).write_text("selector: {app: web}\nlabels: {app: web}\n")

    with pytest.raises(AssertionError, match=f"{found} times"):
        make(wrong, tmp_path)


@pytest.mark.parametrize(
    ("scenario", "sentence", "lines"),
    [("Second", 'When I delete Pod "web"', [10]), ("First", 'Given I apply "web.yaml"', [4]), ("First", 'And I delete Pod "api"', [])],
)
def test_a_sentence_is_found_in_its_scenario_or_the_background(scenario: str, sentence: str, lines: list[int], tmp_path: Path) -> None:
    """Not in the next scenario."""
    (tmp_path / "two.feature").write_text(FEATURE)

    assert lines_of(tmp_path / "two.feature", scenario, sentence) == lines
