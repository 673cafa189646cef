"""What a record says of a Pod, compared with what the cluster itself says: its conditions, and its events."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kubelab.client import Client
from kubelab.client.objects import Object, at, condition
from kubelab.clusters.settings import Settings
from kubelab.records import record_files
from kubelab.records.scenario_record import ScenarioRecord
from tests.cluster.runs import run

pytestmark = pytest.mark.cluster

READY = '  Scenario: {title}\n    Given I apply "web.yaml"\n    Then Pod "web" is ready\n'
WITHIN = 1.0
"""Seconds that a record may be later than the cluster."""
TRUNCATED = 1.0
"""Seconds by which the cluster's own times may be too early: it leaves out the fraction."""


@pytest.fixture(scope="module")
def client() -> Client:
    """The cluster's client."""
    return Client(Settings().kubeconfig, "kind-kubelab")


def later(record: ScenarioRecord, time: float, moment: str) -> float:
    """Seconds by which a time in the record is later than a moment that the cluster gives."""
    told = datetime.fromisoformat(record.began) + timedelta(seconds=time)
    return (told - datetime.fromisoformat(moment)).total_seconds()


def times(record: ScenarioRecord) -> Mapping[str, float]:
    """When the Pod was first seen in each state, and when each phrase of its timeline was recorded."""
    mine = [change for change in record.timeline if change.kind == "Pod"]
    states = {change.state: change.time for change in reversed(mine)}
    return states | {word.split(" ")[0]: change.time for change in mine for word in change.told}


def moment(event: Object) -> str:
    """When the cluster says that it happened."""
    return str(event.get("eventTime") or event.get("lastTimestamp"))


def test_a_record_agrees_with_the_pods_conditions_and_events(client: Client, tmp_path: Path) -> None:
    """Within a second, apart from the fraction that the cluster leaves out."""
    title = "A record to compare"
    said = run(tmp_path, READY, title, "--lab-record", str(tmp_path / "records"), "--lab-keep", "all")
    [record] = record_files.in_folder(tmp_path / "records")
    pod = client.get("Pod", "web", record.namespace)
    events = {one["reason"]: moment(one) for one in client.list("Event", record.namespace) if at(one, "involvedObject", "name") == "web"}
    client.delete("Namespace", record.namespace)

    assert record.outcome == "passed", said
    assert pod is not None
    seen = times(record)
    cluster = {
        "created": at(pod, "metadata", "creationTimestamp"),
        "scheduled": condition(pod, "PodScheduled")["lastTransitionTime"],
        "ready": condition(pod, "Ready")["lastTransitionTime"],
    }
    apart = {name: later(record, seen[name], told) for name, told in cluster.items()}
    apart |= {f"event {one.reason}": later(record, one.time, events[one.reason]) for one in record.events if one.name == "web"}
    assert {"event Scheduled", "event Started"} <= apart.keys()
    assert {name: by for name, by in apart.items() if not 0 <= by <= WITHIN + TRUNCATED} == {}
