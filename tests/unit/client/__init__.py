"""Tests of kubelab.client, without a cluster."""
