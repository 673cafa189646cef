"""Labels of objects and of the nodes that pods are on."""

from typing import Any

from kubelab.conditions import nodes, presence
from tests.unit.conftest import Look
from tests.unit.objects import pod
from tests.unit.scripted import Lab


def node(name: str, **labels: str) -> dict[str, Any]:
    """A node with labels."""
    return {"kind": "Node", "metadata": {"name": name, "uid": name, "resourceVersion": "1", "labels": labels}}


def test_a_label_that_is_not_there_is_lacking(lab: Lab, look: Look) -> None:
    """If there is another value, it is reported."""
    lab.put(pod("web", metadata={"labels": {"app": "web"}}))

    assert look(presence.lacks_label("Pod", "web", "type")).met
    seen = look(presence.lacks_label("Pod", "web", "app"))
    assert (seen.met, seen.seen) == (False, "web with app=web")


def test_a_pod_is_on_a_node_with_the_label(lab: Lab, look: Look) -> None:
    """Not with another value, and not while the pod has no node."""
    condition = nodes.on_node_labelled("web", "type", "ssd")
    for one in (node("fast", type="ssd"), node("slow", type="hdd")):
        lab.put(one)
    lab.put(pod("web"))
    assert look(condition).seen == "web, Pending"

    lab.put(pod("web", ready=True, node="slow"))
    assert look(condition).seen.endswith("the node's type is hdd")
    lab.put(pod("web", ready=True, node="fast"))
    assert look(condition).met


def test_every_worker_is_labelled(lab: Lab, look: Look) -> None:
    """The control plane does not count; in a cluster without workers it is not met."""
    condition = nodes.every_worker_labelled("gpu", "true")
    lab.put({**node("control"), "spec": {"taints": [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]}})
    assert not look(condition).met
    lab.put(node("one", gpu="true"))
    assert look(condition).met

    lab.put(node("two"))

    assert look(condition).seen == "gpu: one true, two without"
    assert not look(condition).met
