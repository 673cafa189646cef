"""Grades what was handed in: runs what is left of it, tells how far that is, and puts the results together."""

import argparse
import sys
from importlib.metadata import version

from kubelab import exercises
from kubelab.cli import grade_folder, score_options
from kubelab.cli.hand_ins import HandedIn
from kubelab.cli.live_line import Show, drawn
from kubelab.cli.score_run import ScoreRun
from kubelab.grading import Assignment, Results, assembly, rounds
from kubelab.grading.journal import Journal


def results(arguments: argparse.Namespace, there: HandedIn, at_a_time: int) -> Results:
    """The results of a class, after what the journal in the folder lacks was run."""
    journal, release = Journal(arguments.to / grade_folder.JOURNAL), version("kubelab")
    assignments = there.assignments(release)
    if arguments.fresh:
        journal.forget()
    journal.closed()
    _tell(there, assignments, journal)
    with drawn() as show:
        runner = _runner(arguments, there, assignments, journal, show, at_a_time)
        trouble = rounds.run(there.submissions, assignments, journal, runner)
    return assembly.results(there.submissions, assignments, journal.judged(), release, lambda _key: trouble or assembly.UNTOLD)


def _runner(
    arguments: argparse.Namespace, there: HandedIn, assignments: dict[str, Assignment], journal: Journal, show: Show, at_a_time: int
) -> ScoreRun:
    home = arguments.to / grade_folder.WORK
    root = [] if arguments.features else score_options.rooted(exercises.shipped(), home)
    features = [one.feature for one in there.exercises.values()]
    options, environment = [*root, *score_options.parallel(at_a_time)], score_options.environment(arguments)
    return ScoreRun(features, options, environment, home, arguments.to / grade_folder.LOG, journal, assignments, show)


def _tell(there: HandedIn, assignments: dict[str, Assignment], journal: Journal) -> None:
    """Say what there is to do."""
    students = len({one.student for one in there.submissions})
    refused = sum(bool(one.refusals) for one in there.submissions)
    left = len(assembly.left(there.submissions, assignments, journal.judged()))
    done = len(there.submissions) - refused - left
    counted = {"students": students, "exercises": len(assignments), "to run": left, "graded before": done, "missing or refused": refused}
    print(" · ".join(f"{what}: {many}" for what, many in counted.items()), file=sys.stderr)
