"""Tests of how a class is graded."""
