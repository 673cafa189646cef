"""Objects of somebody else's that prevent the installation of an addon: each on its own."""

from typing import Any

import pytest

from kubelab.addons import INGRESS_CONTROLLER, obstacle
from kubelab.addons.installation import MARK, OURS
from tests.unit.abilities.account import Account

HOME = {"metadata": {"name": "ingress-nginx", "labels": {OURS: "true"}}}
THEIR_CLASS = {"metadata": {"name": "nginx", "managedFields": [{"manager": "helm"}]}}
OUR_CLASS = {"metadata": {"name": "nginx", "managedFields": [{"manager": "helm"}, {"manager": "kubelab"}]}}


def service(port: int, namespace: str = "shop") -> dict[str, Any]:
    """A Service with a node port; items of a list have no kind."""
    return {"metadata": {"name": "web", "namespace": namespace}, "spec": {"ports": [{"port": 80, "nodePort": port}, {"port": 81}]}}


@pytest.mark.parametrize(
    ("objects", "reason"),
    [
        ({}, ""),
        ({"Namespace": [HOME], "IngressClass": [OUR_CLASS], "Service": [service(30100, "ingress-nginx"), service(30123)]}, ""),
        ({"Namespace": [{"metadata": {"name": "ingress-nginx"}}]}, 'the cluster has somebody else\'s Namespace "ingress-nginx"'),
        ({"IngressClass": [THEIR_CLASS]}, 'the cluster has somebody else\'s IngressClass "nginx"'),
        ({"Service": [service(30200)]}, 'node port 30200 is taken by Service "web" of namespace "shop"'),
    ],
)
def test_what_is_somebody_elses_is_in_the_way(objects: dict[str, list[dict[str, Any]]], reason: str) -> None:
    """Our own leftovers do not."""
    assert obstacle(INGRESS_CONTROLLER, Account(objects=objects).client) == reason


def test_an_addon_that_stands_asks_no_further() -> None:
    """Whatever else exists."""
    marked = {"metadata": {**HOME["metadata"], "annotations": {MARK: INGRESS_CONTROLLER.digest}}}
    pod = {
        "metadata": {"name": "p", "ownerReferences": [{"uid": "1", "controller": True}]},
        "status": {"conditions": [{"type": "Ready", "status": "True"}]},
    }

    assert obstacle(INGRESS_CONTROLLER, Account(objects={"Namespace": [marked], "Pod": [pod], "IngressClass": [THEIR_CLASS]}).client) == ""


def test_what_may_not_be_seen_is_the_reason() -> None:
    """Nothing is tried then."""
    assert obstacle(INGRESS_CONTROLLER, Account({"list Service"}).client) == "you may not list Service (Forbidden)"
