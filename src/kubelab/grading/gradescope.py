"""Gradescope's results.json, one for each student: https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format."""

import json
from collections.abc import Iterable
from typing import Any

from kubelab.grading.marks import FAILED, Grade, Mark, Results

VISIBLE = "visible"
"""The student sees it as soon as it is there."""


def texts(results: Results) -> dict[str, str]:
    """The file of each student of whom everything is graded: a score of the rest would count as the whole."""
    grades = {student: [one for one in results.grades if one.student == student] for student in results.students}
    return {student: _text(own, titles(results)) for student, own in grades.items() if all(one.graded for one in own)}


def titles(results: Results) -> dict[str, str]:
    """The title of each exercise by its name."""
    return {one.name: one.title for one in results.exercises}


def _text(grades: Iterable[Grade], names: dict[str, str]) -> str:
    own = list(grades)
    document = {
        "score": sum(grade.points for grade in own),
        "extra_data": {"max_score": sum(grade.of for grade in own)},
        "output": "\n".join(f"{names[grade.exercise]}: {said}" for grade in own for said in [*grade.refusals, *grade.missing]),
        "output_format": "text",
        "visibility": VISIBLE,
        "tests": [_test(mark, f"{names[grade.exercise]}: {mark.objective}") for grade in own for mark in grade.marks],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _test(mark: Mark, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "score": mark.points,
        "max_score": mark.of,
        "status": mark.outcome,
        "output": _output(mark) if mark.outcome == FAILED else "",
        "output_format": "text",
        "visibility": VISIBLE,
    }


def _output(mark: Mark) -> str:
    said = {"": mark.sentence, "expected": mark.expected, "last saw": mark.last_saw, "why": mark.why, "hint": mark.hint}
    return "\n".join(f"{title:<11}{text}" if title else text for title, text in said.items() if text)
