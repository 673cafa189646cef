"""A docstring or a table that is missing below a step, or stands below one that takes none, is a finding."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.steps import StepFunctionContext

from kubelab import authoring
from kubelab.authoring.matching import bind
from kubelab.vocabulary import Catalogue, Definition, parse


def plain() -> None:
    """Takes nothing."""


def text(docstring: str) -> None:
    """Reads the text."""
    assert docstring


def table(datatable: list[list[str]]) -> None:
    """Reads the table."""
    assert datatable


def either(docstring: str = "", datatable: Any = None) -> None:
    """Reads either of them."""
    assert docstring or datatable


def spoken(docstring: str) -> None:
    """Has a word in its sentence with the name of that argument."""
    assert docstring


SENTENCES: dict[str, Callable[..., None]] = {
    "a thing": plain,
    "a text:": text,
    "a table:": table,
    "either": either,
    "I say {docstring}": spoken,
}
CATALOGUE = Catalogue(
    tuple(Definition(StepFunctionContext("given", function, parse(sentence), {})) for sentence, function in SENTENCES.items())
)
DOCSTRING = '      """\n      a\n      """\n'
TABLE = "      | a |\n"


def findings(steps: str, catalogue: Catalogue = CATALOGUE) -> list[str]:
    """The findings of a scenario's steps, and whether any of them is bound nevertheless."""
    feature = authoring.parse(f"Feature: F\n  Scenario: S\n{steps}", Path("/lab/a.feature"), "a.feature")
    bound, found = bind(feature.scenarios[0], catalogue, "a.feature", catalogue.matching)
    assert bool(bound) != bool(found)
    return [str(one).removeprefix("a.feature:") for one in found]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (
            "    Given a text:\n",
            'missing-docstring "a text:" needs a text below it, between two lines of """. What the step does: Reads the text.',
        ),
        (
            f"    Given a text:\n{TABLE}",
            'missing-docstring "a text:" needs a text below it, between two lines of """, not a table. What the step does: Reads the text.',
        ),
        (
            "    Given a table:\n",
            'missing-table "a table:" needs a table below it, its rows written as | one | two |. What the step does: Reads the table.',
        ),
        (
            f"    Given a thing\n{DOCSTRING}",
            ('unexpected-docstring "a thing" takes no text below it. Leave it out, or write a sentence that takes one, as\n'
            "    Given a text:\n    Given either"),
        ),
        (
            f"    Given a thing\n{TABLE}",
            ('unexpected-table "a thing" takes no table below it. Leave it out, or write a sentence that takes one, as\n'
            "    Given a table:\n    Given either"),
        ),
        (
            f"    Given I say it\n{DOCSTRING}",
            ('unexpected-docstring "I say it" takes no text below it. Leave it out, or write a sentence that takes one, as\n'
            "    Given a text:\n    Given either"),
        ),
    ],
)  # fmt: skip
def test_what_is_missing_or_too_much_is_told_at_its_step(steps: str, told: str) -> None:
    """With what the step does, or the sentences that take such an argument."""
    assert findings(steps) == [f"3:5: {told}"]


@pytest.mark.parametrize("below", ["", DOCSTRING, TABLE])
def test_what_may_be_there_may_be_missing(below: str) -> None:
    """A parameter with a default."""
    assert findings(f"    Given either\n{below}    And a text:\n{DOCSTRING}    And I say it\n    And a table:\n{TABLE}") == []


def test_where_no_sentence_takes_one_none_is_named() -> None:
    """It can only be removed."""
    only = Catalogue(CATALOGUE.definitions[:1])

    assert findings(f"    Given a thing\n{TABLE}", only) == ['3:5: unexpected-table "a thing" takes no table below it. Leave it out.']


def test_an_ambiguous_sentence_names_where_its_definitions_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, the line and the pattern of each."""
    monkeypatch.chdir(Path(__file__).parent)
    twice = Catalogue((CATALOGUE.definitions[0], Definition(StepFunctionContext("given", text, parse("a {what}"), {}))))

    first, second = (function.__code__.co_firstlineno for function in (plain, text))
    [told] = findings("    Given a thing\n", twice)

    assert told.splitlines() == [
        '3:5: ambiguous-step "a thing" has 2 definitions: make one of them narrower, or remove it',
        f"    test_step_arguments.py:{first}  a thing",
        f"    test_step_arguments.py:{second}  a {{what}}",
    ]
