"""What labs assume about their cluster: met and not met."""

from pathlib import Path
from typing import Any

import pytest

from kubelab import assumptions
from kubelab.errors import LabFailure, NotHere
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.observation import Store
from kubelab.scenario import Scenario
from tests.unit.abilities.account import Account, node, plane

RANGE = {"metadata": {"name": "kubernetes"}, "spec": {"cidrs": ["10.96.0.0/12"]}}


def world(account: Account | None = None, *nodes: dict[str, Any]) -> Scenario:
    """A scenario that sees these nodes."""
    store, nobody = Store("lab"), None
    for one in nodes:
        store.put("Node", "ADDED", {**one, "metadata": {**one["metadata"], "uid": one["metadata"]["name"], "resourceVersion": "1"}})
    anything: Any = account or Account()
    anybody: Any = nobody
    return Scenario("T", Path("a.feature"), "lab", anybody, anybody, anything, store, store.mark(), LabManifests("lab"))


def test_workers_are_counted() -> None:
    """A control plane node is not one."""
    lab = world(None, plane(), node("one"))

    assumptions.require_workers(lab, 1)
    with pytest.raises(NotHere, match="needs 2 worker nodes; this cluster has 1"):
        assumptions.require_workers(lab, 2)


def test_a_part_of_the_cluster_is_there_or_not() -> None:
    """A managed cluster has its own name server."""
    assumptions.require_object(
        world(Account(objects={"Service": [{"metadata": {"name": "kube-dns"}}]})), "Service", "kube-dns", "kube-system"
    )

    with pytest.raises(NotHere, match='needs Service "kube-dns" in the namespace "kube-system"; this cluster has none'):
        assumptions.require_object(world(), "Service", "kube-dns", "kube-system")
    with pytest.raises(NotHere, match="this account may not get Services"):
        assumptions.require_object(world(Account({"get Service"})), "Service", "kube-dns", "kube-system")


def test_the_range_of_services_is_compared() -> None:
    """A cluster that does not know the kind does not report it."""
    assumptions.require_range(world(Account(objects={"ServiceCIDR": [RANGE]})), "10.96.0.0/12")

    with pytest.raises(NotHere, match=r"needs the range 10\.0\.0\.0/24 .* this cluster has 10\.96\.0\.0/12"):
        assumptions.require_range(world(Account(objects={"ServiceCIDR": [RANGE]})), "10.0.0.0/24")

    class Old(Account):
        def get(self, kind: str, *_: Any) -> None:
            raise LabFailure(f'The cluster knows no kind "{kind}".')

    with pytest.raises(NotHere, match="this cluster has an unknown one"):
        assumptions.require_range(world(Old()), "10.0.0.0/24")
