"""Takes away what runs leave in the cluster: this run's namespaces at its end, those of killed runs at the next one's beginning."""

import shutil
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab import nodes
from kubelab.client.objects import at, condition, name
from kubelab.errors import LabFailure
from kubelab.plugin.namespaces import HOST, KEPT, LOCK, LOCK_FILE, MANAGED, RUN, events, is_kept

if TYPE_CHECKING:
    from kubelab.client import Client

GENTLE = 6
"""Seconds that pods get to end by themselves before they are removed at once."""
SHOWN = 5
"""How many names a line shows."""
LIMIT = 60
"""Seconds until namespaces that are not gone count as hanging."""


def finish(client: "Client", run: str, patience: float) -> list[str]:
    """Undo what this run changed, delete every namespace of it that nobody keeps, wait for their end, and say what is kept or hangs."""
    label = f"{RUN}={run}"
    everyones = client.list("Namespace", labels=f"{MANAGED[0]}={MANAGED[1]}")
    ours = [one for one in everyones if at(one, "metadata", "labels", RUN) == run]
    others = {name(one) for one in everyones} - {name(one) for one in ours}
    nodes.restore(client, lambda scenario: scenario not in others)
    kept = [name(one) for one in ours if is_kept(one)]
    _delete(client, [one for one in ours if not is_kept(one)])
    hanging = _await_gone(client, f"{label},{KEPT}!=true", patience)
    return [*_kept(kept, run), *(line for one in hanging for line in _hangs(one))]


def reap_killed(client: "Client", run: str) -> list[str]:
    """Begin to delete the namespaces of runs that live no more, undo what they changed on nodes, and say so."""
    ours = client.list("Namespace", labels=f"{MANAGED[0]}={MANAGED[1]}")
    living = {name(one) for one in ours if one["metadata"]["labels"].get(RUN) == run or lives(one)}
    dead = [one for one in ours if name(one) not in living and not is_kept(one) and not is_ending(one)]
    _delete(client, dead)
    restored = nodes.restore(client, lambda scenario: scenario not in living)
    return [*_told("takes away what killed runs left", [name(one) for one in dead]), *_told("undoes what killed runs changed", restored)]


def forget(runs: Path) -> None:
    """Remove the folders of runs that live no more."""
    for lock in runs.glob(f"*/{LOCK_FILE}"):
        if not is_held(lock):
            shutil.rmtree(lock.parent, ignore_errors=True)


def is_ending(namespace: Mapping[str, Any]) -> bool:
    """Whether its deletion has begun."""
    return at(namespace, "metadata", "deletionTimestamp") is not None


def lives(namespace: Mapping[str, Any]) -> bool:
    """Whether the run of a namespace may still live: it is another machine's, or its lock is held."""
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


def _delete(client: "Client", namespaces: Sequence[Mapping[str, Any]]) -> None:
    for one in namespaces:
        if not is_ending(one):
            with suppress(LabFailure):  # already gone
                client.delete("Namespace", name(one))


def _await_gone(client: "Client", label: str, patience: float) -> Sequence[Mapping[str, Any]]:
    """The namespaces that are not gone at the end; pods that do not end by themselves are removed on the way."""
    left = _wait(client, label, GENTLE * patience)
    if not left:
        return left
    for one in left:
        for pod in client.list("Pod", name(one)):
            with suppress(LabFailure):
                client.delete("Pod", name(pod), name(one), 0)
    return _wait(client, label, (LIMIT - GENTLE) * patience)


def _wait(client: "Client", label: str, limit: float) -> Sequence[Mapping[str, Any]]:
    """The namespaces with this label after at most so many seconds, or none as soon as there are none."""
    end = time.monotonic() + limit
    while True:
        query = [("labelSelector", label)]
        left, version = client.listing("Namespace", None, query)
        seconds = int(end - time.monotonic())
        if not left or seconds < 1:
            return left
        told = events(client, "Namespace", None, [*query, ("resourceVersion", version)], seconds)
        _until_gone(told, {name(one) for one in left})


def _until_gone(told: Iterator[Any], names: set[str]) -> None:
    for event in told:
        if event["type"] == "DELETED":
            names.discard(name(event["object"]))
        if not names:
            return


def _told(what: str, names: Sequence[str]) -> list[str]:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [f"kubelab: {what}: {', '.join(names[:SHOWN])}{more}"] if names else []


def _kept(names: Sequence[str], run: str) -> Iterator[str]:
    if names:
        yield f"kubelab: kept {', '.join(names)}"
        yield f"  when you have seen enough: kubectl delete namespace -l {RUN}={run}"


def _hangs(namespace: Mapping[str, Any]) -> Iterator[str]:
    yield f"kubelab: the namespace {name(namespace)} does not go away:"
    for kind in ("NamespaceContentRemaining", "NamespaceFinalizersRemaining", "NamespaceDeletionContentFailure"):
        told = condition(namespace, kind)
        if told.get("status") == "True":
            yield f"  {told.get('message')}"
    yield f"  see it: kubectl get namespace {name(namespace)} -o yaml"
