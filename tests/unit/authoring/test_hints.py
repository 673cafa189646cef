"""Hints are paragraphs of a scenario's description; a scenario of an exercise has at most one."""

from pathlib import Path

import pytest

from kubelab import authoring
from kubelab.authoring import Feature, hints


def feature(description: str, tags: str = "@exercise @file:a.yaml") -> Feature:
    """A feature whose scenario has that description."""
    return authoring.parse(f"{tags}\nFeature: F\n  Scenario: S\n{description}\n    Given one\n", Path("/lab/a.feature"), "a.feature")


@pytest.mark.parametrize(
    ("description", "hint"),
    [
        ("", ""),
        ("    What it is about, not a Hint: or so.", ""),
        ("    Hint: kubectl scale.", "kubectl scale."),
        ("    About it.\n\n    Hint: kubectl scale\n      takes a number.\n\n    More about it.", "kubectl scale takes a number."),
        ("    About it.\n    Hint:\n    kubectl scale.", "kubectl scale."),
    ],
)
def test_a_hint_is_a_paragraph_of_the_description(description: str, hint: str) -> None:
    """From "Hint:" up to the next blank line, in one line; it is not a finding."""
    found = feature(description)

    assert [one.hint for one in found.scenarios] == [hint]
    assert found.all_findings == []


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_two_hints_of_a_scenario_are_told(between: str) -> None:
    """A student is shown only one; in other features it is prose."""
    description = f"    Hint: one.{between}    Hint: two."

    assert hints.of(description) == ["one.", "two."]
    assert [str(one) for one in feature(description).all_findings] == [
        'a.feature:3:3: second-hint the scenario "S" has 2 paragraphs that begin with "Hint:": a student is shown one. Put them together.'
    ]
    assert feature(description, "@slow").all_findings == []
