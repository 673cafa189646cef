"""Tests of kubelab.waiting, without a cluster."""
