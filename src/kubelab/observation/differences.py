"""What a fresh list shows that the watches have not told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kubelab.client import Kind
from kubelab.client.objects import Object, name, namespace, uid, version
from kubelab.observation.store import Store
from kubelab.observation.view import View


def reconcile(store: Store, kind: Kind, home: str | None, found: Sequence[Any], taken: int, *, missed: bool = True) -> bool:
    """Bring the store to the state of a list taken at a resource version; whether that changed anything.

    Objects are compared by UID and resource version, so that a watch that ran ahead of the list is never set back.
    """
    before, seen = store.version, store.view()
    listed = {(namespace(thing), name(thing)): thing for thing in found}
    for thing in _known(seen, kind.kind, home):
        if uid(listed.get((namespace(thing), name(thing)), thing)) != uid(thing) or _vanished(thing, listed, taken):
            store.put(kind.kind, "DELETED", thing, missed=missed)
    for thing in listed.values():
        known = seen.find(kind.kind, name(thing), namespace(thing))
        same = known is not None and uid(known) == uid(thing)
        store.put(kind.kind, "MODIFIED" if same else "ADDED", {"apiVersion": kind.api_version, "kind": kind.kind, **thing}, missed=missed)
    return store.version != before


def _known(seen: View, kind: str, home: str | None) -> Iterable[Object]:
    return [thing for thing in seen.objects(kind, home) if namespace(thing) == (home or "")]


def _vanished(thing: Object, listed: Mapping[tuple[str, str], Object], taken: int) -> bool:
    return (namespace(thing), name(thing)) not in listed and version(thing) <= taken
