"""Watching the kinds of one namespace: a thread per kind, from its first list to the scenario's end."""

from collections.abc import Iterable

from kubelab.client import Client
from kubelab.observation.store import Store


class Observer:
    """Fills a store from the watches of one namespace (Events always among them)."""

    def __init__(self, client: Client, store: Store, namespace: str, kinds: Iterable[str]) -> None:
        self._client, self._store, self._namespace = client, store, namespace
        self._kinds = tuple(dict.fromkeys([*kinds, "Event"]))

    def start(self) -> None:
        """Begin to watch; returns when every kind's first list is in the store."""

    def watch(self, *kinds: str) -> None:
        """Watch further kinds from now on; those already watched are left alone."""

    def stop(self) -> None:
        """End the watches and their threads at once."""
