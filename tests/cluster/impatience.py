"""The conftest.py of a run of changed labs: from the sentence that is meant to fail on, waits are shorter."""

import json
import sys
from pathlib import Path

import pytest
from pytest_bdd.parser import Feature, Step

PATIENCE = 0.4
LINES: dict[str, int] = json.loads(Path(__file__).with_name("lines.json").read_text())
"""By the folder of a lab, the line of the sentence that is meant to fail; a right variant has none."""
NOWHERE = sys.maxsize


def pytest_bdd_before_step(request: pytest.FixtureRequest, feature: Feature, step: Step) -> None:
    """Sentences before it have all the time they need: on a busy machine they must not fail instead."""
    folder, _, _ = feature.rel_filename.partition("/")
    if step.line_number >= LINES.get(folder, NOWHERE):
        request.getfixturevalue("lab").patience = PATIENCE
