"""`kubelab start`: begins an exercise in a folder."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.cli import USAGE
from kubelab.cli.arguments import parser

if TYPE_CHECKING:
    from kubelab.practice.starting import Put

ABOUT = """\
Begin an exercise: make a folder with its task as README.md, the files that come with it, an empty file for each that it asks for, and
settings for editors. NAME is the exercise's name or the end of it, such as rs_lab for controllers/rs_lab; or the file of a feature.

What it touches: DIR (default: a folder called as the exercise is). What is there already is left as it is, and told.
Exit code 2 where no exercise is called so, or where DIR is for another one.

examples:
  kubelab exercises                  which there are
  kubelab start rs_lab               begin in the folder rs_lab
  kubelab start rs_lab work --skeleton
  kubelab check work                 then: is it right?
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("start", ABOUT, name=False)
    form.add_argument("exercise", metavar="NAME", help="which exercise; see them: kubelab exercises")
    form.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="where to begin it; made where it is missing")
    form.add_argument("--skeleton", action="store_true", help="write what each kind must have into the files, to be filled in")
    arguments = form.parse_args(words)

    from kubelab import exercises  # noqa: PLC0415  (not needed for --help)
    from kubelab.exercises.exercise_choice import NotMeant, named  # noqa: PLC0415
    from kubelab.practice import starting  # noqa: PLC0415

    try:
        exercise = named(arguments.exercise, exercises.shipped())
        folder = arguments.folder or starting.folder_of(exercise)
        put = starting.start(exercise, folder, skeletons=arguments.skeleton)
    except NotMeant as mistake:
        print(mistake, file=sys.stderr)
        return USAGE
    _show(folder, put)
    return 0


def _show(folder: Path, put: Sequence["Put"]) -> None:
    width = max(len(one.name) for one in put)
    for one in put:
        print(f"  {one.name:<{width}}  {'was there, and is as it was' if one.was_there else one.what}")
    print(f"Read {folder / 'README.md'}. Is it right: {shlex.join(['kubelab', 'check', str(folder)])}")
