"""Feature files are checked without running anything: pytest --collect-only."""

import re

import pytest

from tests.plugin.conftest import Folder

LATE = "\n  Scenario: S\n    Given a thing\n  Background:\n    Given a thing\n  Scenario: T\n    Then it is so\n"


@pytest.mark.parametrize("words", [[], ["-q"], ["-n", "2"]], ids=" ".join)
def test_what_is_wrong_is_told_once_and_by_the_exit_code(folder: Folder, words: list[str]) -> None:
    """In the order of files and lines, even if it concerns two scenarios."""
    folder.feature(LATE)
    folder.feature('\n  Scenario: S\n    Given a thong\n    When I edit Deployment "web":\n', "b")

    result = folder.run("--collect-only", *words)

    told = [line.partition(" ")[0] for line in result.outlines if re.match(r"\w+\.feature:\d", line)]
    assert told == ["a.feature:5:3:", "b.feature:4:5:", "b.feature:5:5:"]
    assert result.ret == 6
    assert folder.log == []


def test_nothing_wrong_is_nothing_told(folder: Folder) -> None:
    """Nor are findings of scenarios that were not chosen."""
    folder.feature("\n  Scenario: Good\n    Given a thing\n  Scenario: Bad\n    Given a thong\n")

    result = folder.run("--collect-only", "-k", "Good")

    assert result.ret == 0
    assert "wrong in feature files" not in result.stdout.str()
