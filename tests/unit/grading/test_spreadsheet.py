"""results.csv."""

import csv
import io

import pytest

from kubelab.grading import spreadsheet
from kubelab.grading.spreadsheet import harmless

from .small_class import SCALED, UP, class_of_four, failed, grade, passed, results


def rows(text: str) -> list[list[str]]:
    """The cells of each row."""
    return list(csv.reader(io.StringIO(text)))


def test_each_student_and_exercise_has_a_row() -> None:
    """If something is not graded, there are no points, but a reason."""
    head, *found = rows(spreadsheet.text(class_of_four()))

    assert head == ["student", "exercise", "graded", "points", "of", "failed", "reason"]
    missing = 'There is no file "rs-lab.yaml" in what was handed in.'
    assert found == [
        ["ann", "controllers/rs_lab", "yes", "3", "3", "", ""],
        ["bob", "controllers/rs_lab", "yes", "1", "3", "Scaled in to one", '"scale.sh" is not there. Hand it in under this name.'],
        ["cy", "controllers/rs_lab", "yes", "0", "3", "Two Pods are ready; Scaled in to one", missing],
        ["dee", "controllers/rs_lab", "no", "", "3", "", "the cluster did not answer"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "\n@x", "＝1"])  # noqa: RUF001
def test_no_cell_is_a_formula(name: str) -> None:
    """Whatever a student's name is."""
    _, [cell, *_] = rows(spreadsheet.text(results(grade(name, passed(UP), failed(SCALED)))))

    assert cell == f"'{name}"


@pytest.mark.parametrize("name", ["Ann Lee", "O'Hara, Bob", 'a "b" c', "Zoë-Ann", "x=1", ""])
def test_other_cells_are_as_they_are(name: str) -> None:
    """Quoted by the rules of CSV."""
    assert harmless(name) == name
    assert rows(spreadsheet.text(results(grade(name, passed(UP)))))[1][0] == name
