"""Tests of what a cluster can do for labs."""
