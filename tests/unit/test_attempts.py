"""Every attempt to get out that kubelab itself should refuse is refused by it; the others are left to the API server and to kubectl."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from kubelab import kubectl, manifests
from kubelab.client.kinds import Kind, built_in
from kubelab.clusters import node_files
from kubelab.errors import LabFailure
from kubelab.output import Output
from tests.attempts import Attempt, attempts

HOME = "lab-mine-bcdfghjkm"
SERVED = [
    Kind("ClusterTrustBundle", "certificates.k8s.io/v1", "clustertrustbundles", namespaced=False),
    Kind("CertificateSigningRequest", "certificates.k8s.io/v1", "certificatesigningrequests", namespaced=False, aliases=("csr",)),
    Kind("ComponentStatus", "v1", "componentstatuses", namespaced=False, aliases=("cs",)),
    Kind("DeviceClass", "resource.k8s.io/v1", "deviceclasses", namespaced=False),
    Kind("FlowSchema", "flowcontrol.apiserver.k8s.io/v1", "flowschemas", namespaced=False),
    Kind("IPAddress", "networking.k8s.io/v1", "ipaddresses", namespaced=False, aliases=("ip",)),
    Kind("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1", "prioritylevelconfigurations", namespaced=False),
    Kind("ResourceSlice", "resource.k8s.io/v1", "resourceslices", namespaced=False),
    Kind("ServiceCIDR", "networking.k8s.io/v1", "servicecidrs", namespaced=False),
    Kind("ValidatingAdmissionPolicy", "admissionregistration.k8s.io/v1", "validatingadmissionpolicies", namespaced=False),
    Kind(
        "ValidatingAdmissionPolicyBinding",
        "admissionregistration.k8s.io/v1",
        "validatingadmissionpolicybindings",
        namespaced=False,
        aliases=("validatingadmissionpolicybinding",),
        categories=("api-extensions",),
    ),
    Kind("VolumeAttributesClass", "storage.k8s.io/v1", "volumeattributesclasses", namespaced=False, aliases=("vac",)),
]
"""What the attempts name of the objects that a cluster lists."""
EDITED = re.compile(r'I (?:delete|edit) (\w+) "(\S+)"')


class Node:
    """A provider whose nodes run any command."""

    def execute(self, node: str, argv: Sequence[str], *, timeout: float) -> Output:  # noqa: ARG002
        """Nothing went wrong."""
        return Output(0, "", "")


def resolve(word: str) -> Sequence[Kind]:
    """The kinds that the cluster serves."""
    return built_in(word) or [kind for kind in SERVED if kind.is_called(word)]


def made(attempt: Attempt) -> None:
    """Make the attempt up to the point where kubectl or the API server would be called."""
    node: Any = Node()
    edited = EDITED.match(attempt.say)
    if attempt.node:
        node_files.read(node, "worker", attempt.node)
    elif edited:
        manifests.refuse_others(edited[1], edited[2], HOME, resolve(edited[1]))
    elif attempt.run:
        kubectl.allowed(manifests.spelled(attempt.run, HOME), HOME, resolve)
    for document in manifests.parse(attempt.manifest, "it.yaml"):
        manifests.held(replace(document, body=manifests.named_after(document.body, HOME)), HOME, resolve)


ALL = attempts()
OURS = [one for one in ALL if one.by == "words" and not one.then]  # the second command depends on what kubectl made of the first


@pytest.mark.parametrize("attempt", OURS, ids=lambda one: str(one.title))
def test_it_is_refused_before_anything_is_asked(attempt: Attempt) -> None:
    """With the mistake, and without a traceback."""
    with pytest.raises(LabFailure) as failure:
        made(attempt)

    assert attempt.is_told_in(str(failure.value)), failure.value
    assert "Error" not in str(failure.value)


@pytest.mark.parametrize("attempt", [one for one in ALL if one not in OURS], ids=lambda one: str(one.title))
def test_it_is_left_to_others(attempt: Attempt) -> None:
    """Otherwise it would be unknown whether they refuse it."""
    made(attempt)


def test_there_are_enough_of_each_family() -> None:
    """And no two are the same."""
    families = {one.family: sum(other.family == one.family for other in ALL) for one in ALL}

    assert len(ALL) >= 120
    assert min(families.values()) >= 5
    assert len(set(ALL)) == len(ALL)
