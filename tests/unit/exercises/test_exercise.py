"""An exercise is read from its feature: its task, its files and kinds, its objectives."""

from pathlib import Path

import pytest

from kubelab import exercises
from kubelab.exercises import Objective

FEATURE = """\
@exercise @file:rs-lab.yaml @file:rs-lab.sh @kind:ReplicaSet @kind:Pod @allow:nodeName
Feature: Exercise: two Pods, then one
  Write rs-lab.yaml:
    - two Pods
  Then scale to one.

  Scenario: It is there
    Given a thing

  @points:3
  Scenario: Scaled in
    The Pods that are left are ready.

    Hint: kubectl scale
    takes --replicas.

    Given a thing

  Scenario Outline: Row
    Given <it>

    Examples:
      | it |
      | a  |

    @points:2
    Examples:
      | it |
      | b  |
"""


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    """An exercise in the chapter "controllers"."""
    path = tmp_path / "features" / "controllers" / "rs_lab.feature"
    path.parent.mkdir(parents=True)
    path.write_text(FEATURE)
    return path


def test_an_exercise_is_what_its_feature_says(feature: Path) -> None:
    """Its title without the word "Exercise"; files and kinds in their order; its task with its indentation."""
    found = exercises.read(feature)

    assert found is not None
    assert (found.name, found.chapter, found.feature) == ("controllers/rs_lab", "controllers", feature)
    assert found.title == "Two Pods, then one"
    assert found.task == "Write rs-lab.yaml:\n  - two Pods\nThen scale to one."
    assert (found.files, found.kinds, found.allows) == (("rs-lab.yaml", "rs-lab.sh"), ("ReplicaSet", "Pod"), ("nodeName",))
    assert found.points == 7


def test_each_scenario_and_each_row_is_an_objective(feature: Path) -> None:
    """Named as pytest names it, worth one point unless a tag says how many, with its hint in one line."""
    found = exercises.read(feature)

    assert found is not None
    assert found.objectives == (
        Objective("It is there", 7, 1, ""),
        Objective("Scaled in", 11, 3, "kubectl scale takes --replicas."),
        Objective("Row[a]", 24, 1, ""),
        Objective("Row[b]", 29, 2, ""),
    )


def test_points_of_the_feature_are_those_of_each_objective(feature: Path) -> None:
    """Unless the objective has its own."""
    feature.write_text(FEATURE.replace("@exercise", "@exercise @points:5"))
    found = exercises.read(feature)

    assert found is not None
    assert [one.points for one in found.objectives] == [5, 3, 5, 2]


def test_a_feature_elsewhere_is_named_by_its_file(feature: Path) -> None:
    """And belongs to no chapter."""
    elsewhere = feature.rename(feature.parents[2] / "mine.feature")
    found = exercises.read(elsewhere)

    assert found is not None
    assert (found.name, found.chapter) == ("mine", "")


@pytest.mark.parametrize("text", ["Feature: F\n  Scenario: S\n    Given a thing\n", "no feature"])
def test_other_features_are_no_exercises(tmp_path: Path, text: str) -> None:
    """Nor is a file that cannot be read."""
    path = tmp_path / "a.feature"
    path.write_text(text)

    assert exercises.read(path) is None
