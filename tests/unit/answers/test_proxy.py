"""kube-proxy's rules, as iptables-save prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from kubelab.answers import proxy
from kubelab.answers.places import Place
from kubelab.answers.replies import Unasked
from kubelab.observation import Change, View
from kubelab.output import Output
from kubelab.waiting import Condition

RULES = """*nat
:KUBE-SERVICES - [0:0]
:KUBE-SVC-AAA - [0:0]
-A KUBE-NODEPORTS -p tcp -m comment --comment "lab/web" -m tcp --dport 30123 -j KUBE-EXT-AAA
-A KUBE-SEP-ONE -p tcp -m comment --comment "lab/web" -m tcp -j DNAT --to-destination 10.244.1.2:8080
-A KUBE-SEP-TWO -p tcp -m comment --comment "lab/web" -m tcp -j DNAT --to-destination 10.244.2.2:8080
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
    words: str = 'on node "a"'
    known_name: str = "localhost"
    code: int = 0

    def server(self, _view: View) -> str:
        """Not used."""
        raise AssertionError

    def run(self, _view: View, argv: Sequence[str], _seconds: float) -> Output | Unasked:
        """The output of iptables-save."""
        assert argv == ["iptables-save", "-t", "nat"]
        return Output(self.code, self.rules, "")


NODE: Place = Node()
EMPTY: Place = Node("*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n")
OTHER: Place = Node("*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n", words='on node "b"')
LED = "2 KUBE-SEP chains, 1 at random, to 10.244.1.2:8080, 10.244.2.2:8080"
DELETED = Change(2, 0.0, "Service", "lab", "web", "uid", "DELETED", SERVICE, SERVICE)


@pytest.mark.parametrize(
    ("condition", "met", "seen"),
    [
        (proxy.leads_to("web", 2, [NODE]), True, f'on node "a" {LED}, of 6 rules that name the Service'),
        (proxy.leads_to("web", 3, [NODE]), False, f'on node "a" {LED}, of 6 rules that name the Service'),
        (proxy.has_cluster_ip_rule("web", [NODE]), True, 'on node "a" 1 rules for 10.96.0.7, of 6 rules that name the Service'),
        (proxy.has_cluster_ip_rule("web", [EMPTY]), False, 'on node "a" 0 rules for 10.96.0.7, of 0 rules that name the Service'),
        (proxy.has_node_port_rule("web", 30123, [NODE]), True, 'on node "a" 1 rules for port 30123, of 6 rules that name the Service'),
        (proxy.has_node_port_rule("web", 30200, [NODE]), False, 'on node "a" 0 rules for port 30200, of 6 rules that name the Service'),
    ],
)
def test_rules(condition: Condition, seen: str, *, met: bool) -> None:
    """Rules whose comment names the Service, but not those of a name that only begins the same."""
    look = condition.observe(SEEN)

    assert (look.met, look.seen) == (met, seen)


@pytest.mark.parametrize(
    ("node", "changes", "seen"),
    [
        (EMPTY, [], 'no Service "web"'),
        (Node(""), [DELETED], 'on node "a" the rules cannot be read: there is no chain of kube-proxy'),
        (Node(code=1), [DELETED], 'on node "a" the rules cannot be read: *nat'),
    ],
)
def test_rules_that_cannot_be_read_are_not_gone(node: Place, changes: list[Change], seen: str) -> None:
    """Nor are those of a Service that never existed."""
    look = proxy.none_left("web", [node]).observe(View("lab", changes=changes))

    assert (look.met, look.unseen) == (False, True)
    assert look.seen.startswith(seen)
    assert proxy.none_left("web", [EMPTY]).observe(View("lab", changes=[DELETED])).met


def test_a_rule_that_is_left_is_shown() -> None:
    """The first of them."""
    look = proxy.none_left("web", [NODE]).observe(View("lab", changes=[DELETED]))

    assert not look.met
    assert look.seen.startswith('on node "a" 6 rules, such as -A KUBE-NODEPORTS')


@pytest.mark.parametrize(
    ("condition", "seen"),
    [
        (proxy.has_cluster_ip_rule("web", [NODE, OTHER]), 'on node "b" 0 rules for 10.96.0.7, of 0 rules that name the Service'),
        (
            proxy.leads_to("web", 2, [OTHER, NODE]),
            'on node "b" 0 KUBE-SEP chains, 0 at random, to no pod, of 0 rules that name the Service',
        ),
    ],
)
def test_one_node_without_the_rules_is_enough(condition: Condition, seen: str) -> None:
    """That node is named."""
    look = condition.observe(SEEN)

    assert (look.met, look.seen) == (False, seen)


def test_one_node_where_a_rule_is_left_is_enough() -> None:
    """Whatever the other nodes have."""
    assert not proxy.none_left("web", [EMPTY, NODE]).observe(View("lab", changes=[DELETED])).met
