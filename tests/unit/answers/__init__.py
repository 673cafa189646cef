"""Tests of what places answer."""
