"""What a scenario creates outside its namespace: marked like it, so that this run, or the next one, can delete it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kubelab.client.objects import Object, at, labels, name
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.manifests import OWNABLE, Document

if TYPE_CHECKING:
    from kubelab.client import Client

MANAGED = ("app.kubernetes.io/managed-by", "kubelab")
"""The label of everything cluster-wide that is ours."""
ADMISSION = "pod-security.kubernetes.io/"
"""The prefix of the labels that say which Pods a namespace admits."""
ENFORCE = f"{ADMISSION}enforce"
"""The one of them that refuses Pods (https://kubernetes.io/docs/concepts/security/pod-security-admission/)."""
BASELINE, PRIVILEGED = "baseline", "privileged"
"""The level that labs' Pods must meet, and the one that admits all Pods (Pod Security Standards)."""
GRACE = 1
"""Seconds that a Pod may live on after the end of its scenario."""
OURS = "kubelab/"
"""The prefix of the labels and annotations that say which run and scenario an object belongs to."""


def marked(document: Document, home: Object | None) -> Document:
    """The document with the labels and annotations of its scenario's namespace, `home`, which mark it as ours."""
    if home is None:
        raise SetupTrouble("The scenario's namespace is gone: nothing can be made in its name.")
    metadata = document.body.get("metadata") or {}
    marks = {part: {**(metadata.get(part) or {}), **_marks(at(home, "metadata", part, default={}))} for part in ("labels", "annotations")}
    if document.kind == "Namespace":
        marks["labels"] = {**_admission(home), **marks["labels"]}
    return replace(document, body={**document.body, "metadata": {**metadata, **marks}})


def take_away(client: "Client", kind: str, thing: str) -> None:
    """Delete what a scenario created, and for a namespace also what `release` deletes; if it is gone already, that is fine."""
    with suppress(LabFailure):
        client.delete(kind, thing)
    if kind == "Namespace":
        release(client, thing)


def take_away_of(client: "Client", ended: Callable[[Object], bool]) -> list[str]:
    """Delete what ended scenarios created outside their namespaces; what was deleted, by kind and name."""
    found = [(kind, name(one)) for kind, one in _all(client) if ended(one)]
    for kind, thing in found:
        take_away(client, kind, thing)
    return [f"{kind} {thing}" for kind, thing in found]


def release(client: "Client", namespace: str) -> None:
    """Delete at once what others may be waiting for: room on nodes, the node ports and addresses of Services, the host names of Ingresses.

    The namespace controller begins 5 s later, gives Pods their whole grace period, and comes back again and again until they are gone.
    """
    with suppress(LabFailure):  # the account may not: the namespace controller does it
        client.delete_all("Pod", namespace, GRACE)
    for kind in ("Service", "Ingress"):
        for thing in client.list(kind, namespace):
            with suppress(LabFailure):  # gone already
                client.delete(kind, name(thing), namespace)


def _all(client: "Client") -> Iterator[tuple[str, Object]]:
    for kind in OWNABLE[1:]:
        with suppress(LabFailure):  # who may not list them has made none
            yield from ((kind, one) for one in client.list(kind, labels="=".join(MANAGED)))


def _admission(home: Object) -> dict[str, str]:
    """The labels that say which Pods the scenario's namespace admits: its other namespaces admit the same, but no privileged ones."""
    found = {key: value for key, value in labels(home).items() if key.startswith(ADMISSION)}
    return {**found, ENFORCE: BASELINE} if found.get(ENFORCE) == PRIVILEGED else found


def _marks(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key.startswith(OURS) or (key, value) == MANAGED}
