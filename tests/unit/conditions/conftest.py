"""A scripted scenario, and a quick look at it."""

from collections.abc import Callable

import pytest

from kubelab.waiting import Condition, Observation
from tests.unit.scripted import Lab

Look = Callable[[Condition], Observation]


@pytest.fixture
def lab() -> Lab:
    """A scenario on a clock of its own."""
    return Lab()


@pytest.fixture
def look(lab: Lab) -> Look:
    """One look of a condition at the scenario as it is now."""
    return lambda condition: condition.observe(lab.store.view(lab.since))
