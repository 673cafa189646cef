"""Which abilities a cluster lacks: for each reason, a cluster that has it."""

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from kubelab.abilities import Ability, lacking, told
from kubelab.addons import INGRESS_CONTROLLER
from kubelab.clusters import outside
from kubelab.clusters.provider import OURS, Cluster, Provider
from kubelab.errors import NotHere
from kubelab.policy import PUBLIC

from .account import Account, node, plane

THEIRS = Cluster("theirs", "existing", Path("k"), "theirs", "v1.36.3", "", images=PUBLIC, kubectl=Path("kubectl"))
OUR_OWN = replace(THEIRS, provider="kind", can=OURS)
THREE = [plane(), node("one"), node("two")]


class Nobody:
    """A provider that knows no addresses."""

    def addresses(self) -> list[str]:
        """None."""
        raise NotHere("Which addresses are free is not known.\nRun it on a kind cluster: kubelab up")


PROVIDER = cast("Provider", Nobody())


@pytest.fixture(autouse=True)
def reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes can be reached."""
    monkeypatch.setattr(outside, "is_answered", lambda _address: True)


def reasons(account: Account, cluster: Cluster = THEIRS, provider: Any = PROVIDER) -> dict[Ability, str]:
    """The reasons why it lacks abilities."""
    return lacking(cluster, provider, account.client)


def test_an_account_that_may_do_everything_lacks_only_what_needs_nodes_of_ours() -> None:
    """Programs on nodes, stopped nodes, addresses in the nodes' network."""
    found = reasons(Account(objects={"Node": THREE}))

    assert set(found) == {Ability.PROGRAMS, Ability.STOPS, Ability.BALANCER}
    assert found[Ability.PROGRAMS] == 'the nodes of context "theirs" are not ours. Run it on a kind cluster: kubelab up'
    assert found[Ability.BALANCER] == "Which addresses are free is not known. Run it on a kind cluster: kubelab up"


def test_of_a_kind_cluster_only_its_size_is_asked() -> None:
    """It can do everything else, and no time is spent on asking."""
    account = Account(objects={"Node": THREE})

    assert reasons(account, OUR_OWN) == {}
    assert account.asked == []


@pytest.mark.parametrize(
    ("nodes", "without"),
    [
        (THREE, {}),
        ([plane(), node("one")], {Ability.WORKERS: "needs 2 worker nodes; this cluster has 1"}),
        (
            [node("all", **{"node-role.kubernetes.io/control-plane": ""})],
            {
                Ability.SEVERAL: "needs 2 nodes; this cluster has 1",
                Ability.WORKERS: "needs 2 worker nodes; this cluster has 1",
                Ability.CONTROL_PLANE: "needs a node of the control plane that keeps Pods away; this cluster shows none",
            },
        ),
        (
            [plane()],
            {
                Ability.SEVERAL: "needs 2 nodes; this cluster has 1",
                Ability.WORKER: "needs 1 worker node; this cluster has none",
                Ability.WORKERS: "needs 2 worker nodes; this cluster has none",
            },
        ),
    ],
)
def test_the_nodes_are_counted(nodes: list[dict[str, Any]], without: dict[Ability, str]) -> None:
    """Worker nodes, and a control plane that takes no Pods; a single node may be both, a managed cluster shows no control plane."""
    assert reasons(Account(objects={"Node": nodes}), OUR_OWN) == without


def test_without_the_right_to_see_nodes_all_that_needs_them_is_lacking() -> None:
    """No further questions about nodes are asked."""
    found = reasons(Account(denied={"list Node", "watch Node"}))

    of_nodes = {Ability.NODES, Ability.WORKER, Ability.WORKERS, Ability.CONTROL_PLANE, Ability.LABELS, Ability.OUTSIDE}
    assert {found[ability] for ability in of_nodes} == {"this account may not list and watch Nodes"}


def test_what_nodes_that_are_not_shown_forbid_is_not_told_one_by_one() -> None:
    """One line for all of them."""
    lines = told(reasons(Account(denied={"list Node"})))

    assert lines[0] == "the cluster cannot show its nodes: this account may not list Nodes"
    assert sum("list Nodes" in line for line in lines) == 1


def test_without_the_right_to_change_nodes_none_is_labelled() -> None:
    """The right is checked, never tried."""
    assert reasons(Account({"patch Node"}, {"Node": THREE}))[Ability.LABELS] == "this account may not patch Nodes"


def test_nodes_that_are_not_reached_are_told_with_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a cloud's nodes from a laptop."""
    monkeypatch.setattr(outside, "is_answered", lambda _address: False)

    assert (
        reasons(Account(objects={"Node": THREE}))[Ability.OUTSIDE] == "the nodes' addresses (127.0.0.1) are not reached from this machine"
    )


def test_an_addon_needs_cluster_wide_rights() -> None:
    """Each missing right is named."""
    found = reasons(Account({"create ClusterRole", "create IngressClass", "list Namespace"}, {"Node": THREE}))

    assert found[Ability.INGRESS] == "this account may not create ClusterRoles, create IngressClasses, list Namespaces"


def test_an_addon_of_somebody_else_is_an_obstacle() -> None:
    """Its namespace exists already."""
    there = [{"metadata": {"name": INGRESS_CONTROLLER.namespace}}]

    found = reasons(Account(objects={"Node": THREE, "Namespace": there}))
    assert found[Ability.INGRESS] == 'the cluster has somebody else\'s Namespace "ingress-nginx"'


def test_a_balancer_whose_addresses_are_known_is_hindered_by_rights_too() -> None:
    """Like the ingress controller."""

    class Knowing:
        def addresses(self) -> list[str]:
            return ["10.0.0.9"]

    denied = Account({"create ClusterRole"}, {"Node": THREE})
    assert reasons(denied, provider=Knowing())[Ability.BALANCER] == "this account may not create ClusterRoles"
    assert Ability.BALANCER not in reasons(Account(objects={"Node": THREE}), provider=Knowing())


def test_a_reason_is_told_once_with_all_that_it_forbids() -> None:
    """One line each."""
    found = {Ability.PROGRAMS: "not ours", Ability.LABELS: "no right", Ability.STOPS: "not ours"}

    assert told(found) == [
        "the cluster cannot run programs on its nodes or have a node stopped: not ours",
        "the cluster cannot have its nodes labelled: no right",
    ]
