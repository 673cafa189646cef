"""The consequences of a mistake are not reported beside it."""

from pathlib import Path

import pytest
from pytest_bdd.steps import StepFunctionContext

from kubelab import authoring
from kubelab.authoring.matching import bind
from kubelab.vocabulary import Catalogue, Definition, parse


def step() -> None:
    """A step that does nothing."""


ONE = Catalogue((Definition(StepFunctionContext("given", step, parse("a thing {name:Name}"), {})),))


def findings(text: str) -> list[str]:
    """The findings of a text, including its one known sentence: the place and the code of each."""
    feature = authoring.parse(text, Path("/lab/a.feature"), "a.feature", known=lambda said: bool(ONE.matching(said)))
    bound = [finding for scenario in feature.scenarios for finding in bind(scenario, ONE, "a.feature", ONE.matching)[1]]
    return [f"{one.line} {one.code}" for one in sorted({*feature.all_findings, *bound})]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('  Scenario: S\n    Givne a thing "a"\n', ["3 mistyped-keyword"]),
        ('  Scenaro: S\n    Given a thing "a"\n', ["2 mistyped-keyword"]),
        ('  Scenario Outline: S\n    Given a thing "<n>"\n    Exampels:\n      | n |\n      | a |\n', ["4 mistyped-keyword"]),
        ("  Scenario Outline: S\n    Given a thing <n>\n    Exampels:\n      | n |\n      | a |\n", ["4 mistyped-keyword"]),
        ("  Scenario: S\n    Given a thing <n>\n", ["3 empty-examples"]),
        ("  Scenario Outline: S\n    Given a thing <m>\n    Examples:\n      | n |\n      | a |\n", ["3 unknown-placeholder"]),
        ("  Scenario Outline: S\n    Given a thing <n>\n    Examples:\n      | n |\n      | a |\n", ["3 undefined-step"]),
        ('  Scenario: S\n    Given a thing "a"\n    Whne it is:\n      """\n      b\n      """\n', ["4 mistyped-keyword"]),
        (
            "  Scenario: S\n    Given it\n    Nonsense\n      | a |\n      | b |\n    Given it\n",
            ["3 undefined-step", "4 parse-error", "7 undefined-step"],
        ),
        ('  Scenario: S\n    Given a thing "a"\n  Scenario: T\n', ["4 empty-scenario"]),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding(text: str, told: list[str]) -> None:
    """Two mistakes are two findings."""
    assert findings(f"Feature: F\n{text}") == told
