"""`kubelab grade`: grades what a class has handed in, or merges what several machines have graded."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.cli import TROUBLE
from kubelab.cli.arguments import parser

if TYPE_CHECKING:
    from kubelab.cli.hand_ins import Wanted
    from kubelab.grading import Results

INTERRUPTED = 130
"""The exit code of a verb that Ctrl-C ends."""
ABOUT = """\
Grade what the students of a class have handed in. SUBMISSIONS is a folder with a folder or an archive (zip, tar.gz) for each student; the
names in downloads from Moodle and Canvas are understood. Only the files that an exercise asks for are taken, and each runs in namespaces of
its own.

A submission whose files are missing or refused has no points, and the sentence that says why. What trouble of the cluster kept from being
judged is run once more, and is then "not graded": never no points. The same command goes on after a stop, and grades only what is left or
was changed.

What it touches: the cluster (see kubelab status), namespaces that it removes again; DIR, in which it writes
  results.json           every grade with what each objective said (docs/grading.md)
  results.csv            a row for each student and exercise
  html/index.html        the class as a table, and a page for each student
  gradescope/…           Gradescope's results.json for each student
  journal.jsonl          what was judged so far; pytest.log, work/: what pytest said and ran

examples:
  kubelab grade submissions/ --exercise rs_lab
  kubelab grade submissions/ --exercise rs_lab --exercise pods/lab --jobs 8 --to week3/
  kubelab grade submissions/ --shard 1/3 --to shard1/              one of three machines
  kubelab grade --merge shard1/ shard2/ shard3/ --to week3/        needs no cluster

Exit codes: 0 everything is graded, whatever the points · 1 something is not graded · 2 a word on the command line is wrong ·
            3 nothing could be graded: the text says what to do · 130 interrupted; the same command goes on
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = _form()
    arguments = form.parse_args(words)
    if bool(arguments.submissions) == bool(arguments.merge):
        form.error("name a folder of submissions, or with --merge the folders to merge")
    try:
        wanted = _wanted(arguments)
    except ValueError as error:
        form.error(str(error))
    try:
        results = _graded(arguments, wanted) if wanted else _merged(arguments)
    except (KeyboardInterrupt, SystemExit) as end:
        print(f"\nStopped. What was judged so far is in {arguments.to}: the same command goes on from there.", file=sys.stderr)
        return INTERRUPTED if isinstance(end, KeyboardInterrupt) else int(str(end.code))
    return _told(results, arguments)


def _form() -> argparse.ArgumentParser:
    form = parser("grade", ABOUT)
    form.add_argument("submissions", metavar="SUBMISSIONS", nargs="?", type=Path, help="a folder with a folder or archive for each student")
    form.add_argument("--exercise", metavar="NAME", action="append", default=[], help="grade this one; else all that somebody handed in")
    form.add_argument("--jobs", metavar="N", type=int, help="scenarios at a time (default: 4; 1 without kubelab[parallel])")
    form.add_argument("--to", metavar="DIR", type=Path, default=Path("grades"), help="the folder to write into (default: grades)")
    form.add_argument("--features", metavar="DIR", type=Path, help="exercises of your own, in place of those that ship")
    form.add_argument("--shard", metavar="I/N", help="only the I-th of N parts of the class; /N in an Indexed Job")
    form.add_argument("--merge", metavar="DIR", nargs="+", type=Path, help="merge what was graded into these folders")
    form.add_argument("--fresh", action="store_true", help="grade everything again")
    form.add_argument("--context", metavar="NAME", help="use this kubeconfig context instead of the kind cluster")
    return form


def _wanted(arguments: argparse.Namespace) -> "Wanted | None":
    """What is to be graded; None where there is only something to merge. ValueError for a word that cannot be meant."""
    from kubelab import exercises  # noqa: PLC0415  (not needed for --help)
    from kubelab.cli import grade_folder, hand_ins, score_options  # noqa: PLC0415
    from kubelab.grading.shards import Shard, shard  # noqa: PLC0415

    grade_folder.check(arguments.to, arguments.merge or [arguments.submissions])
    if arguments.merge:
        return None
    part = shard(arguments.shard, os.environ) if arguments.shard else Shard()
    chosen = hand_ins.chosen(arguments.features or exercises.shipped(), arguments.exercise)
    return hand_ins.Wanted(chosen, part, score_options.jobs(arguments.jobs), named=bool(arguments.exercise))


def _merged(arguments: argparse.Namespace) -> "Results":
    from kubelab.cli import grade_folder  # noqa: PLC0415  (not needed for --help)
    from kubelab.grading import formats, results_file  # noqa: PLC0415
    from kubelab.grading.merging import merged  # noqa: PLC0415

    results = merged([(folder, results_file.read(folder)) for folder in arguments.merge])
    with grade_folder.held(arguments.to):
        formats.write(results, arguments.to)
    return results


def _graded(arguments: argparse.Namespace, wanted: "Wanted") -> "Results":
    from kubelab.cli import class_run, grade_folder, hand_ins  # noqa: PLC0415  (not needed for --help)
    from kubelab.grading import formats  # noqa: PLC0415

    with grade_folder.held(arguments.to):
        there = hand_ins.gathered(arguments.submissions, wanted, arguments.to / grade_folder.WORK / "submissions")
        results = class_run.results(arguments, there, wanted.jobs)
        formats.write(results, arguments.to)
    return results


def _told(results: "Results", arguments: argparse.Namespace) -> int:
    from kubelab.grading import in_short  # noqa: PLC0415

    to = arguments.to
    print(in_short.text(results))
    print(f"\n{to}/html/index.html   the class as a table, and a page for each student")
    print(f"{to}/results.json, {to}/results.csv, {to}/gradescope/")
    if results.open and arguments.merge:
        print("Grade what is left with the commands that wrote these folders, then merge them again.")
    elif results.open:
        print("The same command grades what is left.")
    return _code(results)


def _code(results: "Results") -> int:
    """The exit code: 0 where everything is graded, TROUBLE where nothing is that was to be run."""
    run = [grade for grade in results.grades if not grade.refusals]
    return 0 if not results.open else TROUBLE if len(results.open) == len(run) else 1
