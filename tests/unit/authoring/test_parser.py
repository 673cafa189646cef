"""Feature files are read completely: scenarios with their rows and backgrounds, and findings with their places."""

from pathlib import Path

import pytest

from kubelab import authoring
from kubelab.authoring import Feature


def read(text: str, known: str = "") -> Feature:
    """A feature, from its text; `known` is a sentence of the vocabulary."""
    return authoring.parse(text, Path("/lab/a.feature"), "a.feature", known=lambda said: said == known)


def test_backgrounds_rows_tags_and_texts_arrive() -> None:
    """A scenario is ready to run."""
    feature = read('''@slow
Feature: F
  About it.
  Background:
    Given one
  Rule: R
    Background:
      * two
    @points:3
    Scenario Outline: S <n>
      When I say "<n>"
        """yaml
        n: <n>
        """
      Then there is
        | <n> | b |
      And more
      Examples:
        | n |
        | 1 |
        | 2 |
''')

    assert (feature.name, feature.description, feature.pickles) == ("F", "About it.", 2)
    [first, second] = feature.scenarios
    assert [(step.type, step.text) for step in first.steps] == [
        ("given", "one"),
        ("given", "two"),
        ("when", 'I say "1"'),
        ("then", "there is"),
        ("then", "more"),
    ]
    assert (first.title, first.rule, first.row) == ("S 1", "R", ("1",))
    assert first.tags == {"slow", "points:3"}
    assert first.steps[2].docstring == "n: 1"
    assert second.steps[3].table == (("2", "b"),)
    assert feature.all_findings == []


def test_korean_is_read() -> None:
    """Keywords in the feature's language, including mistyped ones."""
    feature = read("""# language: ko
기능: 가
  시나리오: 나
    조건 하나
    만일 둘
    그러면 셋
  시나리오: 다
    그러명 셋
    그러면 셋
""")

    assert [step.type for step in feature.scenarios[0].steps] == ["given", "when", "then"]
    assert [(one.line, one.code) for one in feature.all_findings] == [(8, "mistyped-keyword")]


@pytest.mark.parametrize(
    "line",
    [
        "The pods keep running.",
        "Giving up is no option.",
        "When a node fails is told elsewhere? No: prose may not begin so.",
        "Note: this takes a while.",
        "Any pod will do.",
        "Wherever they run.",
        "Example pods are small.",
    ],
)
def test_prose_is_left_alone(line: str) -> None:
    """A description has no findings."""
    feature = read(f"Feature: F\n  {line}\n  Scenario: S\n    Given one\n")

    assert feature.all_findings == []


@pytest.mark.parametrize("line", ["Givne one", "given one", "Given: one", "Whne one", "Adn one", "Thn one", "Gegeben one"])
def test_a_first_line_that_was_meant_as_a_step_is_found(line: str) -> None:
    """By its similarity to a keyword, or because a known sentence follows."""
    feature = read(f"Feature: F\n  Scenario: S\n    {line}\n    Then two\n", known="one")

    assert [(one.line, one.column, one.code) for one in feature.all_findings] == [(3, 5, "mistyped-keyword")]


@pytest.mark.parametrize("line", ["Scenaro: S", "Scenario S", "Senario Outline: S", "Backgroud:", "Exmaples:"])
def test_a_line_that_was_meant_as_a_section_is_found(line: str) -> None:
    """The lines under it would belong to something else."""
    feature = read(f"Feature: F\n\n  {line}\n  Scenario: T\n    Given one\n")

    assert [(one.line, one.code) for one in feature.all_findings] == [(3, "mistyped-keyword")]


def test_a_line_that_cannot_be_read_spoils_its_scenario_only() -> None:
    """The others can run."""
    feature = read("Feature: F\n  Scenario: S\n    Given one\n    Nonsense\n  Scenario: T\n    Given one\n")

    assert [len(scenario.findings) for scenario in feature.scenarios] == [1, 0]
    assert str(feature.all_findings[0]).startswith('a.feature:4:5: parse-error "Nonsense" is not allowed here')


def test_findings_of_a_background_are_those_of_every_scenario_under_it() -> None:
    """None of them would run as written."""
    text = """Feature: F
  Rule: R
    Background:
      Givne one
    Scenario: S
      Then a
  Rule: Q
    Scenario: T
      Then a
"""

    assert [len(scenario.findings) for scenario in read(text).scenarios] == [1, 0]


def test_an_outline_without_rows_does_not_vanish() -> None:
    """It is there, with a finding."""
    feature = read("Feature: F\n  Scenario Outline: S\n    Given <n>\n    Examples:\n      | n |\n  Scenario: T\n    Given one\n")

    assert [(scenario.title, len(scenario.findings)) for scenario in feature.scenarios] == [("S", 1), ("T", 0)]
    assert feature.pickles == 1


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    """The name is the given path."""
    (tmp_path / "a.feature").write_text("Feature: F\n")

    [finding] = authoring.read(tmp_path / "a.feature", "labs/a.feature").all_findings

    assert str(finding).startswith("labs/a.feature:1:1: no-scenario")
