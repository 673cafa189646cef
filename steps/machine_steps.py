"""What a node's own programs print: its interfaces, its routes, its files."""

from pytest_bdd import step, then

from kubelab.abilities import Ability
from kubelab.answers.container_logs import logs_show
from kubelab.conditions.nodes import address
from kubelab.conditions.printed import routes
from kubelab.kubectl.shell import misuse
from kubelab.network_requests import control_plane, node_of, read_on_every_node
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, checks, parse, requires, watches
from kubelab.waiting import until


@step(parse("I run {line:Text} on a node"))
@by_hand("{line}")
@checks(line=misuse)
@requires(Ability.PROGRAMS)
@watches("Node")
def read_on_a_node(lab: Scenario, line: str) -> None:
    """Runs a program that only reads (ip, bridge, cat, iptables-save) on the control plane's node, without a shell; it must succeed."""
    lab.read_on(control_plane(lab), line)


@step(parse("I run {line:Text} on the node of Pod {name:Name}"))
@by_hand("{line}")
@checks(line=misuse)
@requires(Ability.PROGRAMS)
def read_on_the_node_of(lab: Scenario, line: str, name: str) -> None:
    """Runs a program that only reads (ip, bridge, cat, iptables-save) on the Pod's node, without a shell; it must succeed."""
    lab.read_on(node_of(lab, name), line)


@step(parse("I run {line:Text} on every node"))
@by_hand("{line}")
@checks(line=misuse)
@requires(Ability.PROGRAMS)
@watches("Node")
def read_on_all_nodes(lab: Scenario, line: str) -> None:
    """Runs a program that only reads on every node, the control plane's included; the output is what all of them printed."""
    read_on_every_node(lab, line)


@then(parse("the output shows a route to Pod {name:Name} over a veth"))
def shows_route_to_pod(lab: Scenario, name: str) -> None:
    """`ip route` printed a route to the Pod's own address, over a veth interface whose other end is the Pod's eth0."""
    routes.shows_veth(lab.output, lab.seen("Pod", name))


@then(parse("the output shows a route to the pods of the node of Pod {name:Name}"))
@watches("Node")
def shows_route_to_node(lab: Scenario, name: str) -> None:
    """`ip route` printed a route to the whole address range of that node's Pods, through the node's own address."""
    routes.shows_node(lab.output, lab.seen("Node", node_of(lab, name)))


@then(parse("the logs of Pod {name:Name} show the address of the node of Pod {other:Name}"))
@by_hand("kubectl logs {name}", "kubectl get pod {other} -o wide", "kubectl get nodes -o wide")
@watches("Node")
def logs_show_node_address(lab: Scenario, name: str, other: str) -> None:
    """Its only container has logged the address of the node that the other Pod is on."""
    node = lab.seen("Node", node_of(lab, other))
    until(lab, logs_show(name, address(node) or "no address", lambda: lab.client.logs(name, lab.namespace)))
