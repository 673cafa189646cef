"""The results in a few lines, for a terminal."""

from collections.abc import Iterator, Sequence

from kubelab.grading.marks import Assignment, Grade, Results

HEAD = ("EXERCISE", "STUDENTS", "NOT GRADED", "ALL POINTS", "MEAN")
SHOWN = 10
"""How many submissions that are not graded are named."""
WIDTH = 200
"""Characters of a reason."""


def text(results: Results) -> str:
    """A line for each exercise, then what is not graded, and why."""
    rows = [HEAD, *(_row(one, [grade for grade in results.grades if grade.exercise == one.name]) for one in results.exercises)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    table = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]
    return "\n".join([*table, *_open(results.open)])


def _row(exercise: Assignment, grades: Sequence[Grade]) -> tuple[str, ...]:
    points = [grade.points for grade in grades if grade.graded]
    mean = f"{sum(points) / len(points):.1f} of {exercise.of}" if points else "-"
    return (exercise.name, str(len(grades)), str(len(grades) - len(points)), str(points.count(exercise.of)), mean)


def _open(grades: Sequence[Grade]) -> Iterator[str]:
    if grades:
        yield "\nNot graded, and not counted as no points:"
        yield from (f"  {one.student}, {one.exercise}: {one.reason.splitlines()[0][:WIDTH]}" for one in grades[:SHOWN])
        yield from [f"  and {len(grades) - SHOWN} more"] if len(grades) > SHOWN else []
