"""Fixtures of all unit tests: a fake API server on a real socket, and a client of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kubelab.client import Client

from .fake_api import FakeApi, kubeconfig, serving


@pytest.fixture
def api() -> Iterator[FakeApi]:
    """A served fake API."""
    with serving(FakeApi()) as served:
        yield served


@pytest.fixture
def client(api: FakeApi, tmp_path: Path) -> Client:
    """A client of the fake API."""
    return Client(kubeconfig(tmp_path, f"http://127.0.0.1:{api.server.server_port}"), "fake")
