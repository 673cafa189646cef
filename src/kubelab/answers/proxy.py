"""kube-proxy's rules on a node, as iptables-save prints them: where they lead requests to a Service."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, reduce
from operator import and_

from kubelab.answers.places import Place
from kubelab.answers.replies import Found, Nothing, Reply, Unasked, judged
from kubelab.client.objects import Object, at
from kubelab.conditions.build import not_there
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.5
"""Seconds between two looks at a node's rules."""
LIMIT = 10
"""Seconds that one look may take."""
SERVICES = ":KUBE-SERVICES "
"""How iptables-save begins the line of the chain that kube-proxy always has."""


def leads_to(service: str, count: int, nodes: Sequence[Place]) -> Condition:
    """`the rules of every node lead Service "web" to 3 pods`.

    Its KUBE-SVC chain has one KUBE-SEP chain for each address, all but the last of them chosen at random.
    """

    def judge(lines: Sequence[str], _service: Object) -> tuple[bool, str]:
        choices = [line for line in lines if line.startswith("-A KUBE-SVC-")]
        chains = {chain for line in choices for chain in re.findall(r"-j (KUBE-SEP-\w+)", line)}
        chances = sum("--mode random" in line for line in choices)
        pods = {pod for line in lines if line.split()[1] in chains for pod in re.findall(r"--to-destination (\S+)", line)}
        told = f"{len(chains)} KUBE-SEP chains, {chances} at random, to {', '.join(sorted(pods)) or 'no pod'}"
        return (len(chains), len(pods), chances) == (count, count, count - 1), told

    return _of_rules(service, nodes, f"lead to {count} pod{'' if count == 1 else 's'}", judge)


def has_cluster_ip_rule(service: str, nodes: Sequence[Place]) -> Condition:
    """`the rules of every node know the cluster IP of Service "web"`: a line of KUBE-SERVICES sends it to a KUBE-SVC chain."""

    def judge(lines: Sequence[str], thing: Object) -> tuple[bool, str]:
        ip = at(thing, "spec", "clusterIP", default="")
        found = [line for line in lines if line.startswith("-A KUBE-SERVICES") and f"-d {ip}/32" in line and "-j KUBE-SVC-" in line]
        return bool(found), f"{len(found)} rules for {ip}"

    return _of_rules(service, nodes, "know its cluster IP", judge)


def has_node_port_rule(service: str, port: int, nodes: Sequence[Place]) -> Condition:
    """`the rules of every node take port 30123 for Service "web"`: a line of KUBE-NODEPORTS."""

    def judge(lines: Sequence[str], _service: Object) -> tuple[bool, str]:
        found = [line for line in lines if line.startswith("-A KUBE-NODEPORTS") and f"--dport {port} " in line]
        return bool(found), f"{len(found)} rules for port {port}"

    return _of_rules(service, nodes, f"take port {port}", judge)


def none_left(service: str, nodes: Sequence[Place]) -> Condition:
    """`no rule of any node is left for Service "web"`: the Service must have existed."""

    def look(view: View, node: Place) -> Observation:
        if not view.has_had("Service", service):
            return not_there(view, "Service", service)
        return judged(
            _rules(view, service, node),
            lambda found: Observation(met=False, seen=f"{node.words} {len(found)} rules, such as {found[0]}"),
            lambda said: Observation(met=True, seen=f"{node.words} {said}"),
        )

    return _of_every(nodes, f'no rule of any node is left for Service "{service}"', look)


def _of_rules(service: str, nodes: Sequence[Place], says: str, judge: Callable[[Sequence[str], Object], tuple[bool, str]]) -> Condition:
    def judge_there(node: Place, thing: Object, lines: Sequence[str]) -> Observation:
        met, told = judge(lines, thing)
        return Observation(met, f"{node.words} {told}, of {len(lines)} rules that name the Service", about=(thing,))

    def look(view: View, node: Place) -> Observation:
        thing = view.find("Service", service)
        if thing is None:
            return not_there(view, "Service", service)
        return judged(_rules(view, service, node), partial(judge_there, node, thing), lambda _said: judge_there(node, thing, ()))

    return _of_every(nodes, f'the rules of every node for Service "{service}" {says}', look)


def _of_every(nodes: Sequence[Place], wording: str, look: Callable[[View, Place], Observation]) -> Condition:
    """The condition on each node; there must be one."""

    def there(node: Place) -> Condition:
        return Condition(wording, lambda view: look(view, node), every=EVERY)

    return replace(reduce(and_, map(there, nodes)), wording=wording)


def _rules(view: View, service: str, node: Place) -> Reply[list[str]]:
    """The rules whose comment names the Service, or a port of it; Nothing where kube-proxy's own chain is there without them."""
    output = node.run(view, ["iptables-save", "-t", "nat"], LIMIT)
    if isinstance(output, Unasked):
        return output
    if not output.good or SERVICES not in output.out:
        return Unasked(f"{node.words} the rules cannot be read: {output.tail if not output.good else 'there is no chain of kube-proxy'}")
    named = re.compile(rf'--comment "?{re.escape(view.namespace)}/{re.escape(service)}[:" ]')
    found = [line for line in output.out.splitlines() if named.search(line)]
    return Found(found) if found else Nothing("no rule names the Service")
