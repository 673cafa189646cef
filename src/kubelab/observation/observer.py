"""Watching the kinds of one namespace: a thread per kind, from its first list to the scenario's end."""

import threading
from collections.abc import Iterable

from kubelab import durations
from kubelab.client import Client
from kubelab.client.knocking import WAIT
from kubelab.errors import SetupTrouble
from kubelab.observation.store import Store
from kubelab.observation.watcher import SILENCE, Watcher

START_LIMIT = WAIT
ON_ITS_WAY = 0.05  # so that what is merely on its way to a watch is not taken for missed


class Observer:
    """Fills a store from the watches of one namespace (Events always among them).

    A watch without a byte for `silence` seconds is considered dead and started again.
    """

    def __init__(self, client: Client, store: Store, namespace: str, kinds: Iterable[str], silence: float = SILENCE) -> None:
        self._client, self._store, self._namespace, self._silence = client, store, namespace, silence
        self._wanted = tuple(dict.fromkeys([*kinds, "Event"]))
        self._watchers: dict[str, Watcher] = {}

    def start(self) -> None:
        """Start watching; returns when every kind's first list is in the store. LabFailure for a kind the cluster does not know."""
        self._store.add_reader(self)
        self.watch(*self._wanted)

    def watch(self, *kinds: str) -> None:
        """Watch further kinds from now on; those already watched are left alone."""
        new = [self._client.kind(kind) for kind in dict.fromkeys(kinds) if kind not in self._watchers]
        watchers = {kind.kind: Watcher(self._client, self._store, self._namespace, kind, self._silence) for kind in new}
        self._watchers |= watchers
        for watcher in watchers.values():
            watcher.start()
        self._await_first_lists(watchers)

    def watches(self, kind: str, namespace: str) -> bool:
        """Whether that kind is among those watched, and the namespace the one watched ("" for what is cluster-wide)."""
        return kind in self._watchers and namespace in {self._namespace, ""}

    def read_again(self) -> None:
        """Compare every watched kind with a fresh list: a watch that silently stopped telling is recorded as a gap and started again."""
        watchers = list(self._watchers.values())
        lists = [watcher.listing() for watcher in watchers]
        threading.Event().wait(ON_ITS_WAY)
        for watcher, listing in zip(watchers, lists, strict=True):
            watcher.compare(*listing)

    def catch_up(self, timeout: float) -> None:
        """Return once the watches have told everything that fresh lists show (Events aside); what is late by then is read again."""
        late = [kind for kind, watcher in self._watchers.items() if kind != "Event" and not watcher.catch_up(timeout)]
        if late:
            self.read_again()

    def stop(self) -> None:
        """End the watches and their threads at once."""
        for watcher in self._watchers.values():
            watcher.end()
        for watcher in self._watchers.values():
            watcher.join(timeout=2.0)

    def _await_first_lists(self, watchers: dict[str, Watcher]) -> None:
        late = sorted(self._store.await_lists({watcher.title for watcher in watchers.values()}, START_LIMIT))
        if late:
            reasons = dict.fromkeys(gap.reason for gap in self._store.gaps() if gap.until is None)
            said = f" ({'; '.join(reasons)})" if reasons else ""
            raise SetupTrouble(
                f"The API server did not list {', '.join(late)} within {durations.short(START_LIMIT)}{said}. See how it is: kubelab status"
            )
