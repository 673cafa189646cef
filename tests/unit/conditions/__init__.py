"""Tests of kubelab.conditions, without a cluster."""
