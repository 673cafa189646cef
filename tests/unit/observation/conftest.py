"""A store that is filled by watches of the fake API server."""

from collections.abc import Callable, Iterator

import pytest

from kubelab.client import Client
from kubelab.observation import Observer, Store, View

PATIENCE = 10.0

Seen = Callable[[Callable[[View], object]], None]


@pytest.fixture
def store() -> Store:
    """The store of a scenario in the namespace "lab"."""
    return Store("lab")


@pytest.fixture
def observer(client: Client, store: Store) -> Iterator[Observer]:
    """Watches of Pods and Events, not yet started."""
    observer = Observer(client, store, "lab", ["Pod"])
    yield observer
    observer.stop()


@pytest.fixture
def seen(store: Store) -> Seen:
    """Wait until a view meets a condition; fail if it never does."""

    def wait(shows: Callable[[View], object]) -> None:
        version = store.version
        while not shows(store.view()):
            after = store.wait(version, PATIENCE)
            assert after != version, "the store shows nothing new"
            version = after

    return wait
