"""The one place where everything seen is kept: watches write to it, and a waiting step sleeps until its version changes."""

import threading
import time
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from kubelab.client import objects
from kubelab.client.objects import Object
from kubelab.observation.changes import Change, ChangeType, Gap, Mark
from kubelab.observation.gaps import Gaps
from kubelab.observation.known_objects import KnownObjects
from kubelab.observation.pulls import Pulls
from kubelab.observation.spans import beginning, length
from kubelab.observation.store_reader import Reader
from kubelab.observation.view import View, apply

CATCH_UP = 2.0


class Store:
    """Objects, changes and gaps of one scenario. Every write raises `version` and wakes those who wait."""

    def __init__(self, namespace: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.namespace = namespace
        self.began = clock()
        self._clock = clock
        self._changed = threading.Condition()
        self._version = 0
        self._known = KnownObjects()
        self._changes: list[Change] = []
        self._gaps = Gaps(clock)
        self._pulls = Pulls(namespace)
        self._trouble: Exception | None = None
        self._listed: set[str] = set()
        self._readers: list[Reader] = []

    @property
    def version(self) -> int:
        """Grows with every write."""
        return self._version

    def wait(self, version: int, timeout: float) -> int:
        """Block until the version is past the given one, at most `timeout` seconds; the version then. Raises what ended the watches."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != version or self._trouble, min(timeout, threading.TIMEOUT_MAX))
            self._raise_trouble()
            return self._version

    def mark(self) -> Mark:
        """The present moment, to look back to."""
        with self._changed:
            return Mark(self._version, self._clock())

    def view(self, since: Mark | None = None) -> View:
        """Everything as it is now. Raises what ended the watches."""
        with self._changed:
            self._raise_trouble()
            return self.last_view(since)

    def last_view(self, since: Mark | None = None) -> View:
        """The same, also after something has ended the watches: for evidence."""
        with self._changed:
            start = since or Mark(0, self.began)
            return View(self.namespace, dict(self._known.by_key), tuple(self._changes), self._clock(), start, frozenset(self._listed))

    def replay(self, since: Mark) -> Iterator[View]:
        """The moment of the mark, then one view per change after it, up to now."""
        now = self.view(since)
        past = now.before
        yield past
        state = dict(past.objects_by_key)
        for count, change in enumerate(now.changes[len(past.changes) :], start=len(past.changes) + 1):
            apply(state, change)
            yield replace(now, objects_by_key=dict(state), changes=now.changes[:count], now=change.time)

    def objects(self, kind: str, namespace: str | None = None) -> list[Object]:
        """All of a kind as they are now."""
        return self.view().objects(kind, namespace)

    def find(self, kind: str, name: str, namespace: str | None = None) -> Object | None:
        """The object of that name as it is now, or None."""
        return self.view().find(kind, name, namespace)

    def history(self, kind: str | None = None, since: Mark | None = None) -> list[Change]:
        """The changes of a kind after a mark, oldest first."""
        return self.view().history(kind, since)

    def gaps(self, since: Mark | None = None) -> list[Gap]:
        """The gaps that lasted beyond a mark."""
        with self._changed:
            return self._gaps.since(self.began if since is None else since.time)

    def blind(self, since: float) -> float:
        """Seconds since a time of the clock for which some kind was not watched."""
        with self._changed:
            return length(self._gaps.spans(since))

    def uncounted(self, since: float, most: float) -> float:
        """Seconds since a time of the clock for which some kind was not watched or, at most `most` of them, an image was being pulled."""
        with self._changed:
            pulling = beginning(self._pulls.spans(since, self._clock()), most)
            return length([*self._gaps.spans(since), *pulling])

    def reached(self, thing: Object, timeout: float = CATCH_UP) -> bool:
        """Wait until an object that the API server answered with is seen here too (or its deletion); whether it was.

        What no watch has told after `timeout` seconds is read once more.
        A step that has changed an object calls this, so that the next one cannot mistake the state before it for the one after.
        """
        with self._changed:
            told = self._changed.wait_for(lambda: self._has(thing), timeout)
        if not told:
            self.refresh()
        with self._changed:
            return self._has(thing)

    def catch_up(self, timeout: float = CATCH_UP) -> None:
        """Wait until everything that the cluster has now is seen here too: the same after a kubectl command."""
        for reader in self._readers:
            reader.catch_up(timeout)

    def refresh(self) -> None:
        """Read the cluster once more, past the watches: the last look before a wait gives up."""
        for reader in self._readers:
            reader.read_again()

    def add_reader(self, reader: Reader) -> None:
        """Register one that fills this store."""
        self._readers.append(reader)

    def put(self, kind: str, change: ChangeType, thing: Object, *, missed: bool = False) -> None:
        """Record one object's change as a watch told it."""
        key = (kind, objects.namespace(thing), objects.name(thing))
        thing = objects.bare(thing)
        with self._changed:
            before = self._known.by_key.get(key)
            if not self._known.is_news(change, thing, before):
                return
            self._bump()
            seen = Change(self._version, self._clock(), *key, objects.uid(thing), change, thing, before, missed)
            self._changes.append(seen)
            self._pulls.saw(seen)
            self._known.take(seen)

    def interrupted(self, kind: str, reason: str) -> None:
        """A kind is not watched from now on, until `resumed`."""
        with self._changed:
            if self._gaps.begin(kind, reason):
                self._bump()

    def resumed(self, kind: str, *, lost: bool) -> None:
        """A kind is watched again; `lost` when its watch began again from a list, so that states in between may stay unknown."""
        with self._changed:
            if self._gaps.end(kind, lost=lost):
                self._bump()

    def listed(self, kind: str) -> None:
        """A kind's first list is in the store."""
        with self._changed:
            self._listed.add(kind)
            self._bump()

    def await_lists(self, kinds: AbstractSet[str], timeout: float) -> AbstractSet[str]:
        """Wait for the first lists of these kinds; those that did not come. Raises what ended the watches."""
        with self._changed:
            self._changed.wait_for(lambda: kinds <= self._listed or self._trouble, timeout)
            self._raise_trouble()
            return kinds - self._listed

    def fail(self, trouble: Exception) -> None:
        """End every wait with this error, at once and from now on."""
        with self._changed:
            self._trouble = self._trouble or trouble
            self._changed.notify_all()

    @property
    def failed(self) -> bool:
        """Whether something has ended the watches."""
        return self._trouble is not None

    def _has(self, thing: Object) -> bool:
        if thing.get("kind") != "Status" and (self._trouble or not self._is_watched(thing)):
            return True
        return self._known.has(thing)

    def _is_watched(self, thing: Object) -> bool:
        kind, home = str(thing.get("kind", "")), objects.namespace(thing)
        return any(reader.watches(kind, home) for reader in self._readers)

    def _bump(self) -> None:
        self._version += 1
        self._changed.notify_all()

    def _raise_trouble(self) -> None:
        if self._trouble is not None:
            raise self._trouble
