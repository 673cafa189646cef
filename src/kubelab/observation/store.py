"""The one place where everything seen is kept: watches write to it, a waiting step sleeps on its version."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from kubelab.client import objects
from kubelab.client.objects import Object
from kubelab.observation.changes import Change, ChangeType, Gap, Mark
from kubelab.observation.view import Key, View


class Store:
    """Objects, changes and gaps of one scenario. Every write raises `version` and wakes those who wait."""

    def __init__(self, namespace: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.namespace = namespace
        self.began = clock()
        self._clock = clock
        self._changed = threading.Condition()
        self._version = 0
        self._objects: dict[Key, Object] = {}
        self._changes: list[Change] = []
        self._gaps: list[Gap] = []
        self._trouble: Exception | None = None
        self._gone: set[str] = set()
        self._readers: list[Callable[[], None]] = []

    @property
    def version(self) -> int:
        """Grows with every write."""
        return self._version

    def wait(self, version: int, timeout: float) -> int:
        """Block until the version is past the given one, at most `timeout` seconds; the version then. Raises what ended the watches."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != version or self._trouble, timeout)
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
            return View(self.namespace, dict(self._objects), tuple(self._changes), self._clock(), since or Mark(0, self.began))

    def replay(self, since: Mark) -> Iterator[View]:
        """The moment of the mark, then one view per change after it, up to now."""
        now, state = self.view(since), dict[Key, Object]()
        past = [c for c in now.changes if c.version <= since.version]
        for change in past:
            _applied(state, change)
        yield View(self.namespace, dict(state), past, since.time, since)
        for count, change in enumerate(now.changes[len(past) :], start=len(past) + 1):
            _applied(state, change)
            yield View(self.namespace, dict(state), now.changes[:count], change.time, since)

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
        start = self.began if since is None else since.time
        with self._changed:
            return [g for g in self._gaps if g.until is None or g.until >= start]

    def put(self, kind: str, change: ChangeType, thing: Object, *, missed: bool = False) -> None:
        """Record one object's change as a watch told it."""
        key = (kind, objects.namespace(thing), objects.name(thing))
        thing = objects.bare(thing)
        with self._changed:
            before = self._objects.get(key)
            if not self._is_news(change, thing, before):
                return
            self._bump()
            seen = Change(self._version, self._clock(), *key, objects.uid(thing), change, thing, before, missed)
            self._changes.append(seen)
            _applied(self._objects, seen)

    def interrupted(self, kind: str, reason: str) -> None:
        """Sight of a kind is lost from now on (once, until it is resumed)."""
        with self._changed:
            if self._open_gap(kind) is None:
                self._gaps.append(Gap(kind, self._clock(), None, reason))
                self._bump()

    def resumed(self, kind: str, *, lost: bool) -> None:
        """Sight of a kind is back; `lost` when it began again from a list, so that states between may never be known."""
        with self._changed:
            index = self._open_gap(kind)
            if index is not None:
                self._gaps[index] = replace(self._gaps[index], until=self._clock(), lost=lost)
                self._bump()

    def blind(self, since: float) -> float:
        """Seconds since a time of the clock for which some kind was out of sight (its longest total over the kinds)."""
        with self._changed:
            now, totals = self._clock(), dict[str, float]()
            for gap in self._gaps:
                end = now if gap.until is None else gap.until
                totals[gap.kind] = totals.get(gap.kind, 0.0) + max(0.0, end - max(gap.since, since))
        return max(totals.values(), default=0.0)

    def on_refresh(self, read: Callable[[], None]) -> None:
        """Register how to read the cluster once more."""
        self._readers.append(read)

    def refresh(self) -> None:
        """Read the cluster once more, past the watches: the last look before a wait gives up."""
        for read in self._readers:
            read()

    def fail(self, trouble: Exception) -> None:
        """End every wait with this error, at once and from now on."""
        with self._changed:
            self._trouble = self._trouble or trouble
            self._changed.notify_all()

    def _is_news(self, change: ChangeType, thing: Object, before: Object | None) -> bool:
        """A watch and a list may tell the same twice and in any order: only what is newer counts."""
        if change == "DELETED":
            self._gone.add(objects.uid(thing))
            return before is not None and objects.uid(before) == objects.uid(thing)
        if before is None or objects.uid(before) != objects.uid(thing):
            return objects.uid(thing) not in self._gone
        return objects.version(thing) > objects.version(before)

    def _open_gap(self, kind: str) -> int | None:
        return next((i for i, gap in enumerate(self._gaps) if gap.kind == kind and gap.until is None), None)

    def _bump(self) -> None:
        self._version += 1
        self._changed.notify_all()

    def check(self) -> None:
        """Raise what ended the watches, if anything did."""
        with self._changed:
            self._raise_trouble()

    def _raise_trouble(self) -> None:
        if self._trouble is not None:
            raise self._trouble


def _applied(state: dict[Key, Object], change: Change) -> None:
    key = (change.kind, change.namespace, change.name)
    if change.type == "DELETED":
        state.pop(key, None)
    else:
        state[key] = change.object
