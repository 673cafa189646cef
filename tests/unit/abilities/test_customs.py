"""What a scenario may do in a fresh namespace, asked as rarely as possible."""

import pytest

from kubelab.abilities import Customs, customs

from .account import Account

PSA = 'pods "kubelab" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false'


def test_what_may_be_watched_everywhere_is_asked_once() -> None:
    """However many scenarios there are."""
    account = Account()
    found = Customs(account.client)

    assert [found.unseen(["Pod", "Node"], namespace) for namespace in ("a", "b")] == [{}, {}]
    assert account.asked == ["list Pod", "watch Pod", "list Node", "watch Node"]


def test_rights_in_the_own_namespace_will_do() -> None:
    """But not for objects outside namespaces."""
    found = Customs(Account({"list Pod", "list Node"}).client)

    assert found.unseen(["Pod", "Node"], "lab") == {"Node": "this account may not list and watch Nodes"}


def test_a_right_that_does_not_come_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster may grant the rights a moment after the namespace exists."""
    monkeypatch.setattr(customs, "GRANTED", 0.3)
    account = Account({"watch Job", "watch Job in lab"})

    assert Customs(account.client).unseen(["Job"], "lab") == {"Job": "this account may not list and watch Jobs"}
    assert account.asked.count("watch Job in lab") > 1


def test_where_pods_are_let_in_nothing_is_changed() -> None:
    """One question for the whole run."""
    account = Account()
    found = Customs(account.client)
    found.admit("a")
    found.admit("b")

    assert account.asked == ["rehearse Pod"]


def test_where_the_default_lets_no_pod_in_namespaces_ask_for_baseline() -> None:
    """Each namespace; the question is asked once."""
    account = Account(refusals={"Pod": PSA})
    found = Customs(account.client)
    found.admit("a")
    found.admit("b")

    change = {"labels": {"pod-security.kubernetes.io/enforce": "baseline"}}
    assert account.asked == ["rehearse Pod", f"patch Namespace a {change}", f"patch Namespace b {change}"]


def test_what_may_not_be_labelled_is_not_labelled_again() -> None:
    """The sentences that create Pods report the rest."""
    account = Account({"patch Namespace"}, refusals={"Pod": PSA})
    found = Customs(account.client)
    found.admit("a")
    found.admit("b")

    assert (account.asked, found.level) == (["rehearse Pod"], "")


def test_a_pod_that_is_refused_for_another_reason_says_nothing_of_the_level() -> None:
    """A quota, for example."""
    found = Customs(Account(refusals={"Pod": "exceeded quota"}).client)
    found.admit("a")

    assert found.level == ""


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (Account(), ""),
        (Account(storage=""), "needs a default StorageClass; this cluster has none"),
        (Account(storage="", refusals={"PersistentVolumeClaim": "exceeded quota"}), ""),
    ],
)
def test_a_default_class_is_seen_in_a_claim_that_is_only_rehearsed(account: Account, reason: str) -> None:
    """No right to list classes is needed; a refusal proves nothing."""
    found = Customs(account.client)

    assert (found.no_storage("a"), found.no_storage("b")) == (reason, reason)
    assert account.asked == ["rehearse PersistentVolumeClaim"]
