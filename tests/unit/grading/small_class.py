"""A small class for tests: an exercise with two objectives, and the results of its students."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kubelab.grading import FAILED, NOT_GRADED, PASSED, Assignment, Goal, Grade, Mark, Results
from kubelab.grading.score_reading import ScoreLine

UP, SCALED = Goal("Two Pods are ready", 12, 1), Goal("Scaled in to one", 20, 2, "kubectl scale --help")
RS_LAB = Assignment("controllers/rs_lab", "A ReplicaSet of your own", "aa11", (UP, SCALED))
POD = Assignment("pods/lab", "A Pod of your own", "bb22", (Goal("It runs", 9, 1),))
SENTENCE = 'controllers/rs_lab.feature:22  Then ReplicaSet "web" has 1 ready pod'


@dataclass(frozen=True)
class HandIn:
    """What a student has handed in."""

    student: str
    exercise: str = RS_LAB.name
    digest: str = "c0ffee"
    refusals: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    folder: Path = Path("/work")


def passed(goal: Goal) -> Mark:
    """All points."""
    return Mark(goal.title, goal.line, goal.points, goal.points, PASSED, hint=goal.hint, seconds=1.5)


def failed(goal: Goal, *, cause: str = "spec.replicas is 2", last_saw: str = "web, 2 wanted, 2 ready") -> Mark:
    """No points, with all fields of a failure."""
    said = {"sentence": SENTENCE, "expected": "1 ready pod", "last_saw": last_saw, "cause": cause, "hint": goal.hint}
    return Mark(goal.title, goal.line, goal.points, 0, FAILED, text=f"{SENTENCE}\n  last saw   {last_saw}", **said, seconds=31.0)


def open_(goal: Goal, cause: str = "the cluster did not answer") -> Mark:
    """Not graded."""
    return Mark(goal.title, goal.line, goal.points, 0, NOT_GRADED, cause=cause, text=cause)


def line(student: str, mark: Mark, exercise: str = RS_LAB.name) -> ScoreLine:
    """The line of one objective."""
    return ScoreLine(student, exercise, mark, "1.36.3")


def grade(student: str, *marks: Mark, exercise: str = RS_LAB.name, digest: str = "c0ffee", refusals: tuple[str, ...] = ()) -> Grade:
    """A grade, not graded if one of the marks is not."""
    reason = next((mark.cause for mark in marks if mark.outcome == NOT_GRADED), "")
    return Grade(student, exercise, digest, marks, reason, refusals)


def results(*grades: Grade, exercises: Sequence[Assignment] = (RS_LAB,)) -> Results:
    """The results of a class on one cluster."""
    return Results.of(["1.36.3"], ["0.1.0"], exercises, grades)


def class_of_four() -> Results:
    """One student with all points, one with some, one refused, one not graded."""
    missing = 'There is no file "rs-lab.yaml" in what was handed in.'
    none = [Mark(goal.title, goal.line, goal.points, 0, FAILED, cause=missing) for goal in RS_LAB.goals]
    return results(
        grade("ann", passed(UP), passed(SCALED)),
        replace(grade("bob", passed(UP), failed(SCALED)), missing=('"scale.sh" is not there. Hand it in under this name.',)),
        grade("cy", *none, refusals=(missing,)),
        grade("dee", passed(UP), open_(SCALED)),
    )
