"""`kubelab check`: judges the files of an exercise on the cluster, once or at every save."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.cli import USAGE
from kubelab.cli.arguments import environment, parser, settings

if TYPE_CHECKING:
    from kubelab.exercises import Exercise
    from kubelab.practice.checker import Checker
    from kubelab.practice.loop import Inbox

ABOUT = """\
Judge the files of an exercise: is every objective so, on the cluster? First the files are looked at: what can be seen without running
anything (YAML, a field that the kind has not, a wrong apiVersion) is told before anything is applied. Then each objective is judged in a
namespace of its own, and told as soon as it is; for the first that is not so: the sentence, what was expected, what was last seen, and
a hint. Whether values are right is for the API server and the cluster to say.

DIR is the folder with your files (default: this one). Which exercise it is for, it knows from `kubelab start`; else say --exercise NAME.

What it touches: namespaces of its own on the cluster that pytest would use, made first if there is none (see kubelab up), and removed at
the end; DIR/.kubelab, with the last result and the log of the run.

Exit codes: 0 all points · 1 not all of them · 2 a word on the command line is wrong · 3 trouble of the machine or the cluster: not graded.
With --watch, Ctrl-C ends it with the code of the last check.

examples:
  kubelab check
  kubelab check rs_lab --watch            again at every save
  kubelab check --exercise rs_lab work --detail full
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    arguments = _form().parse_args(words)

    from kubelab.practice import memory  # noqa: PLC0415  (not needed for --help)
    from kubelab.practice.exercise_choice import NotMeant  # noqa: PLC0415

    try:
        _require_folder(arguments.folder)
        exercise = memory.exercise_of(arguments.folder, arguments.exercise)
        arguments.folder = memory.place_of(arguments.folder, exercise)
    except NotMeant as mistake:
        print(mistake, file=sys.stderr)
        return USAGE
    return _check(arguments, exercise)


def _form() -> argparse.ArgumentParser:
    form = parser("check", ABOUT, context=True)
    form.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=Path(), help="the folder with your files")
    form.add_argument("--exercise", metavar="NAME", default="", help="what they are for, where the folder does not know")
    form.add_argument("--watch", action="store_true", help="check again whenever one of the files is saved")
    form.add_argument("--detail", choices=["full", "hints", "none"], default="hints", help="how much to tell of what is not so (hints)")
    return form


def _require_folder(folder: Path) -> None:
    from kubelab.practice.exercise_choice import NotMeant  # noqa: PLC0415

    if not folder.is_dir():
        raise NotMeant(f"There is no folder {folder}. Begin an exercise: kubelab start NAME {folder}")


def _check(arguments: argparse.Namespace, exercise: "Exercise") -> int:
    from kubelab.practice import loop, saves  # noqa: PLC0415

    inbox = loop.Inbox()
    checker = _checker(arguments, exercise, inbox)
    if not arguments.watch:
        return loop.once(checker, inbox)
    return loop.watch(checker, inbox, lambda tell: saves.told(arguments.folder, exercise.files, tell))


def _checker(arguments: argparse.Namespace, exercise: "Exercise", inbox: "Inbox") -> "Checker":
    from kubelab.practice import memory  # noqa: PLC0415
    from kubelab.practice.check_cluster import CheckCluster  # noqa: PLC0415
    from kubelab.practice.checker import Checker  # noqa: PLC0415
    from kubelab.practice.judging import Task  # noqa: PLC0415
    from kubelab.practice.screen import Screen  # noqa: PLC0415

    wanted = settings(arguments)
    cluster = CheckCluster(wanted)
    task = Task(exercise, arguments.folder, memory.home(arguments.folder) / memory.LOG, environment(wanted))
    return Checker(task, cluster.start, inbox.hear, Screen(sys.stdout, arguments.detail), cluster.schema)
