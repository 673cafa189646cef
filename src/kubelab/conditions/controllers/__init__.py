"""Conditions about workloads and their rollouts, by the rules of their controllers."""
