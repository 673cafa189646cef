"""The output of a check on a terminal, whatever characters and colours it supports."""

import io
from dataclasses import replace

import pytest

from kubelab.exercises import Exercise
from kubelab.grading import FAILED, NOT_GRADED, PASSED, Mark
from kubelab.practice.screen import Screen

THERE = Mark("It is there", 9, 2, 2, PASSED)
SCALED = Mark(
    "Scaled in",
    12,
    1,
    0,
    FAILED,
    sentence='controllers/rs_lab.feature:16  Then ReplicaSet "rs-mainui" wants 1 pod',
    expected='ReplicaSet "rs-mainui" wants 1 pod',
    last_saw="2 wanted\n1 ready",
    cause="spec.replicas is 2",
    hint="kubectl scale",
    text="the whole\ntext",
)
LOST = Mark("It is there", 9, 2, 0, NOT_GRADED, cause="the API server does not answer", hint="Two of them")


class Terminal(io.TextIOWrapper):
    """A terminal, which may have colours."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def said(*marks: Mark, detail: str, exercise: Exercise) -> str:
    """The output for these marks on a terminal with all characters."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    screen = Screen(stream, detail)
    for mark in marks:
        screen.row(mark, exercise)
    screen.end(marks)
    stream.seek(0)
    return stream.read()


def test_each_objective_is_a_line_then_come_the_points(exercise: Exercise) -> None:
    """With the first failure in short."""
    assert said(THERE, SCALED, detail="hints", exercise=exercise) == (
        "✓ It is there  2 of 2\n"
        "✗ Scaled in    0 of 1\n"
        "2 of 3 points\n"
        "\n"
        "Scaled in\n"
        '  controllers/rs_lab.feature:16  Then ReplicaSet "rs-mainui" wants 1 pod\n'
        '  expected   ReplicaSet "rs-mainui" wants 1 pod\n'
        "  last saw   2 wanted\n"
        "             1 ready\n"
        "  why        spec.replicas is 2\n"
        "  hint       kubectl scale\n"
    )


def test_a_cause_that_was_seen_is_told_once(exercise: Exercise) -> None:
    """Unless the evidence names another one."""
    text = said(replace(SCALED, cause="2 wanted"), detail="hints", exercise=exercise)

    assert "last saw   2 wanted\n" in text
    assert "why" not in text


@pytest.mark.parametrize("detail", ["full", "hints", "none"])
def test_how_much_is_told_can_be_chosen(exercise: Exercise, detail: str) -> None:
    """Nothing, the first failure in short, or every failure in full."""
    text = said(THERE, SCALED, detail=detail, exercise=exercise)

    assert ("kubectl scale" in text) == (detail == "hints")
    assert ("\nScaled in\nthe whole\ntext\n" in text) == (detail == "full")
    assert said(THERE, detail=detail, exercise=exercise) == "✓ It is there  2 of 2\n2 of 2 points\n"


def test_trouble_is_not_a_failure(exercise: Exercise) -> None:
    """It has no points and no hint, and is printed if there is no failure to print first."""
    text = said(LOST, detail="hints", exercise=exercise)
    both = said(LOST, SCALED, detail="hints", exercise=exercise)

    assert text == "? It is there  not graded\nNot graded.\n\nIt is there\n  why        the API server does not answer\n"
    assert "\n0 of 1 point; the rest is not graded\n" in both
    assert "does not answer" not in both
    assert "the API server does not answer" in said(LOST, detail="full", exercise=exercise)


def test_a_terminal_without_these_letters_gets_words(exercise: Exercise) -> None:
    """Other unsupported characters are replaced."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    screen = Screen(stream)
    screen.row(THERE, exercise)
    screen.row(SCALED, exercise)
    screen.row(LOST, exercise)
    screen.line("Grüße")
    stream.seek(0)

    assert stream.read() == "[ok] It is there  2 of 2\n[no] Scaled in    0 of 1\n[??] It is there  not graded\nGr??e\n"


def test_a_terminal_has_colours_unless_it_wants_none(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the rules of https://no-color.org."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal(io.BytesIO(), encoding="utf-8")
    Screen(stream).row(THERE, exercise)
    monkeypatch.setenv("NO_COLOR", "1")
    Screen(stream).row(THERE, exercise)
    stream.seek(0)

    assert stream.read().splitlines() == ["\033[32m✓\033[0m It is there  2 of 2", "✓ It is there  2 of 2"]


def test_mistakes_are_told_with_what_has_not_been_done() -> None:
    """Nothing was applied."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    Screen(stream).mistakes(["rs-lab.yaml:5: spec.replica is not a field of this kind."])
    stream.seek(0)

    assert stream.read().splitlines() == [
        "✗ rs-lab.yaml:5: spec.replica is not a field of this kind.",
        "Nothing was applied. Correct this first; whether the values are right, the cluster says then.",
    ]


def test_what_is_not_judged_here_does_not_count(exercise: Exercise) -> None:
    """It is listed, with the command that judges it."""
    elsewhere = replace(SCALED, outcome=NOT_GRADED, cause="needs a namespace of its own: kubelab check rs_lab", sentence="", text="")

    assert said(THERE, elsewhere, detail="hints", exercise=exercise).splitlines() == [
        "✓ It is there  2 of 2",
        "· Scaled in    needs a namespace of its own: kubelab check rs_lab",
        "2 of 2 points",
    ]
