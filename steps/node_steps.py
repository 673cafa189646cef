"""Nodes: what runs on them, and their labels, which are restored after the scenario."""

from pytest_bdd import step, then

from kubelab import operations
from kubelab.abilities import Ability
from kubelab.conditions import nodes
from kubelab.conditions.build import elsewhere
from kubelab.scenario import Scenario
from kubelab.vocabulary import Pair, by_hand, live, locks, parse, requires, watches
from kubelab.waiting import until


@then(parse("{kind:Kind} {name:Name} of namespace {namespace:Name} has one ready pod on every node"))
@by_hand("kubectl get pods -n {namespace} -o wide")
@watches("Node")
def system_pod_on_every_node(lab: Scenario, kind: str, name: str, namespace: str) -> None:
    """Every node, the control plane's included, has exactly one of its Pods, and that Pod is ready."""
    lab.look_into(namespace, kind, "Pod")
    until(lab, elsewhere(namespace, nodes.one_pod_per_node(kind, name, nodes.is_node, "every node")))


@step(parse("I label a worker node {label:Label}"))
@by_hand("kubectl label node NODE {label}")
@watches("Node")
@locks("node labels")
@requires(Ability.LABELS, Ability.WORKER)
def label_a_worker(lab: Scenario, label: Pair) -> None:
    """Labels a worker node that does not have the label yet, as key=value; from now on it is "the labelled node"."""
    lab.remember("the labelled node", operations.label_a_worker(lab, label.key, label.value))


@step(parse("I label the other worker nodes {label:Label}"))
@by_hand("kubectl label node NODE {label}")
@watches("Node")
@locks("node labels")
@requires(Ability.LABELS, Ability.WORKERS)
def label_the_others(lab: Scenario, label: Pair) -> None:
    """Labels every worker node except the labelled one, as key=value."""
    operations.label_workers(lab, label.key, label.value, but=lab.recall("the labelled node"))


@step(parse("I label every worker node {label:Label}"))
@by_hand("kubectl label node NODE {label}")
@watches("Node")
@locks("node labels")
@requires(Ability.LABELS, Ability.WORKER)
def label_every_worker(lab: Scenario, label: Pair) -> None:
    """Labels every worker node, as key=value."""
    operations.label_workers(lab, label.key, label.value)


@step(parse("I change the label of the labelled node to {label:Label}"))
@by_hand("kubectl label node NODE {label} --overwrite")
@locks("node labels")
@requires(Ability.LABELS)
def relabel(lab: Scenario, label: Pair) -> None:
    """Gives the labelled node the label key=value, whatever value the key had before."""
    operations.relabel(lab, lab.recall("the labelled node"), label.key, label.value)


@step(parse("I remove the label {key:LabelKey} from the labelled node"))
@by_hand("kubectl label node NODE {key}-")
@locks("node labels")
@requires(Ability.LABELS)
def unlabel(lab: Scenario, key: str) -> None:
    """Removes the label from the labelled node."""
    operations.relabel(lab, lab.recall("the labelled node"), key, None)


@then(parse("{kind:Kind} {name:Name} has {count:Number} ready pod on the labelled node"))
@then(parse("{kind:Kind} {name:Name} has {count:Number} ready pods on the labelled node"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
def has_ready_pods_on_the_labelled_node(lab: Scenario, kind: str, name: str, count: int) -> None:
    """That many of its Pods are ready on the labelled node."""
    until(lab, nodes.pods_on(kind, name, lab.recall("the labelled node")["metadata"]["name"], count))


@then(parse("{kind:Kind} {name:Name} has no pod on any other node"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
@requires(Ability.SEVERAL)
def has_no_pod_elsewhere(lab: Scenario, kind: str, name: str) -> None:
    """None of its Pods is on a node other than the labelled one."""
    node = lab.recall("the labelled node")["metadata"]["name"]
    until(lab, nodes.no_pod_on(kind, name, nodes.other_than(node), f"any node but {node}"))


@then(parse("{kind:Kind} {name:Name} has no pod on the {role:Word} node"))
@by_hand("kubectl get pods -o wide")
@watches("Node")
def has_no_pod_on_the_node(lab: Scenario, kind: str, name: str, role: str) -> None:
    """None of its Pods is left on that node, the labelled or the stopped one."""
    node = lab.recall(f"the {role} node")["metadata"]["name"]
    until(lab, nodes.no_pod_on(kind, name, nodes.named(node), f"node {node}"))


@then(parse("Pod {name:Name} is on a node labelled {label:Label}"))
@by_hand("kubectl get pod {name} -o wide", "kubectl get nodes --show-labels")
@watches("Node")
@live()
def is_on_a_node_labelled(lab: Scenario, name: str, label: Pair) -> None:
    """The node that it is scheduled to has the label, as key=value."""
    until(lab, nodes.on_node_labelled(name, label.key, label.value))


@then(parse("every worker node has label {label:Label}"))
@by_hand("kubectl get nodes --show-labels")
@watches("Node")
@requires(Ability.WORKER)
@live()
def every_worker_has_label(lab: Scenario, label: Pair) -> None:
    """Every node outside the control plane has the label, as key=value."""
    until(lab, nodes.every_worker_labelled(label.key, label.value))
