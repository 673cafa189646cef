"""A scenario's network requests: hosts, places, the last request, certificates."""

import base64
from pathlib import Path
from typing import Any

import pytest

from kubelab import network_requests
from kubelab.answers.http import END, Answer
from kubelab.answers.places import FromANode, FromAPod, FromOutside
from kubelab.answers.replies import Found
from kubelab.answers.series import APART
from kubelab.errors import LabFailure, NotHere
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.observation import Store
from kubelab.output import Output
from kubelab.scenario import Scenario
from tests.unit.objects import pod, thing

TAINTED = {"spec": {"taints": [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]}}
PAGE = f"HTTP/1.1 200 OK\n\nhello\n{END}\n"


def node(name: str, ip: str, **labels: str) -> dict[str, Any]:
    """A node with an address."""
    return thing("Node", name, metadata={"labels": labels, "namespace": ""}, status={"addresses": [{"type": "InternalIP", "address": ip}]})


class Answering:
    """A provider that answers every request with a page, and reports the requests."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def outside(self, argv: list[str], *, near: str, timeout: float) -> Output:
        """The page."""
        times = argv.count(argv[-1])
        assert (near, timeout) == ("10.0.0.10", 8 if times == 1 else times * (3 + APART) + 5)  # the first node; a timeout
        self.asked.append(argv)
        return Output(0, PAGE * times, "")

    def execute(self, node: str, argv: list[str], *, timeout: float) -> Output:
        """The program and the node."""
        assert timeout > 0
        return Output(0, f"{argv[0]} of {node}", "")


@pytest.fixture
def lab(tmp_path: Path) -> Scenario:
    """A scenario with a control plane, two workers and a certificate."""
    store, anything = Store("lab"), Answering()
    certificate = base64.b64encode(b"PEM").decode()
    store.put("Node", "ADDED", {**node("control", "10.0.0.10", **{"node-role.kubernetes.io/control-plane": ""}), **TAINTED})
    for number in (2, 1):
        store.put("Node", "ADDED", node(f"worker{number}", f"10.0.0.1{number}"))
    for name, data in (("tls", {"tls.crt": certificate}), ("empty", {})):
        store.put("Secret", "ADDED", {**thing("Secret", name), "data": data})
    nobody: Any = anything
    return Scenario("T", tmp_path / "a.feature", "lab", nobody, nobody, nobody, store, store.mark(), LabManifests("lab"))


def test_each_host_is_another_worker_while_there_are_enough(lab: Scenario) -> None:
    """Then the first one is used again."""
    for number in (1, 2, 3):
        network_requests.name_worker(lab, f"node{number}")

    assert lab.network.hosts == {"node1": "10.0.0.11", "node2": "10.0.0.12", "node3": "10.0.0.11"}


def test_without_workers_no_host_can_be_named(tmp_path: Path) -> None:
    """The cluster may have only one node."""
    nobody: Any = None
    store = Store("lab")
    store.put("Node", "ADDED", {**node("control", "10.0.0.10", **{"node-role.kubernetes.io/control-plane": ""}), **TAINTED})
    lab = Scenario("T", tmp_path / "a.feature", "lab", nobody, nobody, nobody, store, store.mark(), LabManifests("lab"))

    with pytest.raises(NotHere, match="a worker node"):
        network_requests.name_worker(lab, "node1")


def test_a_host_has_the_address_of_its_node(lab: Scenario) -> None:
    """A name that no sentence gave has no address, and the remedy is named."""
    network_requests.name_worker(lab, "node1")

    assert network_requests.address_of(lab, "node1") == "10.0.0.11"
    with pytest.raises(LabFailure, match='Given host "node9" is a worker node'):
        network_requests.address_of(lab, "node9")


def test_the_request_that_was_made_is_spoken_of_after_it(lab: Scenario) -> None:
    """With the named hosts."""
    network_requests.name_worker(lab, "web.lab")

    network_requests.ask(lab, "from outside", "http://web.lab/")

    made = network_requests.asked(lab)
    assert made.words == "the answer of http://web.lab/ from outside"
    assert made.first == Found(Answer(200, [], "hello"))
    [argv] = lab.provider.asked  # type: ignore[attr-defined]
    assert "web.lab:80:10.0.0.11" in argv


def test_without_a_request_there_is_no_answer_to_speak_of(lab: Scenario) -> None:
    """The sentence says so."""
    with pytest.raises(LabFailure, match="No sentence before this one makes a request"):
        network_requests.asked(lab)


def test_a_series_of_requests_is_judged_by_all_of_its_answers(lab: Scenario) -> None:
    """Without such a sentence there is nothing to judge."""
    with pytest.raises(LabFailure, match="No sentence before this one keeps requesting"):
        network_requests.asked_since(lab)

    network_requests.keep_asking(lab, "from outside", "http://10.0.0.11/")
    asking, replies = network_requests.asked_since(lab)

    assert asking is network_requests.asked(lab)
    assert {reply.what.body for reply in replies if isinstance(reply, Found)} == {"hello"}
    assert [action.__name__ for action in lab.undo] == ["end"]


def test_places_are_told_by_their_words(lab: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where names are resolved, the name server is watched."""
    looked = list[tuple[Any, ...]]()
    monkeypatch.setattr(lab, "look_into", lambda *words: looked.append(words))

    places = [network_requests.place_of(lab, words) for words in ("from a node", "from outside", 'from Pod "client"')]

    assert [type(place) for place in places] == [FromANode, FromOutside, FromAPod]
    assert places[2].words == 'from Pod "client"'
    assert looked == [("kube-system", "Deployment", "Pod")]


