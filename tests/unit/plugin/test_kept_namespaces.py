"""What kept namespaces hold is not there for a scenario."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab.client import Refused
from kubelab.errors import SetupTrouble
from kubelab.plugin.kept_namespaces import refuse_taken
from tests.unit.objects import thing

if TYPE_CHECKING:
    from kubelab.client import Client

SERVICE = thing("Service", "web", spec={"ports": [{"port": 80, "nodePort": 30123}]})
INGRESS = thing("Ingress", "page", spec={"rules": [{"host": "node1.example.com"}]})
FOR_ANY = thing("Ingress", "page", spec={"defaultBackend": {"service": {"name": "web"}}})


class Cluster:
    """A client of a cluster with one namespace that is kept."""

    def __init__(self, *things: Mapping[str, Any]) -> None:
        self.things = things
        self.asked = 0

    def list(self, kind: str, namespace: str = "", labels: str = "") -> Sequence[Mapping[str, Any]]:
        """The objects of a kind."""
        self.asked += 1
        if kind == "Namespace":
            assert labels == "kubelab/kept=true"
            return [thing("Namespace", "lab-kept")]
        assert namespace == "lab-kept"
        return [one for one in self.things if one["kind"] == kind]


@pytest.mark.parametrize(
    ("held", "needed", "told"),
    [
        (SERVICE, "node port 30123", 'node port 30123 is taken by Service "web" of the namespace "lab-kept"'),
        (INGRESS, "host node1.example.com", 'host node1.example.com is taken by Ingress "page"'),
        (FOR_ANY, "host node1.example.com", 'host node1.example.com is taken by Ingress "page"'),
    ],
)
def test_what_is_taken_is_named(held: Mapping[str, Any], needed: str, told: str) -> None:
    """With the command that frees it."""
    with pytest.raises(SetupTrouble) as caught:
        refuse_taken(cast("Client", Cluster(held)), {"node labels", needed}, lambda: "kubectl --context mine")

    assert told in str(caught.value)
    assert "kubectl --context mine delete namespace lab-kept" in str(caught.value)


@pytest.mark.parametrize(("held", "needed"), [(SERVICE, "node port 30124"), (INGRESS, "host node2.example.com"), (FOR_ANY, "node port 1")])
def test_what_is_free_is_not_refused(held: Mapping[str, Any], needed: str) -> None:
    """Another port, another host."""
    refuse_taken(cast("Client", Cluster(held)), {needed}, lambda: "kubectl --context mine")


def test_nothing_is_asked_for_a_scenario_that_needs_nothing() -> None:
    """Most do not; what steps lock for a while is freed at their end."""
    cluster = Cluster(SERVICE)
    refuse_taken(cast("Client", cluster), {"node labels", "cluster"}, lambda: "kubectl --context mine")
    assert cluster.asked == 0


def test_an_account_that_sees_no_namespaces_refuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not delete them either."""
    cluster = Cluster(SERVICE)

    def refuse(*_asked: str, **_filters: str) -> None:
        raise Refused(403, "Forbidden", "namespaces is forbidden")

    monkeypatch.setattr(cluster, "list", refuse)
    refuse_taken(cast("Client", cluster), {"node port 30123"}, lambda: "kubectl --context mine")
