"""Pods and nodes: which nodes have them, which have none, and in another namespace."""

from kubelab.conditions import nodes
from kubelab.conditions.build import elsewhere
from kubelab.observation import View
from tests.unit.conftest import Look
from tests.unit.objects import ending, pod, thing
from tests.unit.scripted import Lab


def node(name: str, **labels: str) -> dict[str, object]:
    """A node with labels."""
    return {"kind": "Node", "metadata": {"name": name, "labels": labels}}


def view(*objects: dict[str, object], home: str = "lab") -> View:
    """The view with these objects, all in the namespace "lab", as seen from `home`."""
    keyed = {(str(one["kind"]), "" if one["kind"] == "Node" else "lab", one["metadata"]["name"]): one for one in objects}  # type: ignore[index]
    return View(home, keyed)


ONE, TWO = node("one"), node("two", disktype="ssd")
CONTROL = {
    **node("control", **{"node-role.kubernetes.io/control-plane": ""}),
    "spec": {"taints": [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]},
}
AGENT = thing("DaemonSet", "agent")


def agents(*places: str) -> list[dict[str, object]]:
    """A ready pod of the DaemonSet on each of the nodes."""
    return [pod(f"agent-{place}", ready=True, node=place, owner=AGENT) for place in places]


def test_one_pod_on_every_worker_is_exactly_that() -> None:
    """None is missing, and none is on the control plane."""
    condition = nodes.one_pod_per_node("DaemonSet", "agent")

    assert condition.observe(view(CONTROL, ONE, TWO, AGENT, *agents("one", "two"))).met
    assert not condition.observe(view(CONTROL, ONE, TWO, AGENT, *agents("one"))).met
    assert not condition.observe(view(CONTROL, ONE, TWO, AGENT, *agents("one", "two", "control"))).met
    assert not condition.observe(view(AGENT)).met


def test_a_node_without_taints_is_a_worker_whatever_else_it_runs() -> None:
    """As the only node of a small cluster; a taint about a node's state does not change that, another taint does."""
    plane = node("control", **{"node-role.kubernetes.io/control-plane": ""})
    unwell = {**ONE, "spec": {"taints": [{"key": "node.kubernetes.io/not-ready", "effect": "NoExecute"}]}}
    reserved = {**ONE, "spec": {"taints": [{"key": "gpu", "effect": "NoSchedule"}]}}

    assert [nodes.is_worker(one) for one in (plane, CONTROL, unwell, reserved)] == [True, False, True, False]


def test_every_node_counts_the_control_plane() -> None:
    """As for the cluster's own DaemonSets."""
    condition = nodes.one_pod_per_node("DaemonSet", "agent", nodes.is_node, "every node")

    assert condition.observe(view(CONTROL, ONE, AGENT, *agents("one", "control"))).met
    assert not condition.observe(view(CONTROL, ONE, AGENT, *agents("one"))).met


def test_nodes_are_chosen_by_name_or_label() -> None:
    """Or by not having that name."""
    assert [nodes.named("one")(one) for one in (ONE, TWO)] == [True, False]
    assert [nodes.other_than("one")(one) for one in (ONE, TWO)] == [False, True]
    assert [nodes.labelled("disktype", "ssd")(one) for one in (ONE, TWO)] == [False, True]


def test_a_namespace_elsewhere_is_looked_at_instead() -> None:
    """The wording names it."""
    here = nodes.one_pod_per_node("DaemonSet", "agent")
    there = elsewhere("lab", here)
    seen_from_outside = view(CONTROL, ONE, AGENT, *agents("one"), home="other")

    assert not here.observe(seen_from_outside).met
    assert there.observe(seen_from_outside).met
    assert there.wording == 'DaemonSet "agent" has one ready pod on every worker node (namespace "lab")'


def test_a_node_s_status_is_what_kubectl_shows() -> None:
    """NotReady also if its state is Unknown."""

    def told(status: str) -> dict[str, object]:
        return {**ONE, "status": {"conditions": [{"type": "Ready", "status": status, "message": "Kubelet stopped posting node status."}]}}

    assert nodes.ready("one").observe(view(told("True"))).met
    assert not nodes.not_ready("one").observe(view(told("True"))).met
    for lost in (told("False"), told("Unknown"), ONE):
        assert nodes.not_ready("one").observe(view(lost)).met
    assert nodes.ready("one").observe(view(told("Unknown"))).seen == "one NotReady: Kubelet stopped posting node status."
    assert nodes.ready("one").observe(view(ONE)).seen == "one NotReady: it has not said anything"


def test_a_node_serves_again_once_it_is_no_longer_marked_as_lost() -> None:
    """Its other taints do not matter."""
    ready = {**ONE, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}

    assert nodes.serves({**ready, "spec": {"taints": [{"key": "gpu", "effect": "NoSchedule"}]}})
    assert not nodes.serves({**ready, "spec": {"taints": [{"key": "node.kubernetes.io/unreachable", "effect": "NoSchedule"}]}})
    assert not nodes.serves(ONE)


def test_pods_are_stuck_while_all_there_are_asked_to_end_and_none_is_new(lab: Lab, look: Look) -> None:
    """If one stays, if there is none, or if there is a new one, they are not stuck."""
    stuck = nodes.stuck_on("StatefulSet", "db", "one")
    owner = thing("StatefulSet", "db")
    there, also, elsewhere_ = (pod(f"db-{n}", ready=True, node=place, owner=owner) for n, place in enumerate(("one", "one", "two")))
    for item in (owner, elsewhere_):
        lab.put(item)
    assert not look(stuck).met

    for item in (ending(there), also):
        lab.put(item)
    lab.since = lab.store.mark()
    assert not look(stuck).met
    lab.put(ending(also))
    assert look(stuck).met

    lab.put(ending(also), "DELETED")
    lab.put(pod("db-1", uid="another", node="two", owner=owner))
    assert not look(stuck).met
