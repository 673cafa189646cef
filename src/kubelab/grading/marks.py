"""What a class has reached, as values: a mark for each objective, a grade for each submission, the results of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

PASSED, FAILED, NOT_GRADED = "passed", "failed", "not graded"
"""The outcomes of an objective; the last one is trouble of the run or the cluster, which says nothing about the student."""


@dataclass(frozen=True)
class Mark:
    """How one objective came out: `points` of `of`; what the failure says, and "" in its place where the objective passed.

    `line` is the scenario's in the feature; `text` is the whole failure as the terminal shows it; `seconds` is how long it took.
    """

    objective: str
    line: int
    of: int
    points: int
    outcome: str
    sentence: str = ""
    expected: str = ""
    last_saw: str = ""
    cause: str = ""
    hint: str = ""
    text: str = ""
    seconds: float = 0.0

    @property
    def why(self) -> str:
        """The cause, unless it is what was last seen."""
        return "" if self.cause.strip() == self.last_saw.strip().partition("\n")[0] else self.cause


@dataclass(frozen=True)
class Goal:
    """An objective as the exercise states it: its title, the line of its scenario, its points."""

    title: str
    line: int
    points: int
    hint: str = ""


@dataclass(frozen=True)
class Assignment:
    """An exercise that is graded; `digest` changes with its text, and with the kubelab that grades it."""

    name: str
    title: str
    digest: str
    goals: tuple[Goal, ...]

    @property
    def of(self) -> int:
        """The points that there are."""
        return sum(goal.points for goal in self.goals)


@dataclass(frozen=True)
class Grade:
    """What one student has reached in one exercise; `digest` is that of the files, `reason` says why it is not graded, "" where it is.

    `refusals`: why nothing was run, each in a sentence; then every objective has failed. `missing`: which files are not there.
    """

    student: str
    exercise: str
    digest: str
    marks: tuple[Mark, ...]
    reason: str = ""
    refusals: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """The points reached; without a meaning where it is not graded."""
        return sum(mark.points for mark in self.marks)

    @property
    def of(self) -> int:
        """The points that there are."""
        return sum(mark.of for mark in self.marks)

    @property
    def graded(self) -> bool:
        """Whether every objective was judged."""
        return not self.reason


@dataclass(frozen=True)
class Results:
    """A graded class: the versions it was graded with, the exercises by name, the grades by student and exercise."""

    kubernetes: str
    kubelab: str
    exercises: tuple[Assignment, ...]
    grades: tuple[Grade, ...]

    @classmethod
    def of(cls, kubernetes: Iterable[str], kubelab: Iterable[str], exercises: Iterable[Assignment], grades: Iterable[Grade]) -> "Results":
        """The results in their order, whatever the order in which they came; several versions are listed."""
        return cls(
            ", ".join(sorted({*kubernetes} - {""})),
            ", ".join(sorted({*kubelab} - {""})),
            tuple(sorted(exercises, key=lambda one: one.name)),
            tuple(sorted(grades, key=lambda one: (one.student, one.exercise))),
        )

    @property
    def students(self) -> tuple[str, ...]:
        """Their names, sorted."""
        return tuple(dict.fromkeys(grade.student for grade in self.grades))

    @property
    def open(self) -> tuple[Grade, ...]:
        """What could not be graded."""
        return tuple(grade for grade in self.grades if not grade.graded)
