"""The routes of a node, as `ip route` prints them."""

import pytest

from kubelab.conditions.printed import routes
from kubelab.errors import LabFailure
from kubelab.output import Output
from tests.unit.objects import pod, thing

OUTPUT = Output(
    0,
    "default via 10.89.0.1 dev eth0 proto static metric 100 \n"
    "10.244.0.0/24 via 10.89.0.127 dev eth0 \n"
    "10.244.0.0/16 dev lo scope link \n"
    "10.244.3.25 dev veth1c5ee095 scope host \n"
    "10.244.3.7 dev eth1 scope link \n",
    "",
)


def node(pods: str, address: str) -> object:
    """A node with the addresses of its pods, and its own."""
    return thing("Node", "control", spec={"podCIDR": pods}, status={"addresses": [{"type": "InternalIP", "address": address}]})


def test_a_pod_is_reached_over_a_veth() -> None:
    """On a line of its own."""
    routes.shows_veth(OUTPUT, pod("web", status={"podIP": "10.244.3.25"}))


@pytest.mark.parametrize("ip", ["10.244.3.2", "10.244.3.7", "10.244.0.1", "0.244.3.25", ""])
def test_another_address_is_not(ip: str) -> None:
    """Nor a part of one, nor one over another interface."""
    with pytest.raises(LabFailure, match=r'a route to Pod "web" \(.*\) over a veth'):
        routes.shows_veth(OUTPUT, pod("web", status={"podIP": ip} if ip else {}))


def test_the_pods_of_a_node_are_reached_over_it() -> None:
    """A route for the whole range."""
    routes.shows_node(OUTPUT, node("10.244.0.0/24", "10.89.0.127"))  # type: ignore[arg-type]


@pytest.mark.parametrize(("pods", "address"), [("10.244.0.0/24", "10.89.0.12"), ("10.244.0.0/16", "10.89.0.127"), ("10.244.1.0/24", "")])
def test_and_not_over_another_one(pods: str, address: str) -> None:
    """The output is repeated."""
    with pytest.raises(LabFailure, match=r'(?s)the pods of node "control" .* over its address .*default via'):
        routes.shows_node(OUTPUT, node(pods, address))  # type: ignore[arg-type]
