"""Which nodes get a DaemonSet's pods, by Kubernetes' own rules."""

from typing import Any

import pytest

from kubelab.conditions.controllers.daemon_sets import belongs


def node(name: str = "one", taints: list[dict[str, str]] | None = None, **labels: str) -> dict[str, Any]:
    """A node."""
    return {"kind": "Node", "metadata": {"name": name, "labels": labels}, "spec": {"taints": taints or []}}


def affinity(*terms: dict[str, Any]) -> dict[str, Any]:
    """A required node affinity: any of these terms."""
    return {"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": list(terms)}}}}


def expression(key: str, operator: str, *values: str) -> dict[str, Any]:
    """A term of one expression on labels."""
    return {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}


GPU = {"key": "gpu", "value": "yes", "effect": "NoSchedule"}
FAST = node(disk="ssd", cores="8")


@pytest.mark.parametrize(
    ("template", "where", "does"),
    [
        ({}, FAST, True),
        ({"nodeName": "one"}, FAST, True),
        ({"nodeName": "two"}, FAST, False),
        ({"nodeSelector": {"disk": "ssd"}}, FAST, True),
        ({"nodeSelector": {"disk": "hdd"}}, FAST, False),
        (affinity(expression("disk", "In", "ssd", "nvme")), FAST, True),
        (affinity(expression("disk", "In", "hdd")), FAST, False),
        (affinity(expression("disk", "NotIn", "hdd")), FAST, True),
        (affinity(expression("rack", "NotIn", "a")), FAST, True),
        (affinity(expression("disk", "Exists")), FAST, True),
        (affinity(expression("rack", "Exists")), FAST, False),
        (affinity(expression("rack", "DoesNotExist")), FAST, True),
        (affinity(expression("disk", "DoesNotExist")), FAST, False),
        (affinity(expression("cores", "Gt", "4")), FAST, True),
        (affinity(expression("cores", "Gt", "8")), FAST, False),
        (affinity(expression("cores", "Lt", "9")), FAST, True),
        (affinity(expression("disk", "Lt", "9")), FAST, False),
        (affinity(expression("disk", "In", "hdd"), expression("cores", "Exists")), FAST, True),
        (affinity({}), FAST, False),
        (affinity({"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["one"]}]}), FAST, True),
        (affinity({"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["two"]}]}), FAST, False),
        ({}, node(taints=[GPU]), False),
        ({"tolerations": [{"key": "gpu", "operator": "Exists"}]}, node(taints=[GPU]), True),
        ({"tolerations": [{"key": "gpu", "value": "yes"}]}, node(taints=[GPU]), True),
        ({"tolerations": [{"key": "gpu", "value": "no"}]}, node(taints=[GPU]), False),
        ({"tolerations": [{"key": "gpu", "operator": "Exists", "effect": "NoExecute"}]}, node(taints=[GPU]), False),
        ({"tolerations": [{"operator": "Exists"}]}, node(taints=[GPU]), True),
        ({}, node(taints=[{**GPU, "effect": "PreferNoSchedule"}]), True),
        ({}, node(taints=[{"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}]), True),
        ({}, node(taints=[{"key": "node.kubernetes.io/network-unavailable", "effect": "NoSchedule"}]), False),
        ({"hostNetwork": True}, node(taints=[{"key": "node.kubernetes.io/network-unavailable", "effect": "NoSchedule"}]), True),
    ],
)
def test_where_its_pods_belong(template: dict[str, Any], where: dict[str, Any], *, does: bool) -> None:
    """Node name, selector, affinity, taints: all must agree."""
    assert belongs(template, where) is does
