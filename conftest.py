"""This repository's own test choices; the labs need none."""

pytest_plugins = ["pytester"]
