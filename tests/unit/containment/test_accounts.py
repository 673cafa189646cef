"""A scenario's account: created, given rights in the scenario's namespaces, and deleted; every request to the cluster is recorded."""

from dataclasses import dataclass, field
from math import inf
from typing import Any, cast

import pytest

from kubelab import containment
from kubelab.client import Client, Refused
from kubelab.errors import LabFailure, SetupTrouble

HOME = {"kind": "Namespace", "metadata": {"name": "lab-web-1", "labels": {"kubelab/run": "r"}, "annotations": {"kubelab/host": "here"}}}


@dataclass
class Bearer:
    """The rights of an account: none for the first few requests, as long as the API server does not know the binding."""

    token: str
    refusals: float = 2
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def may(self, *right: str) -> bool:
        """Whether the binding is known."""
        self.asked.append(right)
        return len(self.asked) > self.refusals


@dataclass
class Cluster:
    """A client that records what it creates and deletes; tokens are the names of their accounts."""

    made: list[dict[str, Any]] = field(default_factory=list)
    ended: list[tuple[str, ...]] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)
    refusal: Refused | None = None
    refusals: float = 2

    def create(self, document: dict[str, Any]) -> dict[str, Any]:
        """Make an object."""
        self.made.append(document)
        return document

    apply = create

    def token(self, account: str, namespace: str, seconds: int) -> str:
        """For which account, and for how long."""
        return f"{namespace}/{account} for {seconds} s"

    def bearing(self, token: str) -> Bearer:
        """The client with a token."""
        return Bearer(token, self.refusals)

    def list(self, _kind: str, namespace: str, labels: str) -> Any:
        """The accounts of scenarios."""
        if self.refusal:
            raise self.refusal
        return [one for one in self.accounts if labels in one["metadata"]["labels"] and one["metadata"]["namespace"] == namespace]

    def delete(self, *words: str) -> None:
        """Delete an account."""
        self.ended.append(words)
        if words[1] == "gone":
            raise LabFailure("there is none")


def account(name: str, run: str, namespace: str = containment.HOME) -> dict[str, Any]:
    """The account of a scenario in a run."""
    return {"metadata": {"name": name, "namespace": namespace, "labels": {"kubelab/run": run}}}


def test_it_is_named_and_marked_like_the_namespace_and_lives_elsewhere() -> None:
    """So that no lab can use or delete it, and every run knows which run it belongs to."""
    cluster = Cluster()

    given = containment.given(cast("Client", cluster), HOME)

    service_account, binding = cluster.made
    marks = {"labels": {"kubelab/run": "r"}, "annotations": {"kubelab/host": "here"}}
    assert service_account["metadata"] == {"name": "lab-web-1", "namespace": "kubelab-labs", **marks}
    assert binding["metadata"]["namespace"] == "lab-web-1"
    assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "lab-web-1", "namespace": "kubelab-labs"}]
    bearer = cast("Bearer", given.client)
    assert bearer.token == "kubelab-labs/lab-web-1 for 3600 s"  # noqa: S105  (a text of the double above)
    assert bearer.asked == [("patch", "Pod", "lab-web-1")] * 3
    assert "3600" not in repr(given)


def test_that_of_a_submission_lives_elsewhere_with_the_rights_of_its_role() -> None:
    """Outside its namespace it has fewer rights than those of labs."""
    cluster = Cluster()

    given = containment.given(cast("Client", cluster), HOME, "the-role")

    service_account, binding = cluster.made
    assert service_account["metadata"]["namespace"] == "kubelab-submissions"
    assert binding["metadata"] == {"name": "the-role", "namespace": "lab-web-1"}
    assert binding["roleRef"] == {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "the-role"}
    assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "lab-web-1", "namespace": "kubelab-submissions"}]
    assert cast("Bearer", given.client).token == "kubelab-submissions/lab-web-1 for 3600 s"  # noqa: S105


def test_it_is_not_used_before_its_rights_count_in_a_further_namespace_too() -> None:
    """The API server learns of a new binding only after some time."""
    cluster, bearer = Cluster(), Bearer("t")

    containment.admit(cast("Client", cluster), containment.Account("lab-web-1", cast("Client", bearer), "t", {}), "team")

    assert cluster.made[0]["metadata"]["namespace"] == "team"
    assert bearer.asked == [("patch", "Pod", "team")] * 3


def test_rights_that_never_count_are_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can know what the lab would have done."""
    monkeypatch.setattr("kubelab.containment.accounts.LIMIT", 0.1)

    with pytest.raises(SetupTrouble, match=r'did not let the account "lab-web-1" work in the namespace "lab-web-1" within 0.1 s'):
        containment.given(cast("Client", Cluster(refusals=inf)), HOME)


def test_only_accounts_of_ended_scenarios_are_ended() -> None:
    """Those of submissions, too; an account that is already gone is fine."""
    submitted = [account("c", "dead", "kubelab-submissions"), account("d", "lives", "kubelab-submissions")]
    cluster = Cluster(accounts=[account("a", "dead"), account("gone", "dead"), account("b", "lives"), *submitted])

    containment.remove_ended(cast("Client", cluster), lambda one: one["metadata"]["labels"]["kubelab/run"] == "dead")

    ended = [("a", "kubelab-labs"), ("gone", "kubelab-labs"), ("c", "kubelab-submissions")]
    assert cluster.ended == [("ServiceAccount", *one) for one in ended]


def test_without_the_right_to_list_accounts_none_is_deleted() -> None:
    """On somebody else's cluster."""
    cluster = Cluster(refusal=Refused(403, "Forbidden", "no"))

    containment.remove_ended(cast("Client", cluster), lambda _: pytest.fail("nothing is listed"))

    assert cluster.ended == []