def test_a_port_of_every_node(lab: Scenario) -> None:
    """The control plane's too."""
    found = network_requests.ports_of_nodes(lab, "from outside", 30123)

    assert sorted(one.target(lab.store.view()) for one in found) == [f"http://10.0.0.1{number}:30123/" for number in range(3)]


def test_nodes_are_named_as_sentences_speak_of_them(lab: Scenario) -> None:
    """The control plane's, and that of a Pod, which may have none yet."""
    lab.store.put("Pod", "ADDED", pod("web", node="worker1"))
    lab.store.put("Pod", "ADDED", pod("pending"))

    assert network_requests.control_plane(lab) == "control"
    assert network_requests.node_of(lab, "web") == "worker1"
    with pytest.raises(LabFailure, match='Pod "pending" has not been scheduled'):
        network_requests.node_of(lab, "pending")


def test_what_every_node_prints_is_one_output(lab: Scenario) -> None:
    """Each node's output after its name."""
    network_requests.read_on_every_node(lab, "cat /proc/uptime")

    assert lab.output == Output(0, "control:\ncat of control\nworker2:\ncat of worker2\nworker1:\ncat of worker1\n", "")


def test_every_node_is_a_place(lab: Scenario) -> None:
    """With a name for messages."""
    found = network_requests.every_node(lab)

    assert [place.words for place in found] == [f'on node "{node}"' for node in ("control", "worker2", "worker1")]
    said = found[1].run(lab.store.view(), ["ip", "route"], 5)
    assert isinstance(said, Output)
    assert said.out == "ip of worker2"


def test_without_nodes_nothing_is_read(tmp_path: Path) -> None:
    """An empty output would suggest that there is nothing, and that no rule is left."""
    nobody: Any = None
    store = Store("lab")
    lab = Scenario("T", tmp_path / "a.feature", "lab", nobody, nobody, nobody, store, store.mark(), LabManifests("lab"))

    with pytest.raises(LabFailure, match="There is no node"):
        network_requests.read_on_every_node(lab, "cat /proc/uptime")
    with pytest.raises(LabFailure, match="There is no node"):
        network_requests.every_node(lab)


def test_the_certificate_of_a_secret_is_read(lab: Scenario) -> None:
    """A Secret without one is reported."""
    assert network_requests.certificate_of(lab, "tls") == "PEM"
    with pytest.raises(LabFailure, match=r'Secret "empty" holds no certificate \(tls.crt\)'):
        network_requests.certificate_of(lab, "empty")
