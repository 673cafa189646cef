"""Deletes what runs leave in the cluster: this run's namespaces at its end, those of killed runs at the beginning of the next run."""

import re
import shutil
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab import belongings, containment, node_changes
from kubelab.belongings import MANAGED, release
from kubelab.client.objects import at, condition, name
from kubelab.client.refusals import if_permitted
from kubelab.client.short_watch import events
from kubelab.errors import LabFailure
from kubelab.plugin.namespaces import HOST, KEPT, LOCK, LOCK_FILE, RUN, is_kept

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Provider

SHOWN = 5
"""The most names in a line."""
LIMIT = 30
"""Seconds until a namespace that a finalizer keeps counts as hanging."""
OVERDUE = timedelta(seconds=90)
"""Seconds that deleting a namespace may take without foreign finalizers: pods have 30 s to end."""
CLUSTERS_OWN = re.compile(r"(.*[.])?kubernetes[.]io/.*|foregroundDeletion|orphan")
"""The finalizers that Kubernetes itself removes: an object with only these disappears by itself."""


def finish(client: "Client", provider: "Provider", run: str, patience: float, kubectl: str = "kubectl") -> list[str]:
    """Undo what this run changed, delete what it created unless kept, and say what is kept or hangs, with `kubectl` commands for it.

    Kubernetes begins to empty a namespace 5 s after its deletion (namespaceDeletionGracePeriod of its namespace controller), and that
    needs no waiting: only if an object has a foreign finalizer, the end is waited for.
    """
    label, changed = f"{RUN}={run}", node_changes.changed(client)
    everyones = _namespaces(client)
    ours = [one for one in everyones if at(one, "metadata", "labels", RUN) == run]
    others = {name(one) for one in everyones} - {name(one) for one in ours}
    node_changes.undo(client, provider, [one for one in changed if one.scenario not in others])
    _take_away(client, lambda one: at(one, "metadata", "labels", RUN) == run)
    kept = [name(one) for one in ours if is_kept(one)]
    _delete(client, [one for one in ours if not is_kept(one)])
    hanging = [*filter(is_overdue, ours), *_await_gone(client, f"{label},{KEPT}!=true", LIMIT * patience)]
    return [*_kept(kept, run, kubectl), *_hanging(hanging, kubectl)]


def reap_killed(client: "Client", provider: "Provider", run: str, kubectl: str = "kubectl") -> list[str]:
    """Begin to delete what dead runs created, undo what they changed on nodes; lines about that, and about what hangs."""
    changed, ours = node_changes.changed(client), _namespaces(client)
    living = {name(one) for one in ours if one["metadata"]["labels"].get(RUN) == run or lives(one)}
    others = [one for one in ours if name(one) not in living]
    dead = [one for one in others if not is_kept(one) and not is_ending(one)]
    _delete(client, dead)
    made = _take_away(client, lambda one: at(one, "metadata", "labels", RUN) != run and not lives(one))
    restored = node_changes.undo(client, provider, [one for one in changed if one.scenario not in living])
    return [
        *_told("deletes what killed runs left", [*map(name, dead), *made]),
        *_told("undoes what killed runs changed", restored),
        *_hanging(filter(is_overdue, others), kubectl),
    ]


def take_over(client: "Client", provider: "Provider", run: str) -> None:
    """The same for a scenario that has just got the cluster, alone or shared: no living scenario can have stopped a node then."""
    stopped = [one for one in node_changes.changed(client) if node_changes.recorded(one.node, one.scenario).stopped]
    node_changes.undo(client, provider, stopped)
    reap_killed(client, provider, run)


def forget(runs: Path) -> None:
    """Remove the folders of dead runs."""
    for lock in runs.glob(f"*/{LOCK_FILE}"):
        if not is_held(lock):
            shutil.rmtree(lock.parent, ignore_errors=True)


def is_ending(namespace: Mapping[str, Any]) -> bool:
    """Whether it is being deleted."""
    return at(namespace, "metadata", "deletionTimestamp") is not None


def is_overdue(namespace: Mapping[str, Any]) -> bool:
    """Whether its deletion began so long ago that it will not end by itself."""
    asked = at(namespace, "metadata", "deletionTimestamp")
    return asked is not None and datetime.now(UTC) - datetime.fromisoformat(asked) > OVERDUE


