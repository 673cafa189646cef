"""`kubelab exercises`: lists the exercises, and which of them are done in this folder."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab.cli import USAGE
from kubelab.cli.arguments import parser

if TYPE_CHECKING:
    from kubelab.practice.standing import Standing

ABOUT = """\
List the exercises with their points and their task in a line, in the course's order, all of them or those of a CHAPTER. Whether one is
done in this folder, or in a folder directly below it, is what the last `kubelab check` found there, as long as the files are as they were.
Changes nothing, and needs no cluster. Exit code 2 where no chapter is called so.

examples:
  kubelab exercises
  kubelab exercises controllers
  kubelab exercises --json
"""
HEAD = ("NAME", "POINTS", "HERE", "TASK")


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("exercises", ABOUT, name=False)
    form.add_argument("chapter", metavar="CHAPTER", nargs="?", default="", help="only those of this chapter, such as controllers")
    form.add_argument("--json", action="store_true", help="print them as JSON")
    arguments = form.parse_args(words)

    from kubelab import exercises  # noqa: PLC0415  (not needed for --help)
    from kubelab.exercises.exercise_choice import NotMeant, of_chapter  # noqa: PLC0415
    from kubelab.practice.standing import standings  # noqa: PLC0415

    try:
        chosen = of_chapter(arguments.chapter, exercises.found(exercises.shipped()))
    except NotMeant as mistake:
        print(mistake, file=sys.stderr)
        return USAGE
    found = standings(chosen, Path.cwd())
    print(json.dumps([_told(one) for one in found], indent=2, ensure_ascii=False) if arguments.json else _table(found))
    return 0


def _told(standing: "Standing") -> dict[str, Any]:
    """An exercise as JSON."""
    exercise = standing.exercise
    return {
        "name": exercise.name,
        "chapter": exercise.chapter,
        "title": exercise.title,
        "task": exercise.task,
        "files": exercise.files,
        "kinds": exercise.kinds,
        "of": exercise.points,
        "objectives": [{"title": one.title, "points": one.points} for one in exercise.objectives],
        "state": standing.state or "not begun",
        "points": standing.points,
        "feature": str(exercise.feature),
        "folder": str(standing.folder) if standing.folder else None,
    }


def _table(found: Sequence["Standing"]) -> str:
    rows = [HEAD, *((one.exercise.name, str(one.exercise.points), one.in_words, one.exercise.title) for one in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    lines = ("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows)
    return "\n".join(lines)
