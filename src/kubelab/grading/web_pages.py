"""The results as pages for a browser: the class as a table, and a page for each student with only this student's data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kubelab.grading import looks
from kubelab.grading.file_names import file_name
from kubelab.grading.marks import Results

if TYPE_CHECKING:
    from jinja2 import Environment

INDEX, STUDENTS = "index.html", "students"
"""The page of the class, and the folder of the students' pages beside it."""


@dataclass(frozen=True)
class Row:
    """A student in the table: the address of the page, a cell for each exercise, and the sum."""

    student: str
    page: str
    cells: tuple[looks.Look, ...]


def pages(results: Results) -> Iterator[tuple[str, str]]:
    """Each page: its path and its text. They need nothing but themselves; only the page of the class links to others."""
    templates = _environment()
    yield INDEX, templates.get_template("index.html.jinja").render(results=results, rows=[_row(results, one) for one in results.students])
    own = templates.get_template("student.html.jinja")
    for student in results.students:
        yield _page(student), own.render(student=student, results=_versions(results), grades=_grades(results, student))


def _page(student: str) -> str:
    return f"{STUDENTS}/{file_name(student)}.html"


def _row(results: Results, student: str) -> Row:
    own = {grade.exercise: grade for grade in results.grades if grade.student == student}
    cells = [looks.of_grade(own[one.name]) if one.name in own else looks.NOTHING for one in results.exercises]
    return Row(student, _page(student), (*cells, looks.of_sum(list(own.values()))))


def _versions(results: Results) -> Results:
    """What a student's page may know of the class: the versions alone."""
    return Results.of([results.kubernetes], [results.kubelab], (), ())


def _grades(results: Results, student: str) -> list[tuple[object, ...]]:
    exercises = {one.name: one for one in results.exercises}
    own = [grade for grade in results.grades if grade.student == student]
    return [
        (grade, exercises[grade.exercise], looks.of_grade(grade), [(mark, looks.of_mark(mark)) for mark in grade.marks]) for grade in own
    ]


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (not needed for --help)

    return Environment(loader=PackageLoader("kubelab.grading"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
