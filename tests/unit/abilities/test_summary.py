"""What `kubelab status` says about somebody else's cluster."""

from typing import Any

from kubelab.abilities import summary
from kubelab.abilities.summary import DEFAULT

from .account import Account, node
from .test_cluster import PROVIDER, THEIRS, THREE

EVERYTHING = {"Node", "StorageClass", "IngressClass"}


def lines(account: Account) -> list[tuple[str, str]]:
    """The lines of the summary."""
    return list(summary(THEIRS, PROVIDER, account.client))


def test_a_cluster_that_shows_everything_is_told_in_a_few_lines() -> None:
    """With what will be skipped."""
    classes: list[dict[str, Any]] = [{"metadata": {"name": "fast"}}, {"metadata": {"name": "standard", "annotations": {DEFAULT: "true"}}}]
    account = Account(objects={"Node": THREE, "StorageClass": classes, "IngressClass": [{"metadata": {"name": "theirs"}}]})

    assert lines(account)[:4] == [
        ("nodes", "3, of which 2 take every Pod"),
        ("storage", 'default StorageClass "standard"'),
        ("ingress", "IngressClass theirs"),
        ("rights", "all that labs need"),
    ]
    assert [title for title, _ in lines(account)[4:]] == ["skipped", "skipped"]


def test_what_is_missing_is_reported_too() -> None:
    """A claim would wait for ever."""
    found = dict(lines(Account(objects={"Node": [node("one")]})))

    assert (found["storage"], found["ingress"]) == ("no default StorageClass: labs that claim a volume are skipped", "no IngressClass")


def test_what_may_not_be_seen_is_reported() -> None:
    """With the rights that are missing."""
    found = dict(lines(Account({f"list {kind}" for kind in EVERYTHING})))

    assert found["nodes"] == found["ingress"] == "not shown to this account"
    assert found["storage"] == "not shown to this account; labs that claim a volume find out"
    assert found["rights"] == "this account may not list Nodes"
