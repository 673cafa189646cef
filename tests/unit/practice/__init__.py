"""Tests of the student's loop."""
