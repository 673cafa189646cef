"""The rights of a run: which are required, and how missing ones are reported; the page of the docs names each."""

from pathlib import Path

import pytest

from kubelab.abilities import Right, in_words, notes, require, rights
from kubelab.errors import SetupTrouble

from .account import Account

PAGE = Path(__file__).parents[3] / "docs" / "clusters.md"


def test_without_namespaces_there_is_no_run() -> None:
    """The missing right is named, with what to do."""
    require(Account().client)

    with pytest.raises(SetupTrouble, match=r"^This account may not create Namespaces: every lab has one of its own\.\nTake a context"):
        require(Account({"create Namespace"}).client)


def test_an_account_that_cannot_tidy_up_is_told_so() -> None:
    """Once for the whole run."""
    assert notes(Account().client) == []
    assert notes(Account({"get Namespace", "list Namespace", "patch Namespace"}).client) == [
        "this account may not get, list and patch Namespaces: what a killed run leaves there stays, and no namespace is kept to look at"
    ]


def test_rights_are_told_by_kind() -> None:
    """With the usual plurals."""
    some = [Right("list", "Node"), Right("patch", "CronJob/status"), Right("create", "IngressClass"), Right("watch", "Node")]

    assert in_words(some) == "patch the status of CronJobs, create IngressClasses, list and watch Nodes"


def test_the_page_names_every_right() -> None:
    """The page lists all rights in one place."""
    text = PAGE.read_text(encoding="utf-8")

    assert [right for right in rights.ALL if f"{right.verb} {rights.plural(right.kind)}" not in text] == []
