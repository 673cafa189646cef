"""Whether controllers and kubelets act: by a ReplicaSet that a fake API server shows as observed or not, and by what kubelets answer."""

from typing import Any

import pytest

from kubelab.actors import attendance
from kubelab.client.objects import Object
from kubelab.client.refusals import Refused
from kubelab.containment.accounts import HOME, Account
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.node_changes import UNDO
from kubelab.observation import View


class Server:
    """An API server whose controllers observe a new object after a number of our requests; `None` for an object that is gone by then."""

    def __init__(self, *statuses: dict[str, Any] | None) -> None:
        self.statuses = list(statuses)
        self.created: list[tuple[Object, str]] = []
        self.deleted: list[tuple[str, str]] = []

    def create(self, document: Object, namespace: str) -> Object:
        """Give the object a name."""
        self.created.append((document, namespace))
        return {"metadata": {"name": f"{document['metadata']['generateName']}x"}}

    def get(self, _kind: str, name: str, _namespace: str) -> Object | None:
        """The next state; the last one is repeated."""
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return None if status is None else {"metadata": {"name": name}, "status": status}

    def delete(self, _kind: str, name: str, namespace: str, _grace: int) -> None:
        """Record it; the object is gone already."""
        self.deleted.append((name, namespace))
        raise LabFailure("not found")


def require(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check with little patience."""
    monkeypatch.setattr(attendance, "LAG", 0.1)
    account = Account("lab", server, "token", {"kind": "ServiceAccount", "name": "lab", "uid": "1"})
    attendance.require_controllers(server, account, "no Pod was created")


def test_controllers_that_look_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some requests; the object is in the accounts' namespace, has no Pods, and would be deleted with the account."""
    server = Server({}, {"replicas": 0}, {"observedGeneration": 1})
    require(server, monkeypatch)

    (made, home), *others = server.created
    assert (home, others, made["spec"]["replicas"]) == (HOME, [], 0)
    assert made["metadata"]["ownerReferences"] == [{"kind": "ServiceAccount", "name": "lab", "uid": "1"}]
    assert server.deleted == [("attendance-x", HOME)]


@pytest.mark.parametrize("status", [{}, {"observedGeneration": 0}, None])
def test_controllers_that_do_not_look_make_it_an_error(monkeypatch: pytest.MonkeyPatch, status: dict[str, Any] | None) -> None:
    """The text says what was checked and what shows it; an object that somebody deleted was not observed either."""
    server = Server(status)

    with pytest.raises(SetupTrouble, match="no Pod was created: the controllers did not look") as told:
        require(server, monkeypatch)

    assert "component=kube-controller-manager" in str(told.value)
    assert server.deleted == [("attendance-x", HOME)]


class Kubelets:
    """An API server that forwards a health check to the kubelets; each answer is a text or an error, and the last one is repeated."""

    def __init__(self, nodes: dict[str, Object], **answers: list[str | Exception]) -> None:
        self.nodes = nodes
        self.answers = answers

    def get(self, _kind: str, name: str) -> Object | None:
        """A node."""
        return self.nodes.get(name)

    def kubelet_health(self, node: str, _timeout: float) -> str:
        """The next answer."""
        said = self.answers[node]
        answer = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def pods(*nodes: str) -> View:
    """A Pod on each of these nodes; "" is a Pod without a node."""
    placed = [{"metadata": {"name": f"web-{at}"}, "spec": {"nodeName": node} if node else {}} for at, node in enumerate(nodes)]
    return View("home", {("Pod", "home", pod["metadata"]["name"]): pod for pod in placed})


def node(name: str, **annotations: str) -> Object:
    """A node with the records of scenarios."""
    return {"kind": "Node", "metadata": {"name": name, "annotations": annotations}}


def ask(server: Any, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check with little patience."""
    monkeypatch.setattr(attendance, "LAG", 0.1)
    monkeypatch.setattr(attendance, "LEISURE", 0.01)
    attendance.require_kubelets(server, view, "web stays available")


def test_a_kubelet_that_answers_after_a_while_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes without Pods, and nodes that the scenario stopped, are not checked; a node that may not be checked counts as healthy."""
    unreached = Refused(503, "ServiceUnavailable", "dial tcp: connection refused")
    nodes = {one: node(one) for one in ("near", "far", "forbidden")} | {"stopped": node("stopped", **{f"{UNDO}home": '{"stopped": true}'})}
    server = Kubelets(nodes, near=["ok"], far=[unreached, SetupTrouble("no answer"), "ok"], forbidden=[Refused(403, "Forbidden", "no")])

    ask(server, pods("near", "far", "far", "forbidden", "stopped", "gone", ""), monkeypatch)

    assert server.answers["far"] == ["ok"]


@pytest.mark.parametrize("answer", ["unhealthy", Refused(503, "", "connection refused"), SetupTrouble("no answer in time")])
def test_a_kubelet_that_does_not_answer_makes_it_an_error(monkeypatch: pytest.MonkeyPatch, answer: str | Exception) -> None:
    """It is named, with what shows it."""
    server = Kubelets({"near": node("near"), "far": node("far")}, near=["ok"], far=[answer])

    with pytest.raises(SetupTrouble, match="web stays available: the kubelet of node far did not answer") as told:
        ask(server, pods("near", "far"), monkeypatch)

    assert "kubectl describe node far" in str(told.value)
