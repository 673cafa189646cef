"""kube-proxy's rules on a node, as iptables-save prints them: where they lead the requests of a Service."""

import re
from collections.abc import Callable, Sequence

from kubelab.client.objects import Object, at
from kubelab.conditions.build import of_object
from kubelab.conditions.places import Place
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.5
"""Seconds between two looks at a node's rules."""
LIMIT = 10
"""Seconds that one look may take."""


def leads_to(service: str, count: int, node: Place) -> Condition:
    """`the rules of a node lead Service "web" to 3 pods`: so many KUBE-SEP chains stand behind its KUBE-SVC chain."""

    def judge(lines: Sequence[str], _service: Object) -> tuple[bool, str]:
        chains = {chain for line in lines if line.startswith("-A KUBE-SVC-") for chain in re.findall(r"-j (KUBE-SEP-\w+)", line)}
        return len(chains) == count, f"{len(chains)} KUBE-SEP chains"

    return _of_rules(service, node, f"lead to {count} pod{'' if count == 1 else 's'}", judge)


def has_cluster_ip_rule(service: str, node: Place) -> Condition:
    """`the rules of a node know the cluster IP of Service "web"`: a line of KUBE-SERVICES sends it to a KUBE-SVC chain."""

    def judge(lines: Sequence[str], thing: Object) -> tuple[bool, str]:
        ip = at(thing, "spec", "clusterIP", default="")
        found = [line for line in lines if line.startswith("-A KUBE-SERVICES") and f"-d {ip}/32" in line and "-j KUBE-SVC-" in line]
        return bool(found), f"{len(found)} rules for {ip}"

    return _of_rules(service, node, "know its cluster IP", judge)


def has_node_port_rule(service: str, port: int, node: Place) -> Condition:
    """`the rules of a node take port 30123 for Service "web"`: a line of KUBE-NODEPORTS."""

    def judge(lines: Sequence[str], _service: Object) -> tuple[bool, str]:
        found = [line for line in lines if line.startswith("-A KUBE-NODEPORTS") and f"--dport {port} " in line]
        return bool(found), f"{len(found)} rules for port {port}"

    return _of_rules(service, node, f"take port {port}", judge)


def none_left(service: str, node: Place) -> Condition:
    """`no rule of a node is left for Service "web"`."""

    def observe(view: View) -> Observation:
        found = _rules(view, service, node)
        return Observation(not found, f"{len(found)} rules" + (f", such as {found[0]}" if found else ""))

    return Condition(f'no rule of a node is left for Service "{service}"', observe, every=EVERY)


def _of_rules(service: str, node: Place, says: str, judge: Callable[[Sequence[str], Object], tuple[bool, str]]) -> Condition:
    def look(view: View, thing: Object) -> tuple[bool, str]:
        lines = _rules(view, service, node)
        met, told = judge(lines, thing)
        return met, f"{told}, of {len(lines)} rules that name the Service"

    condition = of_object("Service", service, says, look)
    return Condition(f'the rules of a node for Service "{service}" {says}', condition.observe, every=EVERY)


def _rules(view: View, service: str, node: Place) -> list[str]:
    """The rules whose comment names the Service, or a port of it."""
    output = node.run(view, ["iptables-save", "-t", "nat"], LIMIT)
    named = re.compile(rf'--comment "?{re.escape(view.namespace)}/{re.escape(service)}[:" ]')
    return [line for line in output.out.splitlines() if named.search(line)]
