"""Tests of the cluster layer that need no engine."""
