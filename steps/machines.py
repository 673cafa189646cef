"""What a node's own programs tell: its interfaces, its routes, its files."""

from pytest_bdd import step, then

from kubelab.conditions import routes
from kubelab.requesting import control_plane, node_of
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, parse, watches


@step(parse("I run {line:Text} on a node"))
@by_hand("{line}")
@watches("Node")
def read_on_a_node(lab: Scenario, line: str) -> None:
    """Runs a program that only reads (ip, bridge, cat, iptables-save) on the control plane's node, without a shell; it must succeed."""
    lab.read_on(control_plane(lab), line)


@step(parse("I run {line:Text} on the node of Pod {name:Name}"))
@by_hand("{line}")
def read_on_the_node_of(lab: Scenario, line: str, name: str) -> None:
    """Runs a program that only reads (ip, bridge, cat, iptables-save) on the Pod's node, without a shell; it must succeed."""
    lab.read_on(node_of(lab, name), line)


@then(parse("the output shows a route to Pod {name:Name} over a veth"))
def shows_route_to_pod(lab: Scenario, name: str) -> None:
    """`ip route` printed a line for the Pod's address alone, over one end of a pair of which the Pod has the other as its eth0."""
    routes.shows_veth(lab.output, lab.seen("Pod", name))


@then(parse("the output shows a route to the pods of the node of Pod {name:Name}"))
@watches("Node")
def shows_route_to_node(lab: Scenario, name: str) -> None:
    """`ip route` printed a line for all addresses that the Pod's node gives to its Pods, over that node's own address."""
    routes.shows_node(lab.output, lab.seen("Node", node_of(lab, name)))
