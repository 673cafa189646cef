"""How a file begins: one finding says why the file cannot be read, and its scenarios get no findings of their own."""

from pathlib import Path

import pytest

from kubelab import authoring

KOREAN = "기능: 가\n  시나리오: 나\n    조건 하나\n    그러면 둘\n"
ENGLISH = "Feature: F\n  Scenario: S\n    Given one\n    Then two\n"


def findings(text: str, known: str = "one") -> list[str]:
    """The findings of a text; `known` is a sentence of the vocabulary."""
    feature = authoring.parse(text, Path("/lab/a.feature"), "a.feature", known=lambda said: said == known)
    return [str(one).removeprefix("a.feature:") for one in feature.all_findings]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            KOREAN,
            (
                '1:1: wrong-language "기능" is Korean for "Feature", but the file does not say that it is in Korean:'
                ' write "# language: ko" above it, as the first line.'
            ),
        ),
        (
            f"# language: de\n{KOREAN}",
            (
                '1:1: wrong-language the file says here that it is in German, but "기능" (line 2) is Korean:'
                ' write "# language: ko", or "Funktionalität" for "기능".'
            ),
        ),
        (
            f"# language: ko\n@slow\n{ENGLISH}",
            (
                '1:1: wrong-language the file says here that it is in Korean, but "Feature" (line 3) is English:'
                ' write "# language: en", or "기능" for "Feature".'
            ),
        ),
        (f"#language ko\n{KOREAN}", '1:1: wrong-language "#language ko" is only a comment: write "# language: ko".'),
        (f"{KOREAN}# language: ko\n", '5:1: wrong-language this line is too late: move it above "기능" (line 1).'),
        (f"# language: Korean\n{ENGLISH}", '1:1: wrong-language there is no language "Korean": English is "# language: en".'),
        (f"# language: Korean\n{KOREAN}", '1:1: wrong-language there is no language "Korean": Korean is "# language: ko".'),
        (
            "# language: xx\nXyz: F\n",
            (
                '1:1: wrong-language there is no language "xx": write its short name, such as "en" for English and "ko" for Korean,'
                " or leave this line out for English."
            ),
        ),
    ],
)
def test_a_language_that_is_forgotten_or_wrong_is_told_once(text: str, told: str) -> None:
    """With the line to write, or the keyword in the language that the file declares."""
    assert findings(text) == [told]


def test_of_two_languages_with_the_keyword_that_of_most_lines_is_meant() -> None:
    """The keyword "Egenskap" is "Feature" in Norwegian and in Swedish."""
    [told] = findings("Egenskap: F\n  Scenario: S\n    Gitt one\n    Så two\n")

    assert '"# language: no"' in told


def test_a_language_s_name_is_understood_where_the_file_shows_none() -> None:
    """Its English name, or its own."""
    assert findings("# language: Deutsch\nXyz: F\n") == ['1:1: wrong-language there is no language "Deutsch": German is "# language: de".']


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Feture: F\n" + ENGLISH.partition("\n")[2], '1:1: mistyped-keyword "Feture: F" cannot be read; was "Feature:" meant?'),
        ("feature F\n" + ENGLISH.partition("\n")[2], '1:1: mistyped-keyword "feature F" cannot be read; was "Feature:" meant?'),
        ("# language: ko\n긱능: 가\n", '2:1: mistyped-keyword "긱능: 가" cannot be read; was "기능:" meant?'),
        (
            "  Scenario: S\n    Given one\n",
            '1:3: no-feature there is no "Feature:" above "Scenario: S": a file begins with it and a title.',
        ),
        ("Labs\n\n" + ENGLISH, '1:1: no-feature "Labs" is not allowed here: a file begins with "Feature:" and a title.'),
        ("# nothing\n", '1:1: no-feature this file has no feature: it begins with "Feature:" and a title.'),
    ],
)
def test_a_feature_that_lacks_or_is_mistyped_is_told_once(text: str, told: str) -> None:
    """Not for each of the lines below it."""
    assert findings(text) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "# language: ko\n" + KOREAN.replace("그러면", "Then"),
            '5:5: mistyped-keyword "Then" is English; in Korean, the language of this file, it is "그러면".',
        ),
        (
            "# language: ko\n" + KOREAN.replace("그러면", "그러명"),
            '5:5: mistyped-keyword "그러명 둘" cannot be read; was "그러면" meant?',
        ),
        (
            "# language: ko\n" + KOREAN.replace("그러면 ", "그런데 이것은 "),
            (
                '5:5: parse-error "그런데 이것은 둘" is not allowed here: a step begins with 조건, 먼저, 만일, 만약, 그러면, '
                "그리고, 하지만, 단."
            ),
        ),
        (
            ENGLISH.replace("Then two", "그러면 two"),
            '4:5: mistyped-keyword "그러면" is Korean; in English, the language of this file, it is "Then".',
        ),
        (
            ENGLISH.replace("Then two", "Alors one"),
            '4:5: mistyped-keyword "Alors" is French; in English, the language of this file, it is "Then".',
        ),
        (
            ENGLISH.replace("Given one", "조건 one"),
            '3:5: mistyped-keyword "조건" is Korean; in English, the language of this file, it is "Given".',
        ),
    ],
)
def test_a_keyword_is_named_in_the_language_of_the_file(text: str, told: str) -> None:
    """Whatever language it was written in, and whatever was mistyped."""
    assert findings(text) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            ENGLISH.replace("Then two", "one"),
            '4:5: mistyped-keyword "one" has no keyword before it: a step begins with Given, When, Then, And, But.',
        ),
        (
            ENGLISH.replace("Given one", "one"),
            '3:5: mistyped-keyword "one" is read as a description: a step begins with Given, When, Then, And, But.',
        ),
        (
            ENGLISH.replace("Given one", "- Given one"),
            '3:5: mistyped-keyword "- Given one" is read as a description: leave out "-", as a step begins with its keyword.',
        ),
        (
            ENGLISH.replace("Then two", "2. Then two"),
            '4:5: mistyped-keyword "2. Then two" cannot be read: leave out "2.", as a step begins with its keyword.',
        ),
        (ENGLISH.replace("Then two", "Adn one"), '4:5: mistyped-keyword "Adn one" cannot be read; was "And" meant?'),
        (
            ENGLISH.replace("Then two", "Xyz one"),
            '4:5: mistyped-keyword "Xyz" is not a keyword: a step begins with Given, When, Then, And, But.',
        ),
    ],
)
def test_a_sentence_of_ours_without_its_keyword_is_told_as_such(text: str, told: str) -> None:
    """Also if two letters of the keyword are swapped."""
    assert findings(text) == [told]
