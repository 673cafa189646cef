"""The cluster of a check is found, or made if there is none, before the first run begins; its schemas are requested once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kubelab.client import Client
from kubelab.clusters.provider import OURS, Cluster
from kubelab.clusters.settings import Settings
from kubelab.errors import SetupTrouble
from kubelab.exercises import Exercise
from kubelab.practice.check_cluster import CheckCluster
from kubelab.practice.judging import Task

from .fake_runs import Runs

CLUSTER = Cluster("fake", "kind", Path("/nowhere/kubeconfig"), "fake", "v1.36.3", "a test", "own", Path("/bin/false"), OURS)


class Way:
    """A provider whose cluster runs already, or does not."""

    def __init__(self, *, runs: bool) -> None:
        self.runs, self.asked = runs, list[str]()

    def find(self) -> Cluster | None:
        """The cluster, if it runs."""
        self.asked.append("find")
        return CLUSTER if self.runs else None

    def up(self, _progress: object) -> Cluster:
        """The cluster is made."""
        self.asked.append("up")
        return CLUSTER


@pytest.mark.parametrize(
    ("runs", "context", "asked"), [(True, None, ["find"]), (False, None, ["find", "up"]), (True, "school", ["up"])], ids=str
)
def test_the_cluster_is_there_before_a_run(
    exercise: Exercise, work: Path, monkeypatch: pytest.MonkeyPatch, *, runs: bool, context: str | None, asked: list[str]
) -> None:
    """It is requested once, however many runs there are; a context's provider only finds it."""
    way, started = Way(runs=runs), Runs()
    monkeypatch.setattr("kubelab.clusters.provider", lambda _settings: way)
    ground = CheckCluster(Settings(context=context), started.start)

    for _ in range(2):
        ground.start(Task(exercise, work, work / "log", {}), lambda _run, _line: None)

    assert way.asked == asked
    assert len(started.all) == 2


def test_a_schema_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each kind and version, also if there is none."""
    asked = list[str]()

    def schema(_client: Client, body: Mapping[str, Any]) -> None:
        asked.append(body["kind"])

    ground = CheckCluster(Settings())
    ground.__dict__["client"] = object.__new__(Client)
    monkeypatch.setattr(Client, "schema", schema)

    for kind in ("Pod", "Service", "Pod"):
        assert ground.schema({"apiVersion": "v1", "kind": kind}) is None
    assert asked == ["Pod", "Service"]


@pytest.mark.parametrize(("runs", "context", "asked"), [(True, None, ["find"]), (True, "school", ["up"])], ids=str)
def test_where_everything_runs_already_no_cluster_is_made(
    exercise: Exercise, work: Path, monkeypatch: pytest.MonkeyPatch, *, runs: bool, context: str | None, asked: list[str]
) -> None:
    """It must exist, otherwise there is nothing to judge."""
    way, started = Way(runs=runs), Runs()
    monkeypatch.setattr("kubelab.clusters.provider", lambda _settings: way)
    task = Task(exercise, work, work / "log", {}, "web")

    CheckCluster(Settings(context=context), started.start, only_there=True).start(task, lambda _run, _line: None)

    assert way.asked == asked
    way.runs = False
    with pytest.raises(SetupTrouble, match='Cluster "kubelab" is not running, so that nothing runs there'):
        CheckCluster(Settings(), started.start, only_there=True).start(task, lambda _run, _line: None)
    assert "up" not in way.asked[len(asked) :]
