"""Whether the controllers act: by a ReplicaSet that a fake API server shows as looked at, or not."""

from typing import Any

import pytest

from kubelab.actors import attendance
from kubelab.client.objects import Object
from kubelab.containment.accounts import HOME, Account
from kubelab.errors import LabFailure, SetupTrouble


class Server:
    """An API server whose controllers look at a new object after so many looks of ours; `None` for an object that is gone by then."""

    def __init__(self, *statuses: dict[str, Any] | None) -> None:
        self.statuses = list(statuses)
        self.created: list[tuple[Object, str]] = []
        self.deleted: list[tuple[str, str]] = []

    def create(self, document: Object, namespace: str) -> Object:
        """Give it a name."""
        self.created.append((document, namespace))
        return {"metadata": {"name": f"{document['metadata']['generateName']}x"}}

    def get(self, _kind: str, name: str, _namespace: str) -> Object | None:
        """The next state; the last one stays."""
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return None if status is None else {"metadata": {"name": name}, "status": status}

    def delete(self, _kind: str, name: str, namespace: str, _grace: int) -> None:
        """Note it; it is gone already."""
        self.deleted.append((name, namespace))
        raise LabFailure("not found")


def require(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask with little patience."""
    monkeypatch.setattr(attendance, "LAG", 0.1)
    account = Account("lab", server, "token", {"kind": "ServiceAccount", "name": "lab", "uid": "1"})
    attendance.require_controllers(server, account, "no Pod was created")


def test_controllers_that_look_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """After some looks of ours; the object is in the accounts' namespace, has no Pods, and would go with the account."""
    server = Server({}, {"replicas": 0}, {"observedGeneration": 1})
    require(server, monkeypatch)

    (made, home), *others = server.created
    assert (home, others, made["spec"]["replicas"]) == (HOME, [], 0)
    assert made["metadata"]["ownerReferences"] == [{"kind": "ServiceAccount", "name": "lab", "uid": "1"}]
    assert server.deleted == [("attendance-x", HOME)]


@pytest.mark.parametrize("status", [{}, {"observedGeneration": 0}, None])
def test_controllers_that_do_not_look_make_it_an_error(monkeypatch: pytest.MonkeyPatch, status: dict[str, Any] | None) -> None:
    """What was asked and what shows it are told; an object that somebody took away was not looked at either."""
    server = Server(status)

    with pytest.raises(SetupTrouble, match="no Pod was created: the controllers did not look") as told:
        require(server, monkeypatch)

    assert "component=kube-controller-manager" in str(told.value)
    assert server.deleted == [("attendance-x", HOME)]
