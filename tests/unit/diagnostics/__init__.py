"""Tests of kubelab.diagnostics, without a cluster."""
