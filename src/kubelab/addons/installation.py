"""Installs an addon once per cluster, under a lock: it is applied, ready, then marked; later scenarios need just two requests."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab import hopeless, locks
from kubelab.addons.addon import ADDRESSES, Addon
from kubelab.client import Refused
from kubelab.client.kinds import BUILT_IN
from kubelab.client.objects import Object, at, is_true, owner
from kubelab.conditions.controllers.rollouts import rolled_out
from kubelab.errors import ImageTrouble, LabFailure, NotHere, SetupTrouble
from kubelab.manifests import Document
from kubelab.observation import Mark, Observer, Store, View
from kubelab.waiting import Condition, Hopeless, Noted, Observation, until

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Provider

MARK = "kubelab/installed"
"""The annotation of an addon's namespace that says which manifest was applied and became ready there."""
OURS = "kubelab/addon"
"""The label of the namespace of an addon of ours; its manifest has it."""
WORKLOADS = ("Deployment", "DaemonSet")
"""What must be rolled out before an addon is ready."""
LIMIT = 120.0
"""Seconds that its images and pods may take."""
SERVED = 20.0
"""Seconds within which the API server must serve a kind that was just defined."""


def install(addon: Addon, client: "Client", provider: "Provider", folder: Path, patience: float = 1.0) -> None:
    """Install the addon if it is not in the cluster, and wait until it is ready; SetupTrouble with the remedy where that fails.

    `folder` is that of the cluster's locks. If another process is installing it, wait for that one.
    """
    if not stands(addon, client):
        with locks.alone(folder, addon.namespace):
            if not stands(addon, client):
                _make(addon, client, provider, patience)


def stands(addon: Addon, client: "Client") -> bool:
    """Whether exactly this manifest was installed and runs: each of its workloads has a ready pod (a node may be lost)."""
    namespace = client.get("Namespace", addon.namespace)
    if namespace is None or at(namespace, "metadata", "annotations", MARK) != addon.digest:
        return False
    pods = client.list("Pod", addon.namespace)
    workloads = {owner(pod).get("uid") for pod in pods}
    return bool(workloads) and workloads == {owner(pod).get("uid") for pod in pods if is_true(pod, "Ready")}


def _make(addon: Addon, client: "Client", provider: "Provider", patience: float) -> None:
    _refuse_somebody_elses(addon, client.get("Namespace", addon.namespace))
    words = {ADDRESSES: ", ".join(f"{address}/32" for address in provider.addresses())} if addon.wants_addresses else {}
    with _told(addon), _watched(addon, client, patience) as site:
        documents = addon.documents(words)
        for document in documents:
            _apply(document, client, site)
        for document in documents:
            if document.kind in WORKLOADS:
                until(site, rolled_out(document.kind, document.name), LIMIT)
        client.patch("Namespace", addon.namespace, {"metadata": {"annotations": {MARK: addon.digest}}})


@dataclass(frozen=True)
class _Site:
    """What waiting needs: the watched namespace of the addon."""

    store: Store
    since: Mark
    hopeless: Sequence[Hopeless]
    patience: float
    failed_at: float = math.inf
    clock: Callable[[], float] = field(default=time.monotonic)
    waits: list[Noted] = field(default_factory=list)


@contextmanager
def _watched(addon: Addon, client: "Client", patience: float) -> Iterator[_Site]:
    store = Store(addon.namespace)
    observer = Observer(client, store, addon.namespace, ("Deployment", "ReplicaSet", "DaemonSet", "Pod", "Node"))
    try:
        observer.start()
        yield _Site(store, store.mark(), hopeless.table(client, addon.namespace), patience)
    finally:
        observer.stop()


def _apply(document: Document, client: "Client", site: _Site) -> None:
    if document.kind not in BUILT_IN:
        until(site, _served(document, client), SERVED)
    client.apply(document.body)


def _served(document: Document, client: "Client") -> Condition:
    """The API server serves the kind, which takes a moment after its CustomResourceDefinition was applied."""

    def observe(_view: View) -> Observation:
        try:
            client.kind(document.kind)
        except LabFailure as unknown:
            return Observation(met=False, seen=str(unknown))
        return Observation(met=True, seen=f"{document.kind} is served")

    return Condition(f"the API server serves {document.kind}", observe, every=0.2)


def _refuse_somebody_elses(addon: Addon, namespace: Object | None) -> None:
    if namespace is not None and OURS not in at(namespace, "metadata", "labels", default={}):
        raise NotHere(
            f'{addon.title} would be installed in the namespace "{addon.namespace}", which exists already and is not ours.\n'
            f"Run the lab on a cluster of its own (kubelab up), or remove what is there: kubectl delete namespace {addon.namespace}"
        )


@contextmanager
def _told(addon: Addon) -> Iterator[None]:
    """A refusal or a failure of the cluster here is trouble of the run, not the lab's."""
    try:
        yield
    except (LabFailure, ImageTrouble) as failure:
        kind = NotHere if isinstance(failure, Refused) and failure.forbids else SetupTrouble
        raise kind(
            f"{addon.title} could not be installed.\n{failure}\n"
            f"See it: kubectl get pods,events -n {addon.namespace}\n"
            f"Start again: kubectl delete namespace {addon.namespace}, then run the lab again\n"
            "Where its image is not found, the cluster is older than this kubelab: kubelab up --fresh"
        ) from failure
