"""Grades from what was handed in and what was judged."""

from itertools import permutations

from kubelab.grading import FAILED, NOT_GRADED, assembly
from kubelab.grading.assembly import UNTOLD, key_of
from kubelab.grading.journal import Key
from kubelab.grading.score_reading import ScoreLine

from .small_class import POD, RS_LAB, SCALED, UP, HandIn, failed, line, open_, passed

ASKED = {RS_LAB.name: RS_LAB, POD.name: POD}
ANN, BOB = HandIn("ann"), HandIn("bob")
REFUSED = HandIn("cy", refusals=("rs-lab.yaml:3: a submission cannot have a hostPath volume.",))


def judged(*lines: tuple[HandIn, ScoreLine]) -> dict[Key, dict[str, ScoreLine]]:
    """The lines by submission and objective."""
    found: dict[Key, dict[str, ScoreLine]] = {}
    for hand_in, one in lines:
        found.setdefault(key_of(hand_in, ASKED[hand_in.exercise]), {})[one.mark.objective] = one
    return found


def test_points_are_those_of_the_objectives() -> None:
    """In the exercise's order."""
    known = judged((ANN, line("ann", failed(SCALED))), (ANN, line("ann", passed(UP))))

    [grade] = assembly.results([ANN], {RS_LAB.name: RS_LAB}, known, "0.1.0").grades

    assert [mark.objective for mark in grade.marks] == [UP.title, SCALED.title]
    assert (grade.points, grade.of, grade.graded, grade.digest) == (1, 3, True, "c0ffee")


def test_what_is_refused_has_no_points_and_is_graded() -> None:
    """With the message, in each objective."""
    [grade] = assembly.results([REFUSED], ASKED, {}, "0.1.0").grades

    assert (grade.points, grade.of, grade.graded, grade.refusals) == (0, 3, True, REFUSED.refusals)
    assert [(mark.outcome, mark.cause) for mark in grade.marks] == [(FAILED, REFUSED.refusals[0])] * 2


def test_trouble_is_not_graded_with_its_reason() -> None:
    """Never zero points."""
    [grade] = assembly.results([ANN], ASKED, judged((ANN, line("ann", passed(UP))), (ANN, line("ann", open_(SCALED)))), "0.1.0").grades

    assert (grade.graded, grade.reason) == (False, "the cluster did not answer")


def test_what_has_no_line_is_not_graded() -> None:
    """For the known reason, or without a particular one."""
    known = judged((ANN, line("ann", passed(UP))))

    [untold] = assembly.results([ANN], ASKED, known, "0.1.0").grades
    [told] = assembly.results([ANN], ASKED, known, "0.1.0", lambda key: f"pytest died of {key.student}").grades

    assert [mark.outcome for mark in untold.marks] == ["passed", NOT_GRADED]
    assert (untold.reason, told.reason) == (UNTOLD, "pytest died of ann")


def test_only_what_is_open_is_left() -> None:
    """Neither refused submissions nor judged ones."""
    known = judged((ANN, line("ann", passed(UP))), (ANN, line("ann", failed(SCALED))), (BOB, line("bob", open_(UP))))

    assert assembly.left([ANN, BOB, REFUSED], ASKED, known) == [BOB]


def test_other_files_are_left_again() -> None:
    """As if nothing had been judged."""
    known = judged((ANN, line("ann", passed(UP))), (ANN, line("ann", passed(SCALED))))
    changed = HandIn("ann", digest="dead")

    assert assembly.left([changed], ASKED, known) == [changed]


def test_the_order_makes_no_difference() -> None:
    """Of students, of exercises, of lines."""
    hand_ins = [HandIn(student, exercise) for student in ("ann", "bob", "cy") for exercise in ASKED]
    lines = [(one, line(one.student, passed(goal), one.exercise)) for one in hand_ins for goal in ASKED[one.exercise].goals]
    found = [
        assembly.results([*hand_ins[at:], *hand_ins[:at]], dict(asked), judged(*lines[at:], *lines[:at]), "0.1.0")
        for at in range(len(hand_ins))
        for asked in permutations(ASKED.items())
    ]

    assert all(one == found[0] for one in found)
    assert [(one.student, one.exercise) for one in found[0].grades] == sorted((one.student, one.exercise) for one in hand_ins)
    assert found[0].kubernetes == "1.36.3"
