"""Places and targets: where a command runs, and the URL that a sentence means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab.answers import targets
from kubelab.answers.places import FromANode, FromAPod, FromOutside, Place
from kubelab.answers.replies import Unasked
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.observation import View
from kubelab.output import Output

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
    """The view with these objects."""
    return View("lab", {(one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one for one in objects})


def service(**spec: Any) -> dict[str, Any]:
    """A Service "web"."""
    return {"kind": "Service", "metadata": {"name": "web", "namespace": "lab"}, "spec": spec}


@dataclass
class Everything:
    """A provider and a client in one, which record the commands that they run."""

    ran: list[tuple[Any, ...]] = field(default_factory=list)
    refuses: str = ""
    code: int = 0
    err: str = ""

    def execute(self, where: str, *words: Any, timeout: float) -> Any:
        """On a node: a provider's; in a Pod: a client's, with the namespace."""
        if self.refuses:
            raise LabFailure(self.refuses)
        self.ran.append((where, *words, timeout))
        return Output(self.code, "said", self.err)

    def outside(self, argv: Sequence[str], *, near: str, timeout: float) -> Output:
        """Outside the cluster."""
        self.ran.append(("outside", near, argv, timeout))
        return Output(self.code, "said", self.err)


def places(there: Everything) -> list[Place]:
    """A node, outside, and a Pod."""
    provider, client = cast("Provider", there), cast("Client", there)
    return [FromANode(provider), FromOutside(provider), FromAPod(client, "client")]


def test_commands_run_where_the_sentence_says() -> None:
    """On the control plane's node, outside near a node, in the Pod's first container."""
    there = Everything()

    outputs = [place.run(view(NODE, POD), ["ls"], 4) for place in places(there)]

    assert there.ran == [("control", ["ls"], 4), ("outside", "10.89.0.2", ["ls"], 4), ("client", "lab", ["ls"], "shell", 4)]
    assert outputs == [Output(0, "said", "")] * 3
    assert [place.words for place in places(there)] == ["from a node", "from outside", 'from Pod "client"']


def test_a_pod_that_is_not_there_or_cannot_run_commands_yet_is_not_asked() -> None:
    """The wait goes on, except for a program that its image lacks."""

    def asked(pod: str, refuses: str, code: int = 0, err: str = "") -> Output | Unasked:
        client = cast("Client", Everything(refuses=refuses, code=code, err=err))
        return FromAPod(client, pod).run(view(POD), ["curl", "http://web"], 4)

    lacking = Unasked('Pod "client" has no program "curl" to ask with: take a Pod whose image has it', final=True)
    assert asked("none", "") == Unasked('no Pod "none" (there is: client)', missing=("Pod", "none"))
    assert asked("client", "container not found") == Unasked('Pod "client" cannot be asked: container not found')
    assert asked("client", 'exec: "curl": executable file not found in $PATH') == lacking
    assert asked("client", "", 127, "sh: 1: curl: not found") == lacking
    assert asked("client", "", 126, "permission denied") == Unasked('Pod "client" cannot be asked: permission denied')
    assert asked("client", "", 7, "curl: (7) refused") == Output(7, "said", "curl: (7) refused")


@pytest.mark.parametrize("code", [124, 125, 126])
def test_a_node_or_a_machine_that_is_not_reached_is_not_asked(code: int) -> None:
    """Its silence proves nothing."""
    for place in places(Everything(code=code, err="the engine is busy"))[:2]:
        asked = place.run(view(NODE), ["curl"], 4)
        assert isinstance(asked, Unasked)
        assert asked.why.endswith("cannot be asked: the engine is busy")
    assert FromANode(cast("Provider", Everything())).run(view(), ["curl"], 4) == Unasked("no node of the control plane is known")


def test_a_program_that_a_node_or_a_machine_lacks_is_trouble_of_the_run() -> None:
    """No lab says what is installed there."""
    for place in places(Everything(code=127, err="curl: No such file or directory"))[:2]:
        with pytest.raises(SetupTrouble, match='There is no program "curl" on'):
            place.run(view(NODE), ["curl"], 4)


def test_the_api_server_is_asked_for_as_each_place_reaches_it() -> None:
    """By the node's address, or by the name that Pods use."""
    urls = [place.server(view(NODE)) for place in places(Everything())]

    assert urls == ["https://10.89.0.2:6443/version"] * 2 + ["https://kubernetes.default.svc.cluster.local/version"]
    assert places(Everything())[0].server(view()) == ""


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
    """An IPv6 address is in brackets (RFC 3986)."""
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
    """A headless Service has none, a load balancer's may take a while."""
    with pytest.raises(LabFailure, match=reason):
        target(view(service(clusterIP="None")))
