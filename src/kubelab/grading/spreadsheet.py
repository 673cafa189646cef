"""results.csv: a row for each student and exercise, as spreadsheets and learning platforms read it."""

import csv
import io

from kubelab.grading.marks import FAILED, Grade, Results

COLUMNS = ("student", "exercise", "graded", "points", "of", "failed", "reason")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001  (the wide ones begin a formula, too)
"""What a cell begins with that a spreadsheet may run: https://owasp.org/www-community/attacks/CSV_Injection."""
ENCODING = "utf-8-sig"
"""UTF-8 with the mark by which Excel knows it."""


def text(results: Results) -> str:
    """The table: its head, then the rows in the order of the results. A cell that would be a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _row(grade)] for grade in results.grades)
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell, or the same with an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell


def _row(grade: Grade) -> tuple[str, ...]:
    failed = "; ".join(mark.objective for mark in grade.marks if mark.outcome == FAILED)
    points = str(grade.points) if grade.graded else ""
    reason = grade.reason or " ".join([*grade.refusals, *grade.missing])
    return (grade.student, grade.exercise, "yes" if grade.graded else "no", points, str(grade.of), failed, reason)
