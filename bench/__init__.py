"""Benchmarks: each prints ratios from one run of interleaved rounds; none asserts a time."""
