"""A scripted scenario."""

import pytest

from tests.unit.scripted import Lab


@pytest.fixture
def lab() -> Lab:
    """A scenario on a clock of its own."""
    return Lab()
