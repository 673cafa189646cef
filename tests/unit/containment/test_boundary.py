"""The boundary: applied if it is missing, tested by every run, and the message if it cannot be applied."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from kubelab import containment
from kubelab.client import Client, Refused
from kubelab.containment import boundary
from kubelab.errors import SetupTrouble

DENIED = "namespaces \"elsewhere\" is forbidden: ValidatingAdmissionPolicy 'kubelab-labs' with binding 'kubelab-labs' denied request: no"


@dataclass
class Cluster:
    """A client of a cluster, and of its test account: each attempt gets the next of the answers, "" for one that is allowed."""

    answers: list[str]
    digest: str = ""
    refused: Refused | None = None
    applied: list[str] = field(default_factory=list)
    marked: list[dict[str, Any]] = field(default_factory=list)

    def get(self, _kind: str, _name: str) -> dict[str, Any] | None:
        """The accounts' namespace."""
        return {"metadata": {"annotations": {boundary.DIGEST: self.digest}}} if self.digest else None

    def apply(self, document: dict[str, Any]) -> None:
        """Apply a document."""
        if self.refused:
            raise self.refused
        self.applied.append(document["kind"])

    def patch(self, _kind: str, _name: str, change: dict[str, Any]) -> None:
        """Mark the namespace."""
        self.marked.append(change["metadata"]["annotations"])

    def token(self, account: str, namespace: str, _seconds: int) -> str:
        """Its name."""
        return f"{namespace}/{account}"

    def bearing(self, token: str) -> "Cluster":
        """The client of the test account."""
        assert token == "kubelab-labs/probe"  # noqa: S105  (a name)
        return self

    def rehearse(self, document: dict[str, Any], _namespace: str) -> None:
        """Attempt what no lab may do."""
        assert document["metadata"]["name"] == "elsewhere"
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer:
            raise Refused(403, "Forbidden", answer)


def test_it_is_applied_and_marked_last_and_awaited() -> None:
    """The first attempts are allowed, or refused by RBAC alone: the API server has not read the policy yet."""
    cluster = Cluster(["", "cannot create resource", DENIED])

    assert containment.draw(cast("Client", cluster)) == ""

    assert cluster.applied[:2] == ["ClusterRole", "ClusterRole"]
    assert {"ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ClusterRoleBinding", "Namespace"} < set(cluster.applied)
    assert cluster.marked == [{boundary.DIGEST: boundary.digest()}]
    assert cluster.answers == [DENIED]


def test_where_it_is_already_it_is_only_tried() -> None:
    """Two requests and a token."""
    cluster = Cluster([DENIED], digest=boundary.digest())

    assert containment.draw(cast("Client", cluster)) == ""
    assert cluster.applied == []


def test_a_run_that_may_not_make_it_is_told_why() -> None:
    """Nothing was created: the first document needs the most rights."""
    cluster = Cluster([DENIED], refused=Refused(403, "Forbidden", "no ClusterRoles for you", "apply ClusterRole"))

    assert "no ClusterRoles for you" in containment.draw(cast("Client", cluster))


def test_another_refusal_is_not_taken_for_a_missing_right() -> None:
    """Such as a mistake in the file."""
    with pytest.raises(Refused, match="unknown field"):
        containment.draw(cast("Client", Cluster([DENIED], refused=Refused(400, "BadRequest", "unknown field"))))


@pytest.mark.parametrize(("answer", "said"), [("", "it let a lab make one elsewhere"), ("cannot create", "cannot create")])
def test_a_policy_that_does_not_come_into_force_is_trouble(answer: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No lab runs without it."""
    monkeypatch.setattr(boundary, "LIMIT", 0.0)

    with pytest.raises(SetupTrouble, match=said):
        containment.draw(cast("Client", Cluster([answer])))
