"""Tests of kubelab.actors, without a cluster."""
