"""Conditions by topic: each function returns a frozen value with its wording."""