def lives(namespace: Mapping[str, Any]) -> bool:
    """Whether the run of a namespace may still be alive: it is another machine's, or its lock is held."""
    notes = at(namespace, "metadata", "annotations", default={})
    return notes.get(HOST) != socket.gethostname() or is_held(Path(notes.get(LOCK, "")))


def is_held(lock: Path) -> bool:
    """Whether a process holds the lock of a run."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    if not lock.is_file():
        return False
    try:
        FileLock(lock).acquire(timeout=0).lock.release()
    except (Timeout, OSError):
        return True
    return False


def _namespaces(client: "Client") -> Sequence[Mapping[str, Any]]:
    """The namespaces of all runs; none for an account that may not list them, whose scenarios each delete their own."""
    return if_permitted(lambda: client.list("Namespace", labels=f"{MANAGED[0]}={MANAGED[1]}"))


def _take_away(client: "Client", ended: Callable[[Mapping[str, Any]], bool]) -> list[str]:
    """Delete what ended scenarios created outside their namespaces, and their accounts; the names of the former."""
    made = belongings.take_away_of(client, ended)
    containment.remove_ended(client, ended)
    return made


def _delete(client: "Client", namespaces: Sequence[Mapping[str, Any]]) -> None:
    for one in namespaces:
        if not is_ending(one):
            with suppress(LabFailure):  # already gone
                client.delete("Namespace", name(one))
                release(client, name(one))


def _await_gone(client: "Client", label: str, limit: float) -> Sequence[Mapping[str, Any]]:
    """The namespaces with this label that a foreign finalizer keeps and that are not gone within the limit, in seconds."""
    held = _held(client, {name(one) for one in if_permitted(lambda: client.list("Namespace", labels=label))})
    end = time.monotonic() + limit
    while held:
        query = [("labelSelector", label)]
        found, version = client.listing("Namespace", None, query)
        left = [one for one in found if name(one) in held]
        seconds = int(end - time.monotonic())
        if not left or seconds < 1:
            return left
        told = events(client, "Namespace", None, [*query, ("resourceVersion", version)], seconds)
        _until_gone(told, {name(one) for one in left})
    return []


def _held(client: "Client", namespaces: set[str]) -> set[str]:
    """The namespaces in which an object has a foreign finalizer: each kind is listed once for all namespaces."""
    only = next(iter(namespaces)) if len(namespaces) == 1 else None
    things = client.contents(only) if namespaces else ()
    return {home for thing in things if _has_a_holder(thing) and (home := at(thing, "metadata", "namespace")) in namespaces}


def _has_a_holder(thing: Mapping[str, Any]) -> bool:
    return any(not CLUSTERS_OWN.fullmatch(one) for one in at(thing, "metadata", "finalizers", default=()))


def _until_gone(told: Iterator[Any], names: set[str]) -> None:
    for event in told:
        if event["type"] == "DELETED":
            names.discard(name(event["object"]))
        if not names:
            return


def _told(what: str, names: Sequence[str]) -> list[str]:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [f"kubelab: {what}: {', '.join(names[:SHOWN])}{more}"] if names else []


def _kept(names: Sequence[str], run: str, kubectl: str) -> Iterator[str]:
    if names:
        yield f"kubelab: kept {', '.join(names)}"
        yield f"  when you have seen enough: {kubectl} delete namespace -l {RUN}={run}"


def _hanging(namespaces: Iterable[Mapping[str, Any]], kubectl: str) -> Iterator[str]:
    for one in {name(one): one for one in namespaces}.values():
        yield from _hangs(one, kubectl)


def _hangs(namespace: Mapping[str, Any], kubectl: str) -> Iterator[str]:
    yield f"kubelab: the namespace {name(namespace)} does not go away:"
    for kind in ("NamespaceContentRemaining", "NamespaceFinalizersRemaining", "NamespaceDeletionContentFailure"):
        told = condition(namespace, kind)
        if told.get("status") == "True":
            yield f"  {told.get('message')}"
    yield f"  see it: {kubectl} get namespace {name(namespace)} -o yaml"
