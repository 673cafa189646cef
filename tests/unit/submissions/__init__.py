"""Tests of what students hand in."""
