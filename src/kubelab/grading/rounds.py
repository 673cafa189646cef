"""Runs what is to be graded, and once more what came to nothing."""

from collections.abc import Callable, Mapping, Sequence

from kubelab.grading.assembly import One, left
from kubelab.grading.journal import Journal
from kubelab.grading.marks import Assignment

TIMES = 2
"""How often a submission is run at most: trouble of the cluster may have passed by then."""


def run(submissions: Sequence[One], assignments: Mapping[str, Assignment], journal: Journal, runner: Callable[[Sequence[One]], str]) -> str:
    """Run what the journal lacks; why the last round ended before its time, "" where it did not.

    `runner` runs the submissions that it is given, adds their lines to the journal, and says why it ended before its time.
    """
    trouble = ""
    for _ in range(TIMES):
        still = left(submissions, assignments, journal.judged())
        if not still:
            break
        trouble = runner(still)
    return trouble
