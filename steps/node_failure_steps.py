"""Nodes that fail: a node is stopped during the scenario, which runs alone, and is started again after it."""

from pytest_bdd import then, when

from kubelab import operations
from kubelab.abilities import Ability
from kubelab.conditions import nodes
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, locks, parse, requires, watches
from kubelab.waiting import stays, until


@when(parse("I stop the node of Pod {name:Name}"))
@by_hand("kubectl get pod {name} -o wide", "docker pause NODE")
@watches("Node")
@locks("cluster")
@requires(Ability.STOPS, Ability.WORKER)
def stop_the_node_of(lab: Scenario, name: str) -> None:
    """Freezes the worker node that the Pod is on, as if it had lost power; from now on it is "the stopped node"."""
    lab.remember("the stopped node", operations.stop_node_of(lab, name))


@when("I start the stopped node again")
@by_hand("docker unpause NODE")
def start_it_again(lab: Scenario) -> None:
    """Lets the stopped node go on where it stopped; the end of the scenario does so, too."""
    operations.start_node(lab, lab.recall("the stopped node"))


@then(parse("the {role:Word} node is NotReady"))
@then(parse("the {role:Word} node is NotReady within {limit:Duration}"))
@by_hand("kubectl get nodes")
@watches("Node")
def is_not_ready(lab: Scenario, role: str, limit: float | None = None) -> None:
    """The control plane has not heard from it for too long: its STATUS in `kubectl get nodes` is NotReady."""
    until(lab, nodes.not_ready(lab.recall(f"the {role} node")["metadata"]["name"]), limit)


@then(parse("the {role:Word} node is Ready"))
@then(parse("the {role:Word} node is Ready within {limit:Duration}"))
@by_hand("kubectl get nodes")
@watches("Node")
def is_ready(lab: Scenario, role: str, limit: float | None = None) -> None:
    """It can run Pods, as far as the control plane knows."""
    until(lab, nodes.ready(lab.recall(f"the {role} node")["metadata"]["name"]), limit)


@then(parse("every pod of {kind:Kind} {name:Name} on the {role:Word} node stays Terminating for {duration:Duration}"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
def stay_terminating(lab: Scenario, kind: str, name: str, role: str, duration: float) -> None:
    """It has Pods there; all of them are being deleted, are still there after that long, and it has no new one since the last When."""
    stays(lab, nodes.stuck_on(kind, name, lab.recall(f"the {role} node")["metadata"]["name"]), duration)
