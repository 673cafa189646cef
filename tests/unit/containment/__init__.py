"""Tests of what keeps labs in their place."""
