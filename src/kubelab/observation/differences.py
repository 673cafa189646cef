"""What a fresh list shows that the watches have not told."""

from collections.abc import Iterable, Mapping, Sequence

from kubelab.client import Kind
from kubelab.client.objects import Object, name, namespace, uid, version
from kubelab.observation.store import Store
from kubelab.observation.view import View

Listed = Mapping[tuple[str, str], Object]


def reconcile(store: Store, kind: Kind, home: str | None, found: Sequence[Object], taken: int, *, missed: bool = True) -> bool:
    """Bring the store to the state of a list taken at a resource version; whether that changed anything.

    Objects are compared by UID and resource version, so that a watch that ran ahead of the list is never set back.
    """
    before, seen, listed = store.version, store.view(), _by_name(found)
    for thing in _vanished(seen, kind, home, listed, taken):
        store.put(kind.kind, "DELETED", thing, missed=missed)
    for thing in found:
        known = seen.find(kind.kind, name(thing), namespace(thing))
        same = known is not None and uid(known) == uid(thing)
        whole = {"apiVersion": kind.api_version, "kind": kind.kind, **thing}
        store.put(kind.kind, "MODIFIED" if same else "ADDED", whole, missed=missed)
    return store.version != before


def is_behind(seen: View, kind: Kind, home: str | None, found: Sequence[Object], taken: int) -> bool:
    """Whether a list taken at a resource version shows what the view does not have yet."""
    if any(_vanished(seen, kind, home, _by_name(found), taken)):
        return True
    told = {change.uid: version(change.object) for change in seen.history(kind.kind)}
    return any(told.get(uid(thing), -1) < version(thing) for thing in found)


def _vanished(seen: View, kind: Kind, home: str | None, listed: Listed, taken: int) -> Iterable[Object]:
    for thing in seen.objects(kind.kind, home):
        if namespace(thing) == (home or "") and version(thing) <= taken:
            there = listed.get((namespace(thing), name(thing)))
            if there is None or uid(there) != uid(thing):
                yield thing


def _by_name(found: Sequence[Object]) -> Listed:
    return {(namespace(thing), name(thing)): thing for thing in found}
