"""Tests of what ends a wait early."""
