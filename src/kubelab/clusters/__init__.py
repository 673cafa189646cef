"""Finds, makes, mends and removes the cluster a run needs."""
