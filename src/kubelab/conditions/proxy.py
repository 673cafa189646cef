"""kube-proxy's rules on a node, as iptables-save prints them: where they lead the requests of a Service."""

import re
from collections.abc import Callable, Sequence

from kubelab.client.objects import Object, at
from kubelab.conditions.build import not_there
from kubelab.conditions.places import Place
from kubelab.conditions.replies import Found, Nothing, Reply, Unasked, judged
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.5
"""Seconds between two looks at a node's rules."""
LIMIT = 10
"""Seconds that one look may take."""
SERVICES = ":KUBE-SERVICES "
"""How iptables-save begins the line of the chain that kube-proxy always has."""


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
    """`no rule of a node is left for Service "web"`: of one that there was."""

    def observe(view: View) -> Observation:
        if not view.has_had("Service", service):
            return not_there(view, "Service", service)
        return judged(
            _rules(view, service, node),
            lambda found: Observation(met=False, seen=f"{len(found)} rules, such as {found[0]}"),
            lambda said: Observation(met=True, seen=said),
        )

    return Condition(f'no rule of a node is left for Service "{service}"', observe, every=EVERY)


def _of_rules(service: str, node: Place, says: str, judge: Callable[[Sequence[str], Object], tuple[bool, str]]) -> Condition:
    def look(thing: Object, lines: Sequence[str]) -> Observation:
        met, told = judge(lines, thing)
        return Observation(met, f"{told}, of {len(lines)} rules that name the Service", about=(thing,))

    def observe(view: View) -> Observation:
        thing = view.find("Service", service)
        if thing is None:
            return not_there(view, "Service", service)
        return judged(_rules(view, service, node), lambda lines: look(thing, lines), lambda _said: look(thing, ()))

    return Condition(f'the rules of a node for Service "{service}" {says}', observe, every=EVERY)


def _rules(view: View, service: str, node: Place) -> Reply[list[str]]:
    """The rules whose comment names the Service, or a port of it; none where kube-proxy's own chain is there without them."""
    output = node.run(view, ["iptables-save", "-t", "nat"], LIMIT)
    if isinstance(output, Unasked):
        return output
    if not output.good or SERVICES not in output.out:
        return Unasked(f"the rules of a node cannot be read: {output.tail if not output.good else 'there is no chain of kube-proxy'}")
    named = re.compile(rf'--comment "?{re.escape(view.namespace)}/{re.escape(service)}[:" ]')
    found = [line for line in output.out.splitlines() if named.search(line)]
    return Found(found) if found else Nothing("no rule names the Service")
