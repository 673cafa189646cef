"""Tests of what confines labs."""
