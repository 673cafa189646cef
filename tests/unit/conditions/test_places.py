"""Places and targets: where a command runs, and the URL that a sentence means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab.client import Executed
from kubelab.clusters.process import Output
from kubelab.conditions import targets
from kubelab.conditions.places import NOT_THERE, FromANode, FromAPod, FromOutside
from kubelab.errors import LabFailure
from kubelab.observation import View

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Provider

NODE = {
    "kind": "Node",
    "metadata": {"name": "control", "labels": {"node-role.kubernetes.io/control-plane": ""}},
    "status": {"addresses": [{"type": "Hostname", "address": "control"}, {"type": "InternalIP", "address": "10.89.0.2"}]},
}
POD = {
    "kind": "Pod",
    "metadata": {"name": "client", "namespace": "lab"},
    "spec": {"containers": [{"name": "shell"}, {"name": "other"}]},
    "status": {"podIP": "fd00::2"},
}


def view(*objects: dict[str, Any]) -> View:
    """A moment with these objects."""
    return View("lab", {(one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one for one in objects})


def service(**spec: Any) -> dict[str, Any]:
    """A Service "web"."""
    return {"kind": "Service", "metadata": {"name": "web", "namespace": "lab"}, "spec": spec}


@dataclass
class Everything:
    """A provider and a client at once, which note what they run."""

    ran: list[tuple[Any, ...]] = field(default_factory=list)
    refuses: bool = False

    def execute(self, where: str, *words: Any, timeout: float) -> Any:
        """On a node: a provider's; in a Pod: a client's, with the namespace."""
        if self.refuses:
            raise LabFailure("container not found")
        self.ran.append((where, *words, timeout))
        return Output(0, "said", "") if len(words) == 1 else Executed(0, "said", "")

    def outside(self, argv: Sequence[str], *, near: str, timeout: float) -> Output:
        """Outside."""
        self.ran.append(("outside", near, argv, timeout))
        return Output(0, "said", "")


def test_commands_run_where_the_sentence_says() -> None:
    """On the control plane's node, outside near a node, in the Pod's first container."""
    there = Everything()
    provider, client = cast("Provider", there), cast("Client", there)

    outputs = [place.run(view(NODE, POD), ["ls"], 4) for place in (FromANode(provider), FromOutside(provider), FromAPod(client, "client"))]

    assert there.ran == [("control", ["ls"], 4), ("outside", "10.89.0.2", ["ls"], 4), ("client", "lab", ["ls"], "shell", 4)]
    assert {output.out for output in outputs} == {"said"}
    assert FromAPod(client, "client").words == 'from Pod "client"'


def test_a_pod_that_is_not_there_or_cannot_run_commands_yet_has_a_reason() -> None:
    """Waiting goes on."""
    refusing = cast("Client", Everything(refuses=True))

    assert FromAPod(refusing, "none").run(view(POD), ["ls"], 4) == Output(NOT_THERE, "", 'no Pod "none" (there is: client)')
    assert FromAPod(refusing, "client").run(view(POD), ["ls"], 4) == Output(NOT_THERE, "", "container not found")


@pytest.mark.parametrize(
    ("target", "url"),
    [
        (targets.url("http://web:80/a"), "http://web:80/a"),
        (targets.of_object("Pod", "client", 80), "http://[fd00::2]:80/"),
        (targets.of_object("Service", "web", 80, "/page"), "http://10.96.0.7:80/page"),
        (targets.of_external_address("web", 80), "http://10.0.0.9:80/"),
        (targets.of_node(NODE, 30123), "http://10.89.0.2:30123/"),
        (targets.of_node_port("web"), "http://10.89.0.2:30200/"),
    ],
)
def test_a_target_is_a_url(target: targets.Target, url: str) -> None:
    """An address of IP version 6 stands in brackets (RFC 3986)."""
    assert target(view(NODE, POD, service(clusterIP="10.96.0.7", externalIPs=["10.0.0.9"], ports=[{"port": 80, "nodePort": 30200}]))) == url


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (targets.of_object("Pod", "none", 80), 'no Pod "none"'),
        (targets.of_object("Service", "web", 80), 'Service "web" has no IP'),
        (targets.of_external_address("web", 80), r'Service "web" has no external address \(pending\)'),
        (targets.of_node_port("web"), 'Service "web" has no node port'),
        (targets.of_node({"metadata": {"name": "lost"}}, 80), 'node "lost" has no address'),
    ],
)
def test_a_target_without_an_address_says_so(target: targets.Target, reason: str) -> None:
    """A headless Service has none, a load balancer may be long in coming."""
    with pytest.raises(LabFailure, match=reason):
        target(view(service(clusterIP="None")))
