"""The image policy."""
