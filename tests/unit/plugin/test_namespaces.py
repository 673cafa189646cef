"""Namespaces of scenarios: unique names, and labels that say which run they belong to."""

import re
from pathlib import Path
from typing import Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.plugin import namespaces


class Cluster:
    """A client whose watch delivers the given events, and whose objects are the given ones."""

    def __init__(self, events: list[dict[str, Any]], found: dict[str, Any] | None = None, broken: Exception | None = None) -> None:
        self.events, self.found, self.broken = events, found, broken

    def watch(self, *_: Any) -> Any:
        """The events, then the end of the connection."""
        yield from self.events
        if self.broken:
            raise self.broken

    def get(self, *_: Any) -> dict[str, Any] | None:
        """The object."""
        return self.found


def test_a_name_begins_with_the_feature_and_ends_at_random() -> None:
    """Short enough for every DNS name made of it, valid whatever the feature's name is, and never the same twice."""
    made = {namespaces.fresh_name(name) for name in ("daemon_set", "daemon_set", "다", "A" * 80, "-x-")}

    assert len(made) == 5
    for name in made:
        assert re.fullmatch(r"lab-[a-z0-9]([a-z0-9-]*[a-z0-9])?-[a-z0-9]{9}", name)
        assert len(name) <= 38


def test_it_is_labelled_with_run_and_scenario() -> None:
    """For the reaper, and for people."""
    body = namespaces.document("lab-x", "r1", "A pod's “web” runs, " * 5, Path("/state/lock"))

    labels = body["metadata"]["labels"]
    assert labels["app.kubernetes.io/managed-by"] == "kubelab"
    assert labels["kubelab/run"] == "r1"
    assert labels["kubelab/scenario"].startswith("A-pod-s-web-runs-A-pod-s")
    assert len(labels["kubelab/scenario"]) <= 63
    assert body["metadata"]["annotations"]["kubelab/lock"] == "/state/lock"


def test_the_account_is_awaited() -> None:
    """Before, a fresh namespace refuses pods."""
    namespaces.await_account(Cluster([{"type": "BOOKMARK"}, {"type": "ADDED"}]), "lab-x")  # type: ignore[arg-type]


def test_a_broken_connection_is_not_an_answer() -> None:
    """The account may exist all the same."""
    broken = Cluster([], {"kind": "ServiceAccount"}, ConnectionResetError("reset"))

    namespaces.await_account(broken, "lab-x")  # type: ignore[arg-type]


def test_an_account_that_does_not_come_is_trouble() -> None:
    """With the command that shows the cause."""
    with pytest.raises(SetupTrouble, match=r'"lab-x" got no ServiceAccount "default" within 20 s.*kubelab status'):
        namespaces.await_account(Cluster([]), "lab-x")  # type: ignore[arg-type]
