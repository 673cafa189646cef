"""Fixtures of all unit tests: a fake API server on a real socket with a client, a scripted scenario and one look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kubelab.client import Client
from kubelab.waiting import Condition, Observation

from .fake_api import FakeApi, kubeconfig, serving
from .scripted import Lab

Look = Callable[[Condition], Observation]


@pytest.fixture
def api() -> Iterator[FakeApi]:
    """A running fake API server."""
    with serving(FakeApi()) as served:
        yield served


@pytest.fixture
def client(api: FakeApi, tmp_path: Path) -> Client:
    """A client of the fake API server."""
    return Client(kubeconfig(tmp_path, f"http://127.0.0.1:{api.server.server_port}"), "fake")


@pytest.fixture
def lab() -> Lab:
    """A scenario with a clock of its own."""
    return Lab()


@pytest.fixture
def look(lab: Lab) -> Look:
    """One look of a condition at the scenario as it is now."""
    return lambda condition: condition.observe(lab.store.view(lab.since))
