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


def apart(client: Client, record: ScenarioRecord) -> Mapping[str, float]:
    """By what the Pod's conditions and events tell, the seconds by which the record tells it later."""
    pod = client.get("Pod", "web", record.namespace)
    assert pod is not None
    seen, events = times(record), client.list("Event", record.namespace)
    moments = {one["reason"]: moment(one) for one in events if at(one, "involvedObject", "name") == "web"}
    cluster = {
        "created": at(pod, "metadata", "creationTimestamp"),
        "scheduled": condition(pod, "PodScheduled")["lastTransitionTime"],
        "ready": condition(pod, "Ready")["lastTransitionTime"],
    }
    told = {f"event {one.reason}": later(record, one.time, moments[one.reason]) for one in record.events if one.name == "web"}
    return {name: later(record, seen[name], told) for name, told in cluster.items()} | told


def test_a_record_agrees_with_the_pods_conditions_and_events(client: Client, tmp_path: Path) -> None:
    """Within a second, apart from the fraction that the cluster leaves out; the best of three counts, for the machine may be busy."""
    three = "\n".join(READY.replace("{title}", f"{{title}} {number}") for number in range(3))
    said = run(tmp_path, three, "A record to compare", "--lab-record", str(tmp_path / "records"), "--lab-keep", "all")
    records = list(record_files.in_folder(tmp_path / "records"))
    compared = [apart(client, record) for record in records]
    for record in records:
        client.delete("Namespace", record.namespace)

    assert [record.outcome for record in records] == ["passed"] * 3, said
    assert all({"created", "scheduled", "ready", "event Scheduled", "event Started"} <= one.keys() for one in compared)
    best = {name: min((one[name] for one in compared), key=abs) for name in compared[0]}
    assert {name: by for name, by in best.items() if not 0 <= by <= WITHIN + TRUNCATED} == {}
