"""What a scenario changes on nodes: recorded on the node first, so that this run, or the next one, can undo it."""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kubelab import durations
from kubelab.client.objects import Object, at, labels, name
from kubelab.client.refusals import if_permitted
from kubelab.client.short_watch import events
from kubelab.conditions.nodes import is_control_plane, is_worker, serves
from kubelab.errors import LabFailure, NotHere, SetupTrouble

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.clusters.provider import Provider

UNDO = "undo.kubelab/"
"""The prefix of the annotations with the state before; the rest of the name is the scenario's namespace."""
LEASES = "kube-node-lease"
"""The namespace of the leases that kubelets renew: https://kubernetes.io/docs/concepts/architecture/leases/#node-heart-beats."""
BACK = 90
"""Seconds within which a node that is started again must be ready."""


@dataclass(frozen=True)
class NodeRecord:
    """What a scenario has changed on a node: the labels before (None: not set), and whether it stopped the node."""

    labels: Mapping[str, str | None] = field(default_factory=dict)
    stopped: bool = False


@dataclass(frozen=True)
class Changed:
    """A node with changes of a scenario, known by its namespace, that are not undone yet."""

    node: Object
    scenario: str


def relabel(client: "Client", node: str, key: str, value: str | None, scenario: str) -> Object:
    """Set a label of a node, or remove it (None); the same request records its old value on the node."""
    found = client.get("Node", node)
    if found is None:
        raise LabFailure(f'There is no node "{node}".')
    had = recorded(found, scenario)
    record = replace(had, labels={key: labels(found).get(key), **had.labels})
    return client.patch("Node", node, _change(scenario, record, {key: value}))


def stop(client: "Client", provider: "Provider", node: str, scenario: str) -> Object:
    """Freeze a worker node as if it had lost its power, after recording that on it; SetupTrouble where it cannot be stopped."""
    found = client.get("Node", node)
    if found and is_control_plane(found) and is_worker(found):
        raise NotHere(f'This needs a worker node to stop; the Pods of this cluster are on its control plane, "{node}".')
    if found is None or is_control_plane(found):
        raise LabFailure(expected="a worker node to stop", last_saw=f'the control plane\'s "{node}"' if found else f'no node "{node}"')
    provider.reach(node)
    noted = client.patch("Node", node, _change(scenario, replace(recorded(found, scenario), stopped=True), {}))
    provider.pause(node)
    return noted


def restore(client: "Client", provider: "Provider", ended: Callable[[str], bool]) -> list[str]:
    """Undo what ended scenarios changed on any node, and wait for nodes that were stopped; the names of the restored nodes."""
    return undo(client, provider, [one for one in changed(client) if ended(one.scenario)])


def changed(client: "Client") -> list[Changed]:
    """What scenarios have changed on nodes: read this before reading which scenarios live, for one may begin in between."""
    found = if_permitted(lambda: client.list("Node"))
    return [Changed(node, scenario) for node in found for scenario in scenarios(node)]


def undo(client: "Client", provider: "Provider", changes: Iterable[Changed]) -> list[str]:
    """Undo these changes, and wait for nodes that were stopped; the names of the nodes."""
    done = list[str]()
    for one in changes:
        _undo(client, provider, one.node, one.scenario)
        done.append(name(one.node))
    return done


def scenarios(node: Object) -> list[str]:
    """The scenarios with changes on a node, by their namespaces."""
    notes = at(node, "metadata", "annotations", default={})
    return [key.removeprefix(UNDO) for key in notes if key.startswith(UNDO)]


def recorded(node: Object, scenario: str) -> NodeRecord:
    """The state before the changes of a scenario on a node."""
    return NodeRecord(**json.loads(at(node, "metadata", "annotations", UNDO + scenario, default="{}")))


def workers(nodes: list[Object], but: Object | None = None) -> list[Object]:
    """The worker nodes, without the given one; NotHere where there is none."""
    found = [node for node in nodes if is_worker(node) and (but is None or name(node) != name(but))]
    if not found:
        raise NotHere(f"This needs {'another' if but else 'a'} worker node; the cluster has {', '.join(map(name, nodes)) or 'no node'}.")
    return found


def worker_without(nodes: list[Object], key: str) -> Object:
    """A worker node without the label; NotHere where every worker has it, or a node got it from somebody else."""
    theirs = [node for node in nodes if key in labels(node) and not any(key in recorded(node, one).labels for one in scenarios(node))]
    if theirs:
        raise NotHere(f'Node "{name(theirs[0])}" has the label "{key}={labels(theirs[0])[key]}" from somebody else.')
    free = [node for node in nodes if is_worker(node) and key not in labels(node)]
    if not free:
        raise NotHere(f'This needs a worker node without the label "{key}"; every worker has it.')
    return min(free, key=name)


def _undo(client: "Client", provider: "Provider", node: Object, scenario: str) -> None:
    before = recorded(node, scenario)
    if before.stopped:
        renewed = _renewed(client.get("Lease", name(node), LEASES) or {})
        provider.unpause(name(node))
        _await(client, "Lease", LEASES, name(node), lambda lease: _renewed(lease) != renewed)
        _await(client, "Node", None, name(node), serves)
    client.patch("Node", name(node), _change(scenario, None, before.labels))


def _renewed(lease: Object) -> object:
    """When a kubelet renewed its node's lease. Until it does, the node may count as ready by what it reported before it was stopped."""
    return at(lease, "spec", "renewTime")


def _await(client: "Client", kind: str, namespace: str | None, node: str, holds: Callable[[Object], bool]) -> None:
    """Return once this holds for the node or its lease; the record on the node stays until then."""
    end, query = time.monotonic() + BACK, [("fieldSelector", f"metadata.name={node}")]
    while (seconds := int(end - time.monotonic())) > 0:
        found, version = client.listing(kind, namespace, query)
        if all(map(holds, found)):
            return
        told = events(client, kind, namespace, [*query, ("resourceVersion", version)], seconds)
        next((event for event in told if holds(event["object"])), None)
    raise SetupTrouble(
        f'Node "{node}", which a scenario had stopped, is not ready again after {durations.short(BACK)}.\nFix it: kubelab up'
    )


def _change(scenario: str, record: NodeRecord | None, changed: Mapping[str, str | None]) -> dict[str, Any]:
    note = None if record is None else json.dumps(asdict(record), sort_keys=True)
    return {"metadata": {"annotations": {UNDO + scenario: note}, "labels": dict(changed)}}
