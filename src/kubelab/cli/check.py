"""`kubelab check`: judges the files of an exercise on the cluster, once or at every save."""

import argparse
import shlex
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

With --namespace NAME it judges what you have applied there yourself, and changes nothing: of exercises that allow it, the objectives that
only read what is there now. The others are listed. Your files are not needed for that; what those that are there declare must be there too.

What it touches: namespaces of its own on the cluster that pytest would use, made first if there is none (see kubelab up), and removed at
the end (with --namespace nothing of the cluster); DIR/.kubelab, with the last result and the log of the run.

Exit codes: 0 all points · 1 not all of them · 2 a word on the command line is wrong · 3 trouble of the machine or the cluster: not graded.
With --watch, Ctrl-C ends it with the code of the last check.

examples:
  kubelab check
  kubelab check rs_lab --watch            again at every save
  kubelab check --exercise rs_lab work --detail full
  kubelab check rs_lab --namespace web    what runs in the namespace web
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    arguments = _form().parse_args(words)

    from kubelab.exercises.exercise_choice import NotMeant  # noqa: PLC0415
    from kubelab.practice import memory  # noqa: PLC0415  (not needed for --help)

    try:
        _require_folder(arguments)
        exercise = memory.exercise_of(arguments.folder, arguments.exercise)
        _require_live(arguments, exercise)
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
    form.add_argument(
        "--namespace", metavar="NAME", default="", help="judge what runs in this namespace of the cluster, and change nothing"
    )
    form.add_argument("--detail", choices=["full", "hints", "none"], default="hints", help="how much to tell of what is not so (hints)")
    return form


def _require_folder(arguments: argparse.Namespace) -> None:
    """NotMeant where there is no such folder; of what runs already, the exercise may be named in its place."""
    from kubelab.exercises.exercise_choice import NotMeant  # noqa: PLC0415

    if not arguments.folder.is_dir() and arguments.namespace and not arguments.exercise:
        arguments.exercise, arguments.folder = str(arguments.folder), Path()
    if not arguments.folder.is_dir():
        remedy = _beginning(str(arguments.folder))
        raise NotMeant(f"There is no folder {arguments.folder}. {remedy}")


def _beginning(word: str) -> str:
    """The command that begins the exercise of that name; else what was begun here, or the command that begins any one in that folder."""
    from kubelab import exercises  # noqa: PLC0415
    from kubelab.exercises.exercise_choice import NotMeant, named  # noqa: PLC0415
    from kubelab.practice import memory  # noqa: PLC0415

    try:
        named(word, exercises.shipped())
    except NotMeant:
        return memory.begun_below(Path()) or f"Begin an exercise: kubelab start NAME {shlex.quote(word)}"
    return f"Begin an exercise: kubelab start {word}"


def _require_live(arguments: argparse.Namespace, exercise: "Exercise") -> None:
    """NotMeant where what runs in a namespace is to be judged, and the exercise is not for that."""
    from kubelab import exercises  # noqa: PLC0415
    from kubelab.exercises.exercise_choice import NotMeant  # noqa: PLC0415

    if arguments.namespace and arguments.watch:
        raise NotMeant("--watch checks again when a file is saved, and with --namespace no file is applied: leave one of them out")
    if arguments.namespace and not exercise.is_live:
        allowing = ", ".join(one.name for one in exercises.found(exercises.shipped()) if one.is_live)
        raise NotMeant(f"{exercise.name} is judged in namespaces of its own only: leave out --namespace. These allow it: {allowing}")


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
    cluster = CheckCluster(wanted, only_there=bool(arguments.namespace))
    task = Task(exercise, arguments.folder, memory.home(arguments.folder) / memory.LOG, environment(wanted), arguments.namespace)
    return Checker(task, cluster.start, inbox.hear, Screen(sys.stdout, arguments.detail), cluster.schema)
