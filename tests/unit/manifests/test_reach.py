"""What a scenario may name and change."""

import pytest

from kubelab import manifests
from kubelab.client.kinds import Kind, built_in
from kubelab.errors import LabFailure


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("http://web.NAMESPACE.svc.cluster.local", "http://web.lab-1.svc.cluster.local"),
        ("kubectl delete namespace NAMESPACE-team", "kubectl delete namespace lab-1-team"),
        ("NAMESPACE", "lab-1"),
        ("--env=POD_NAMESPACE=x", "--env=POD_NAMESPACE=x"),
        ("NAMESPACES", "NAMESPACES"),
    ],
)
def test_the_word_namespace_is_the_scenarios_own(text: str, becomes: str) -> None:
    """As a whole word."""
    assert manifests.spelled(text, "lab-1") == becomes


def test_in_a_manifest_only_names_begin_with_it() -> None:
    """A variable of that name is unchanged."""
    body = {"metadata": {"name": "NAMESPACE-team"}, "env": [{"name": "NAMESPACE"}, "NAMESPACE-x", 3]}

    assert manifests.named_after(body, "lab-1") == {"metadata": {"name": "lab-1-team"}, "env": [{"name": "NAMESPACE"}, "lab-1-x", 3]}


@pytest.mark.parametrize(("name", "own"), [("lab-1", True), ("lab-1-team", True), ("lab-11", False), ("other", False), ("", False)])
def test_a_namespace_is_its_own_or_not(name: str, *, own: bool) -> None:
    """By its name."""
    assert manifests.is_own(name, "lab-1") is own


@pytest.mark.parametrize(("kind", "name"), [("Pod", "web"), ("ClusterRole", "lab-1-reader"), ("Namespace", "lab-1-team")])
def test_what_a_scenario_may_change(kind: str, name: str) -> None:
    """Objects in a namespace are limited by the request itself."""
    manifests.refuse_others(kind, name, "lab-1", built_in(kind))


@pytest.mark.parametrize(
    ("kind", "name", "because"),
    [
        ("Namespace", "lab-1", "belongs to the whole cluster"),
        ("Namespace", "kube-system", "belongs to the whole cluster"),
        ("ClusterRole", "admin", 'such as "NAMESPACE-clusterrole"'),
        ("Node", "lab-1-node", "belongs to the whole cluster"),
        ("ClusterRole", "-reader", "belongs to the whole cluster"),
    ],
)
def test_what_it_may_not(kind: str, name: str, because: str) -> None:
    """Not even its own namespace, which is removed afterwards."""
    with pytest.raises(LabFailure, match=because):
        manifests.refuse_others(kind, name, "lab-1", built_in(kind))


def test_a_kind_that_only_the_cluster_knows_has_the_scope_that_it_says() -> None:
    """Whatever its name; of two kinds with the same name, one that is cluster-wide is enough."""
    wide, narrow = Kind("Namespace", "shop.io/v1", "namespaces", namespaced=False), Kind("Node", "shop.io/v1", "nodes")

    manifests.refuse_others("Node", "x", "lab-1", [narrow])
    for found in ([wide], [narrow, wide]):
        with pytest.raises(LabFailure, match=r"belongs to the whole cluster; a scenario keeps to its own namespace\.$"):
            manifests.refuse_others("Namespace", "lab-1-x", "lab-1", found)


def test_without_a_namespace_nothing_is_its_own() -> None:
    """Every name begins with an empty one."""
    assert not manifests.is_named_after("-x", "")
