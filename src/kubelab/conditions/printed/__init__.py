"""Checks of what a command printed: text, tables, sums and routes."""
