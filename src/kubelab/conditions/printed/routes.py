"""Routes of a node, as `ip route` prints them: to its own Pods, and to those of other nodes."""

import re

from kubelab.client.objects import Object, at, name
from kubelab.conditions.nodes import address
from kubelab.conditions.printed.outputs import printed
from kubelab.errors import LabFailure
from kubelab.output import Output


def shows_veth(output: Output, pod: Object) -> None:
    """LabFailure unless one line is a route to exactly the Pod's address, over one end of a veth pair."""
    ip = at(pod, "status", "podIP", default="no IP")
    _shows(output, rf"{re.escape(ip)} dev veth\w+", f'a route to Pod "{name(pod)}" ({ip}) over a veth')


def shows_node(output: Output, node: Object) -> None:
    """LabFailure unless one line is a route to the addresses of a node's Pods, over the node's own address."""
    pods = at(node, "spec", "podCIDR", default="no addresses")
    expected = f'a route to the pods of node "{name(node)}" ({pods}) over its address ({address(node)})'
    _shows(output, rf"{re.escape(pods)} via {re.escape(address(node))}", expected)


def _shows(output: Output, line: str, expected: str) -> None:
    if not re.search(rf"^{line}\b", output.out, re.MULTILINE):
        raise LabFailure(expected=f"the output shows {expected}", last_saw=printed(output))
