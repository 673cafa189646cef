"""Hooks for a conftest that brings its own cluster; each has a default, and the first answer counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Cluster, Provider
    from kubelab.clusters.settings import Settings
    from kubelab.observation import Store


class Watching(Protocol):
    """Something that fills a store while a scenario runs."""

    def start(self) -> None:
        """Start watching; returns when the store has the objects that there are."""

    def stop(self) -> None:
        """End it."""


@pytest.hookspec(firstresult=True)
def pytest_kubelab_provider(config: pytest.Config, settings: "Settings") -> "Provider | None":
    """The provider of the cluster this run uses."""


@pytest.hookspec(firstresult=True)
def pytest_kubelab_client(config: pytest.Config, cluster: "Cluster") -> "Client | None":
    """The client that speaks with the cluster."""


@pytest.hookspec(firstresult=True)
def pytest_kubelab_observer(
    config: pytest.Config, client: "Client", store: "Store", namespace: str, kinds: Sequence[str]
) -> Watching | None:
    """What watches a scenario's kinds in its namespace and fills its store."""
