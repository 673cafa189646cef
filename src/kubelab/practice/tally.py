"""What one check has found so far: a mark for each objective that was judged, and in the end one for each."""

from dataclasses import dataclass, field

from kubelab.exercises import Exercise
from kubelab.grading import FAILED, NOT_GRADED, Mark
from kubelab.plugin.handshake import OWN_NAMESPACE
from kubelab.practice.memory import Found

ALL, PART, TROUBLE = 0, 1, 3
"""The exit codes of a check: all points; some or none of them; trouble of the run or the cluster, so that nobody knows."""


@dataclass(eq=False)
class Tally:
    """The marks of an exercise by the titles of its objectives; `digest` is that of the files that are judged.

    `is_second`: the files are judged once more, after trouble. `has_waited`: for another run, and that was told.
    """

    exercise: Exercise
    digest: str
    marks: dict[str, Mark] = field(default_factory=dict)
    is_second: bool = False
    has_waited: bool = False

    def all(self, why: str) -> list[Mark]:
        """A mark for each objective; those that were not judged say why."""
        return [
            self.marks.get(one.title) or Mark(one.title, one.line, one.points, 0, NOT_GRADED, cause=why) for one in self.exercise.objectives
        ]

    def refused(self, why: str) -> list[Mark]:
        """The marks where nothing was applied."""
        return [Mark(one.title, one.line, one.points, 0, FAILED, cause=why) for one in self.exercise.objectives]

    def found(self, marks: list[Mark]) -> Found:
        """What is to be remembered of them."""
        outcomes = {mark.objective: mark.outcome for mark in marks}
        return Found(sum(mark.points for mark in marks), self.exercise.points, self.digest, outcomes)


def is_elsewhere(mark: Mark) -> bool:
    """Whether the objective is not judged where everything runs already, as it needs a namespace of its own."""
    return mark.outcome == NOT_GRADED and mark.cause.startswith(OWN_NAMESPACE)


def code(marks: list[Mark]) -> int:
    """The exit code that those mean which are judged here."""
    judged = [mark for mark in marks if not is_elsewhere(mark)]
    if not judged or any(mark.outcome == NOT_GRADED for mark in judged):
        return TROUBLE
    return ALL if all(mark.points == mark.of for mark in judged) else PART
