"""What a scenario does as the cluster's operator: label and stop nodes until its end, and change a CronJob's last run."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from kubelab import node_changes
from kubelab.client.objects import at, name
from kubelab.scenario import Scenario


def label_a_worker(lab: Scenario, key: str, value: str) -> Mapping[str, Any]:
    """Label a worker node that does not have the label; the node."""
    return relabel(lab, node_changes.worker_without(lab.store.objects("Node"), key), key, value)


def label_workers(lab: Scenario, key: str, value: str, *, but: Mapping[str, Any] | None = None) -> None:
    """Label every worker node, or every other one."""
    for node in node_changes.workers(lab.store.objects("Node"), but):
        relabel(lab, node, key, value)


def relabel(lab: Scenario, node: Mapping[str, Any], key: str, value: str | None) -> Mapping[str, Any]:
    """Set a node's label, or remove it (None); the node as it is then."""
    return lab.seen_here(node_changes.relabel(lab.client, name(node), key, value, lab.namespace))


def stop_node_of(lab: Scenario, pod: str) -> Mapping[str, Any]:
    """Stop the node of a pod, as if it had lost its power, until it is started again; the node."""
    node = at(lab.seen("Pod", pod), "spec", "nodeName", default="")
    return node_changes.stop(lab.client, lab.provider, node, lab.namespace)


def start_node(lab: Scenario, node: Mapping[str, Any]) -> None:
    """Start a stopped node again; it takes some seconds until it is ready."""
    lab.provider.unpause(name(node))


def set_last_run(lab: Scenario, cron_job: str, seconds: float) -> Mapping[str, Any]:
    """Set `status.lastScheduleTime` of a CronJob to that many seconds before now."""
    moment = datetime.now(UTC) - timedelta(seconds=seconds)
    lab.require("patch", "CronJob", lab.namespace, "status")
    change = {"status": {"lastScheduleTime": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}}
    return lab.seen_here(lab.client.patch("CronJob", cron_job, change, lab.namespace, "status"))
