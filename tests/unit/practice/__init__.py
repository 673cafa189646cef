"""Tests of a student's check."""
