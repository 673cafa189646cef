"""Exercises: features that say what a student's own files must do, as values; read without a cluster."""

from kubelab.exercises.exercise import Exercise, Objective, of, read
from kubelab.exercises.listing import found, shipped

__all__ = ["Exercise", "Objective", "found", "of", "read", "shipped"]
