"""Kubernetes labs as feature files that run against a real cluster."""
