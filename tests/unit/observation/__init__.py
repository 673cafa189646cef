"""Tests of kubelab.observation, without a cluster."""
