"""Tags of exercises: an invalid value, a tag in the wrong place, or a missing one is reported with what to write."""

from pathlib import Path

import pytest

from kubelab import authoring

SCENARIO = "  Scenario: S\n    Given one\n"
FILE = "a file's name without a folder, that ends in .yaml or .sh, as in @file:web.yaml"
NUMBER = "a whole number from 1 to 9999, as in @points:2"


def findings(text: str) -> list[tuple[int, int, str, str]]:
    """Line, column, code and message of all findings of a text."""
    found = authoring.parse(text, Path("/lab/a.feature"), "a.feature").all_findings
    return [(one.line, one.column, one.code, one.message) for one in found]


@pytest.mark.parametrize(
    ("tag", "takes"),
    [
        ("points:x", NUMBER),
        ("points:0", NUMBER),
        ("points:-1", NUMBER),
        ("points:1.5", NUMBER),
        ("file:labs/web.yaml", FILE),
        ("file:../web.yaml", FILE),
        ("file:web.yml", FILE),
        ("file:.yaml", FILE),
        ("kind:pods", "a kind, spelled as Kubernetes spells it, as in @kind:Deployment"),
        ("allow:hostPath", "what exercises otherwise refuse: @allow:externalIPs, @allow:limits or @allow:nodeName"),
    ],
)
def test_an_invalid_value_is_reported(tag: str, takes: str) -> None:
    """With the value."""
    told = f'"@{tag}" cannot be meant: after the colon stands {takes}.'

    assert findings(f"@exercise @file:web.yaml @{tag}\nFeature: F\n{SCENARIO}") == [(1, 26, "wrong-tag", told)]


@pytest.mark.parametrize("tag", ["exercise", "file:web.yaml", "kind:Pod", "live", "allow:nodeName"])
def test_what_is_said_of_the_whole_exercise_stands_above_it(tag: str) -> None:
    """Not above a scenario."""
    told = f'"@{tag}" is said of a whole exercise: move it above "Feature:".'

    assert findings(f"@exercise @file:web.yaml\nFeature: F\n  @{tag}\n{SCENARIO}") == [(3, 3, "wrong-tag", told)]


@pytest.mark.parametrize("tag", ["file:web.yaml", "kind:Pod", "live", "allow:nodeName"])
def test_what_is_for_exercises_is_told_elsewhere(tag: str) -> None:
    """With the tag that is missing."""
    told = f'"@{tag}" is for exercises, and this feature is none: add @exercise, or leave it out.'

    assert findings(f"@{tag}\nFeature: F\n{SCENARIO}") == [(1, 1, "wrong-tag", told)]


def test_an_exercise_says_which_file_it_asks_for() -> None:
    """At least one."""
    told = "this is an exercise, and no tag names the file that students write: add @file:web.yaml above it."

    assert findings(f"@exercise\nFeature: F\n{SCENARIO}") == [(2, 1, "wrong-tag", told)]


def test_a_scenario_has_its_points_once() -> None:
    """With two numbers it would be unclear which counts."""
    told = "@points:2 and @points:3 stand above the same line: leave one."

    assert findings(f"Feature: F\n  @points:2 @points:3\n{SCENARIO}") == [(3, 3, "wrong-tag", told)]


def test_an_exercise_as_it_should_be_has_no_findings() -> None:
    """With every possible tag."""
    tags = "@exercise @live @file:web.yaml @file:web-lab.2.sh @kind:Pod @kind:Service @allow:nodeName @points:2"

    assert findings(f"{tags}\nFeature: F\n  @points:3\n{SCENARIO}") == []
