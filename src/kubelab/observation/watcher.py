"""One kind's watch, kept alive: it lists, follows, resumes, and tells the store of times that it missed."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kubelab.client import Client, Kind, Refused, Rejected, WatchStream
from kubelab.client.connection import BAD_REQUEST, SERVER_ERROR, TOO_MANY
from kubelab.client.connection_errors import ERRORS, cause
from kubelab.client.objects import Object, at
from kubelab.errors import SetupTrouble
from kubelab.observation.backoff import Backoff
from kubelab.observation.differences import is_behind, reconcile
from kubelab.observation.store import Store

GONE = 410
UNSUPPORTED = frozenset({400, 422})  # servers older than 1.34 refuse to stream their lists
FORBIDDEN = frozenset({401, 403})
SILENCE = 80.0  # a bookmark comes every 60 s: without even that the connection is dead
END_OF_LIST = "k8s.io/initial-events-end"


class Watcher(threading.Thread):
    """Follows one kind of one namespace until it is ended. `title` names it in gaps and messages."""

    def __init__(self, client: Client, store: Store, namespace: str, kind: Kind, silence: float = SILENCE) -> None:
        super().__init__(name=f"watch {kind.kind}", daemon=True)
        self._client, self._store, self._kind, self._silence = client, store, kind, silence
        self._namespace = namespace if kind.namespaced else None
        self.title = kind.kind if self._namespace in (None, store.namespace) else f"{kind.kind} in {namespace}"
        self._ended = threading.Event()
        self._stream: WatchStream | None = None
        self._version = ""
        self._has_listed = False
        self._streams_lists = True
        self._backoff = Backoff()

    def run(self) -> None:
        """Follow the kind, and resume after each end of the watch."""
        while not (self._ended.is_set() or self._store.failed):
            try:
                self._follow()
                self._ended.wait(self._backoff.next())
            except Rejected as rejected:
                self._rejected(rejected)
            except Refused as refused:
                self._rejected(Rejected(refused.code, refused.reason, refused.message))
            except (*ERRORS, ValueError, SetupTrouble) as error:
                self._interrupted(f"connection lost: {cause(error)}")
            except Exception as error:  # noqa: BLE001  (a thread's death must not be silent)
                self._fail(error)

    def end(self) -> None:
        """End the watch from any thread, also while it blocks."""
        self._ended.set()
        if self._stream is not None:
            self._stream.close()

    def listing(self) -> tuple[Sequence[Object], str]:
        """A fresh list and its resource version."""
        return self._client.listing(self._kind.kind, self._namespace, timeout=5.0)

    def compare(self, found: Sequence[Object], version: str) -> None:
        """Take over what a fresh list shows and the watch has missed; a watch that misses things is closed and started again."""
        if reconcile(self._store, self._kind, self._namespace, found, int(version)) and self._stream is not None:
            self._stream.close()

    def catch_up(self, timeout: float) -> bool:
        """Return once everything that a fresh list shows has been told, or the time is up: whether it has been told."""
        found, taken = self._client.listing(self._kind.kind, self._namespace, metadata=True)
        end, version = time.monotonic() + timeout, self._store.version
        while is_late := is_behind(self._store.view(), self._kind, self._namespace, found, int(taken)):
            if time.monotonic() >= end:
                break
            version = self._store.wait(version, end - time.monotonic())
        return not is_late

    def _follow(self) -> None:
        for event in self._events():
            if event["type"] == "ERROR":
                raise _told(event["object"])
            self._take(event["type"], event["object"])

    def _events(self) -> Iterator[Any]:
        if self._version:
            yield from self._open(resourceVersion=self._version)
        elif self._streams_lists:
            yield from self._listed(self._open(resourceVersion="0", resourceVersionMatch="NotOlderThan", sendInitialEvents="true"))
        else:
            found, version = self._client.listing(self._kind.kind, self._namespace, [("resourceVersion", "0")])
            self._begun(found, version)
            yield from self._open(resourceVersion=version)

    def _open(self, **query: str) -> WatchStream:
        stream = self._client.watch(self._kind.kind, self._namespace, [("allowWatchBookmarks", "true"), *query.items()], self._silence)
        self._stream = stream
        if self._ended.is_set():
            stream.close()
        elif self._version:
            self._resumed(lost=False)
        return stream

    def _listed(self, stream: Iterable[Any]) -> Iterator[Any]:
        found: list[Any] | None = []
        for event in stream:
            if found is None or event["type"] == "ERROR":
                yield event
            elif event["type"] == "BOOKMARK" and END_OF_LIST in at(event, "object", "metadata", "annotations", default={}):
                self._begun(found, event["object"]["metadata"]["resourceVersion"])
                found = None
            elif event["type"] != "BOOKMARK":
                found.append(event["object"])

    def _begun(self, found: list[Any], version: str) -> None:
        reconcile(self._store, self._kind, self._namespace, found, int(version), missed=self._has_listed)
        self._version, self._has_listed = version, True
        self._resumed(lost=True)
        self._store.listed(self.title)

    def _take(self, change: Any, thing: Any) -> None:
        self._version = thing["metadata"]["resourceVersion"]
        if change != "BOOKMARK":
            self._store.put(self._kind.kind, change, thing)

    def _resumed(self, *, lost: bool) -> None:
        self._backoff.reset()
        self._store.resumed(self.title, lost=lost)

    def _rejected(self, rejected: Rejected) -> None:
        if rejected.code == GONE:
            self._version = ""
            self._interrupted("the API server no longer had what happened since (410)")
        elif rejected.code in UNSUPPORTED and self._streams_lists and not self._version:
            self._streams_lists = False
        elif self._has_listed:  # a restarting API server also forbids and knows no kind, until it has read its rules
            self._interrupted(f"the API server answered {rejected.code}: {rejected.message}", rejected.retry_after)
        elif rejected.code in FORBIDDEN:
            self._fail(SetupTrouble(f"Not allowed to watch {self.title}: {rejected.message} Use a context that may."))
        elif BAD_REQUEST <= rejected.code < SERVER_ERROR and rejected.code != TOO_MANY:
            self._fail(SetupTrouble(f"The API server refused to watch {self.title}: {rejected}. See what it serves: kubectl api-resources"))
        else:
            self._interrupted(f"the API server answered {rejected.code}: {rejected.message}", rejected.retry_after)

    def _interrupted(self, reason: str, pause: float = 0.0) -> None:
        if self._ended.is_set():
            return
        self._store.interrupted(self.title, reason)
        self._ended.wait(pause or self._backoff.next())

    def _fail(self, error: Exception) -> None:
        self._ended.set()
        self._store.fail(error)


def _told(status: Object) -> Rejected:
    return Rejected(int(status.get("code", 0)), str(status.get("reason", "")), str(status.get("message", "")))
