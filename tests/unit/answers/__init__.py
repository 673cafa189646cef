"""Tests of the answers from Pods, nodes and this machine."""
