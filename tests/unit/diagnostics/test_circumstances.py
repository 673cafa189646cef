"""Refusals for the cluster's own reasons, told apart from those that are the lab's fault."""

from typing import Any

import pytest

from kubelab.diagnostics import circumstance
from kubelab.errors import LabFailure
from kubelab.manifests import Document
from kubelab.manifests.lab_manifests import LabManifests
from tests.unit.objects import thing
from tests.unit.scripted import Lab

PSA = 'pods "web" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true'
FAR = "failed to allocate IP 10.100.100.100: the provided network does not match the current range"
RIGHT = 'nodes is forbidden: User "ann" cannot list resource "nodes" in API group "" at the cluster scope'


class Scene(Lab):
    """A scenario that has applied some manifests."""

    def __init__(self, *applied: Document) -> None:
        super().__init__()
        self.namespace, self.level = "lab", ""
        self.manifests = LabManifests("lab", applied=list(applied))


def reason(message: str, sentence: str = 'I apply "web.yaml"', scene: Any = None) -> str:
    """The reason why a sentence that failed with the message is not the lab's fault."""
    return circumstance(scene or Scene(), LabFailure(message), sentence)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (PSA, "the cluster's policy refuses a Pod of the lab (Pod Security restricted:latest): runAsNonRoot != true."),
        (RIGHT, 'this account ("ann") may not list nodes.'),
        (
            FAR,
            "the cluster does not give the address 10.100.100.100 to a Service of the lab: the provided network does not match",
        ),
        (
            'spec.clusterIPs: Invalid value: ["10.100.100.100"]: failed to allocate IP 10.100.100.100: provided IP is already allocated',
            "the cluster does not give the address 10.100.100.100 to a Service of the lab: provided IP is already allocated",
        ),
        (
            "spec.ports[0].nodePort: Invalid value: 30123: provided port is already allocated",
            "the node port 30123 is taken by somebody else.",
        ),
    ],
)
def test_a_refusal_for_the_clusters_own_reasons_is_not_a_failure_of_the_lab(message: str, says: str) -> None:
    """Whoever wrote the lab."""
    assert reason(message).startswith(says)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ('Pod "web" is not there', 'I apply "web.yaml"'),
        ("failed to allocate IP 10.200.0.1: the provided network does not match the current range", 'I apply "web.yaml"'),
        ("Invalid value: 32768: provided port is not in the valid range", 'I apply "web.yaml"'),
        (RIGHT, 'I run "kubectl get nodes --as ann"'),
        (RIGHT.replace("ann", "system:serviceaccount:lab:default"), 'I run "kubectl exec web -- kubectl get nodes"'),
        (PSA, 'I run "kubectl label namespace NAMESPACE pod-security.kubernetes.io/enforce=restricted"'),
    ],
)
def test_what_the_lab_itself_asks_for_fails(message: str, sentence: str) -> None:
    """An invalid address, a port out of range, somebody else's rights, a level of its own."""
    assert reason(message, sentence) == ""


def test_a_namespace_of_the_lab_that_asks_for_a_level_is_the_labs_own() -> None:
    """The lab is then about that refusal."""
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    strict = Document({"kind": "Namespace", "metadata": {"name": "lab-strict", "labels": labels}})

    assert reason(PSA, scene=Scene(strict)) == ""


def test_what_controllers_were_told_counts_since_the_last_when() -> None:
    """A Deployment's Pods are created by its ReplicaSet, whose refusals are in events."""
    scene = Scene()
    event = thing("Event", "web.1", reason="FailedCreate", message=f"Error creating: {PSA}")
    scene.put(event)

    assert "policy refuses a Pod" in reason("web has 0 of 3 pods", 'Deployment "web" is rolled out', scene)
    scene.since = scene.store.mark()
    assert reason("web has 0 of 3 pods", 'Deployment "web" is rolled out', scene) == ""


def test_a_level_that_the_scenarios_own_namespace_asks_for_is_not_the_clusters() -> None:
    """The lab asks for too much, unless its tag says so."""
    scene = Scene()
    scene.level = "baseline"

    assert reason(PSA, scene=scene) == ""
