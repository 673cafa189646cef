"""Grades a class: what was judged becomes marks, grades and results, and these become files. Asks no cluster, and starts nothing."""

from kubelab.grading.marks import FAILED, NOT_GRADED, PASSED, Assignment, Goal, Grade, Mark, Results

__all__ = ["FAILED", "NOT_GRADED", "PASSED", "Assignment", "Goal", "Grade", "Mark", "Results"]
