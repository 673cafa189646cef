"""kube-proxy's rules, as iptables-save prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from kubelab.clusters.process import Output
from kubelab.conditions import proxy
from kubelab.conditions.places import Place
from kubelab.observation import View
from kubelab.waiting import Condition

RULES = """*nat
:KUBE-SVC-AAA - [0:0]
-A KUBE-NODEPORTS -p tcp -m comment --comment "lab/web" -m tcp --dport 30123 -j KUBE-EXT-AAA
-A KUBE-SEP-ONE -p tcp -m comment --comment "lab/web" -m tcp -j DNAT --to-destination 10.244.1.2:8080
-A KUBE-SERVICES -d 10.96.0.7/32 -p tcp -m comment --comment "lab/web cluster IP" -m tcp --dport 80 -j KUBE-SVC-AAA
-A KUBE-SVC-AAA -m comment --comment "lab/web -> 10.244.1.2:8080" -m statistic --mode random --probability 0.5 -j KUBE-SEP-ONE
-A KUBE-SVC-AAA -m comment --comment "lab/web -> 10.244.2.2:8080" -j KUBE-SEP-TWO
-A KUBE-SVC-BBB -m comment --comment "lab/website -> 10.244.2.3:8080" -j KUBE-SEP-THREE
COMMIT
"""
SERVICE = {"kind": "Service", "metadata": {"name": "web", "namespace": "lab"}, "spec": {"clusterIP": "10.96.0.7"}}
SEEN = View("lab", {("Service", "lab", "web"): SERVICE})


@dataclass
class Node:
    """A node with these rules."""

    rules: str = RULES
    words: str = "from a node"

    def run(self, _view: View, argv: Sequence[str], _seconds: float) -> Output:
        """What iptables-save prints."""
        assert argv == ["iptables-save", "-t", "nat"]
        return Output(0, self.rules, "")


NODE: Place = Node()


@pytest.mark.parametrize(
    ("condition", "met", "seen"),
    [
        (proxy.leads_to("web", 2, NODE), True, "2 KUBE-SEP chains, of 5 rules that name the Service"),
        (proxy.leads_to("web", 3, NODE), False, "2 KUBE-SEP chains, of 5 rules that name the Service"),
        (proxy.has_cluster_ip_rule("web", NODE), True, "1 rules for 10.96.0.7, of 5 rules that name the Service"),
        (proxy.has_cluster_ip_rule("web", Node("")), False, "0 rules for 10.96.0.7, of 0 rules that name the Service"),
        (proxy.has_node_port_rule("web", 30123, NODE), True, "1 rules for port 30123, of 5 rules that name the Service"),
        (proxy.has_node_port_rule("web", 30200, NODE), False, "0 rules for port 30200, of 5 rules that name the Service"),
        (proxy.none_left("website", Node("")), True, "0 rules"),
    ],
)
def test_rules(condition: Condition, seen: str, *, met: bool) -> None:
    """Those whose comment names the Service, and not one whose name only begins so."""
    look = condition.observe(SEEN)

    assert (look.met, look.seen) == (met, seen)


def test_a_rule_that_is_left_is_shown() -> None:
    """The first of them."""
    look = proxy.none_left("web", NODE).observe(View("lab"))

    assert not look.met
    assert look.seen.startswith("5 rules, such as -A KUBE-NODEPORTS")
