"""A docstring without its closing quotes is reported where it begins; the scenarios after it can run."""

from pathlib import Path

import pytest

from kubelab import authoring
from kubelab.authoring import Feature

UNCLOSED = '''Feature: F
  Scenario: S
    When I edit it:
      """
      spec: {}
    Then two

  Scenario: T
    Given one
'''
CLOSED = '''  Scenario: U
    When I edit it:
      """
      spec: {}
      """
'''
ONE = "  Scenario: S\n    Given one\n"
TAGS = "tags belong directly above a feature, a rule, a scenario or Examples, and here"
TOLD = 'a.feature:4:7: unclosed-docstring the text that begins here has no end: write """ on a line of its own below it'


def read(text: str) -> Feature:
    """A feature, from its text; one of its sentences is known."""
    return authoring.parse(text, Path("/lab/a.feature"), "a.feature", known=lambda said: said == "two")


@pytest.mark.parametrize("after", ["", CLOSED, CLOSED + CLOSED.replace("U", "V")], ids=["alone", "before another", "before two"])
def test_its_opening_line_is_named_and_its_neighbours_are_whole(after: str) -> None:
    """Even if the beginning of another docstring would be taken for its end."""
    feature = read(UNCLOSED + after)

    assert [str(one) for one in feature.all_findings] == [f'{TOLD}, before "Then two" (line 6).']
    assert [(one.title, len(one.findings)) for one in feature.scenarios][:2] == [("S", 1), ("T", 0)]
    assert [step.docstring for one in feature.scenarios[2:] for step in one.steps] == ["spec: {}"] * after.count("Scenario")


@pytest.mark.parametrize("lines", [6, 5], ids=["with a step", "up to the end"])
def test_also_where_steps_and_texts_stand_alike(lines: int) -> None:
    """A known sentence does not belong to the docstring."""
    text = "\n".join(line.strip() for line in UNCLOSED.split("\n")[:lines])

    [told] = read(text).all_findings

    assert (told.line, told.code) == (4, "unclosed-docstring")
    assert ("(line 6)" in told.message) == (lines == 6)


@pytest.mark.parametrize(
    "text",
    [
        'Feature: F\n  Scenario: S\n    When I edit it:\n      """\n      Then it is so\n      Scenario: no\n      """\n    Then two\n',
        "Feature: F\n  Scenario: S\n    When I edit it:\n      # why\n      ```\n  below: it\n* two\n      ```\n",
        'Feature: F\n  """\n  Scenario: S\n    Given one\n',
    ],
)
def test_a_text_with_its_end_may_say_anything(text: str) -> None:
    """Even keywords, if they are indented as deeply; quotes in a description begin no docstring."""
    assert read(text).all_findings == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            "Feature: F\n  Scenario: S\n    Given one\n      | a |\n      | b | c |\n",
            5,
            "the cells of this row are 2, those of the first row (line 4) 1: each",
        ),
        (f'Feature: F\n{ONE}  Background:\n    """\n    b\n    """\n', 4, 'a Background comes first, before "Scenario: S" (line 2): '),
        ("Feature: F\n  Scenario: S\n    Given one\n  @slow\n", 4, f'"@slow" is not allowed here: {TAGS} the file ends.'),
        (f"Feature: F\n  @slow\n  Background:\n{ONE}", 2, f'"@slow" is not allowed here: {TAGS} "Background:" follows.'),
        (f"Feature: F\n{ONE}    @slow\n    Then two\n", 4, f'"@slow" is not allowed here: {TAGS} "Then two" follows.'),
        (f"Feature: F\n  @my tag\n{ONE}", 2, '"@my tag" cannot be read: a tag has no spaces, and each begins with @.'),
    ],
)
def test_what_stands_below_a_refused_line_is_not_told_beside_it(text: str, line: int, what: str) -> None:
    """One finding, in words."""
    [told] = read(text).all_findings

    assert (told.line, told.message[: len(what)]) == (line, what)
