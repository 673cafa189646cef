"""An unknown tag is reported with the known ones."""

from pathlib import Path

import pytest

from kubelab import authoring

KNOWN = frozenset({"slow", "exclusive", "privileged", "smoke", "skip", "parametrize", "usefixtures"})
"""Registered markers, pytest's own among them."""
THERE_ARE = (
    "There are @allow:FIELD, @exclusive, @exercise, @file:NAME, @hint:NAME, @kind:KIND, @live, @points:N, "
    "@privileged, @skip, @slow, @smoke."
)
ADD = 'To add one, write "{}: what it means" under markers in pytest.ini, or in the settings file that you have.'


def findings(tag: str) -> list[str]:
    """The findings of a scenario with that tag."""
    text = f"Feature: F\n  @{tag}\n  Scenario: S\n    Given one\n"
    return [one.message for one in authoring.parse(text, Path("/lab/a.feature"), "a.feature", KNOWN).all_findings]


@pytest.mark.parametrize(
    ("tag", "meant", "add"),
    [
        ("quick", "", f" {ADD.format('quick')}"),
        ("Slow", " Did you mean @slow?", f" {ADD.format('Slow')}"),
        ("point:3", " Did you mean @points:N?", ""),
    ],
)
def test_an_unknown_tag_names_those_that_there_are_and_how_to_add_one(tag: str, meant: str, add: str) -> None:
    """And the nearest one. A tag with a value cannot be added."""
    assert findings(tag) == [f'there is no tag "@{tag}".{meant} {THERE_ARE}{add}']


@pytest.mark.parametrize("tag", ["smoke", "privileged", "slow", "points:3", "hint:name"])
def test_a_registered_tag_is_known(tag: str) -> None:
    """A project's own as well as ours."""
    assert findings(tag) == []
