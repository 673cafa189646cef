"""Puts grades together: of what a class has handed in, of what was refused, and of what was judged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from kubelab.grading.journal import Judged, Key
from kubelab.grading.marks import FAILED, NOT_GRADED, Assignment, Goal, Grade, Mark, Results
from kubelab.grading.score_reading import ScoreLine

UNTOLD = "the run ended before this objective was judged"
"""Why something is not graded where nothing better is known."""


class Submitted(Protocol):
    """What a student has handed in for one exercise."""

    @property
    def student(self) -> str:
        """Whose it is, as it is shown."""

    @property
    def exercise(self) -> str:
        """The exercise's name."""

    @property
    def digest(self) -> str:
        """What changes with the names and contents of the files."""

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why it is not run, each in a sentence."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of its files are not there, each in a sentence; it is run nevertheless."""


One = TypeVar("One", bound=Submitted)
Why = Callable[[Key], str]
"""Why a submission has no line for an objective."""


def key_of(submission: Submitted, assignment: Assignment) -> Key:
    """What its lines have in common."""
    return Key(submission.student, submission.exercise, submission.digest, assignment.digest)


def left(submissions: Iterable[One], assignments: Mapping[str, Assignment], judged: Judged) -> list[One]:
    """The submissions that are still to be run: neither refused nor judged in every objective."""
    return [one for one in submissions if not one.refusals and not _grade(one, assignments[one.exercise], judged, _untold).graded]


def results(
    submissions: Sequence[Submitted], assignments: Mapping[str, Assignment], judged: Judged, kubelab: str, why: Why | None = None
) -> Results:
    """The results of these submissions; `why` gives the reason where no line does."""
    keys = {key_of(one, assignments[one.exercise]) for one in submissions}
    versions = {line.kubernetes for key in keys & judged.keys() for line in judged[key].values()}
    grades = [_grade(one, assignments[one.exercise], judged, why or _untold) for one in submissions]
    return Results.of(versions, [kubelab], assignments.values(), grades)


def _grade(submission: Submitted, assignment: Assignment, judged: Judged, why: Why) -> Grade:
    marks = _marks(submission, assignment, judged, why)
    reason = next((mark.cause or UNTOLD for mark in marks if mark.outcome == NOT_GRADED), "")
    whose = (submission.student, submission.exercise, submission.digest)
    return Grade(*whose, marks, reason, submission.refusals, submission.missing)


def _marks(submission: Submitted, assignment: Assignment, judged: Judged, why: Why) -> tuple[Mark, ...]:
    if submission.refusals:
        return tuple(_refused(goal, submission.refusals[0]) for goal in assignment.goals)
    key = key_of(submission, assignment)
    return tuple(_mark(goal, judged.get(key, {}), lambda: why(key)) for goal in assignment.goals)


def _refused(goal: Goal, refusal: str) -> Mark:
    return Mark(goal.title, goal.line, goal.points, 0, FAILED, cause=refusal)


def _mark(goal: Goal, lines: Mapping[str, ScoreLine], why: Callable[[], str]) -> Mark:
    line = lines.get(goal.title)
    return line.mark if line else Mark(goal.title, goal.line, goal.points, 0, NOT_GRADED, cause=why())


def _untold(_key: Key) -> str:
    return UNTOLD
