"""Conditions of what makes Pods: workloads and their rollouts, by the rules of their controllers."""
