"""Test choices of this repository alone; the labs need none."""

pytest_plugins = ["pytester"]
