"""Test settings for this repository only; the labs need none."""

pytest_plugins = ["pytester"]
