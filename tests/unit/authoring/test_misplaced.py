"""A section in the wrong place is reported with its right place, in each scenario that would not run as it is written."""

from pathlib import Path

import pytest

from kubelab import authoring

S = "  Scenario: S\n    Given one\n"
T = "  Scenario: T\n    Given one\n"
LATE = "  Background:\n    Given one\n"
BEFORE = 'misplaced-background a Background comes first, before "Scenario: S" (line {}): move it there, as its steps run before those of'
TWICE = "misplaced-background there is a Background already (line 2): write all its steps below that one."


def findings(text: str) -> dict[str, list[str]]:
    """The findings of each scenario of a text, and of what belongs to no scenario."""
    feature = authoring.parse(text, Path("/lab/a.feature"), "a.feature")
    by_title = {one.title: one.findings for one in feature.scenarios} | {"": feature.findings}
    return {title: [str(one).removeprefix("a.feature:") for one in found] for title, found in by_title.items() if found}


@pytest.mark.parametrize(
    "text",
    [f"Feature: F\n{S}{LATE}{T}", f"Feature: F\n  Scenario: S\n{LATE}{T}", f"Feature: F\n{S}{LATE}  Rule: R\n{T}"],
    ids=["after a scenario", "after a title", "before a rule"],
)
def test_a_late_background_says_that_it_comes_first(text: str) -> None:
    """No scenario would run it."""
    found = findings(text)

    assert found.keys() == {"S", "T"}
    for told in found.values():
        [one] = told
        assert BEFORE.format(2) in one


def test_a_late_background_of_a_rule_concerns_that_rule() -> None:
    """Scenarios of another rule run."""
    text = f"Feature: F\n  Rule: Q\n    Scenario: Q\n      Given one\n  Rule: R\n{S}{LATE}{T}"

    assert findings(text).keys() == {"S", "T"}
    assert all(BEFORE.format(6) in one for told in findings(text).values() for one in told)


def test_a_second_background_is_told_with_the_first() -> None:
    """Their steps belong together."""
    assert findings(f"Feature: F\n{LATE}{LATE}{S}") == {"S": [f"4:3: {TWICE}"]}


@pytest.mark.parametrize("between", ["", S], ids=["at once", "after a scenario"])
def test_a_second_feature_is_told_with_the_first(between: str) -> None:
    """Not as a feature without scenarios."""
    line = 2 + between.count("\n")

    told = [one for found in findings(f"Feature: F\n{between}Feature: G\n").values() for one in found]

    what = "the file has a feature already (line 1): a file has one. Write this one into a file of its own, or as"
    assert told == [f'{line}:1: misplaced-keyword {what} "Rule:".']


def test_examples_without_steps_are_told_where_they_belong() -> None:
    """Below a background they have no effect."""
    text = f"Feature: F\n{LATE}  Examples:\n    | a |\n{S}"

    assert findings(text) == {
        "S": ['4:3: misplaced-keyword "Examples:" is not allowed here: it belongs below the steps of a scenario outline.']
    }
