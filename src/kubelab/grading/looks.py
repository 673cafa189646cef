"""How points look in a table: a sign and words beside the colour, so that the colour is never the only one to tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from kubelab.grading.marks import NOT_GRADED, Grade, Mark

SIGNS = {"full": "✓", "part": "◐", "none": "✗", "open": "?", "empty": "·"}
"""The sign of each look; a look is also the class of its style."""


@dataclass(frozen=True)
class Look:
    """A cell: its look, its points in words, and what is to be said of it beside."""

    look: str
    points: str
    note: str = ""

    @property
    def sign(self) -> str:
        """What tells the look without a colour."""
        return SIGNS[self.look]


NOTHING = Look("empty", "none")
"""An exercise that this student has no grade of."""


def of_grade(grade: Grade) -> Look:
    """That of one exercise of one student."""
    if not grade.graded:
        return Look("open", "not graded", grade.reason)
    return Look(_name(grade.points, grade.of), _words(grade.points, grade.of), "refused or missing" if grade.refusals else "")


def of_mark(mark: Mark) -> Look:
    """That of one objective."""
    if mark.outcome == NOT_GRADED:
        return Look("open", "not graded")
    return Look(_name(mark.points, mark.of), _words(mark.points, mark.of))


def of_sum(grades: Sequence[Grade]) -> Look:
    """That of all exercises of one student; what is not graded is told, and counts neither here nor there."""
    graded = [grade for grade in grades if grade.graded]
    points, there = sum(grade.points for grade in graded), sum(grade.of for grade in graded)
    missing = len(grades) - len(graded)
    if not graded:
        return Look("open", "not graded")
    return Look("open" if missing else _name(points, there), _words(points, there), f"without {missing} not graded" if missing else "")


def _name(points: int, of: int) -> str:
    return "full" if points == of else "part" if points else "none"


def _words(points: int, of: int) -> str:
    return f"{points} of {of}"
