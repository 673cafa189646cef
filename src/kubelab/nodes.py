"""What a scenario changes on nodes: written on the node before, so that this run, or the next one, can undo it."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kubelab.client.objects import Object, at, labels, name
from kubelab.conditions.nodes import is_worker
from kubelab.errors import LabFailure

if TYPE_CHECKING:
    from kubelab.client import Client

UNDO = "undo.kubelab/"
"""The prefix of the annotations that hold what was before; the rest is the namespace of the scenario."""


def relabel(client: "Client", node: str, key: str, value: str | None, scenario: str) -> Object:
    """Set a label of a node, or remove it (None); what it was is recorded on the node by the same request."""
    found = client.get("Node", node)
    if found is None:
        raise LabFailure(f'There is no node "{node}".')
    before = {key: labels(found).get(key), **recorded(found, scenario)}
    return client.patch("Node", node, _change(scenario, json.dumps(before, sort_keys=True), {key: value}))


def restore(client: "Client", ended: Callable[[str], bool]) -> list[str]:
    """Undo what ended scenarios changed on any node; the names of the nodes that were changed back."""
    return [name(node) for node in client.list("Node") for scenario in scenarios(node) if ended(scenario) and _undo(client, node, scenario)]


def scenarios(node: Object) -> list[str]:
    """The scenarios whose changes a node still has, by their namespaces."""
    notes = at(node, "metadata", "annotations", default={})
    return [key.removeprefix(UNDO) for key in notes if key.startswith(UNDO)]


def recorded(node: Object, scenario: str) -> Mapping[str, str | None]:
    """The labels a scenario has changed on a node, as they were before; None for those that were not there."""
    found: Mapping[str, str | None] = json.loads(at(node, "metadata", "annotations", UNDO + scenario, default="{}"))
    return found


def workers(nodes: list[Object], but: Object | None = None) -> list[Object]:
    """The worker nodes, without the one that is named; LabFailure where there is none."""
    found = [node for node in nodes if is_worker(node) and (but is None or name(node) != name(but))]
    if not found:
        raise LabFailure(expected=f"{'another' if but else 'a'} worker node", last_saw=f"{', '.join(map(name, nodes)) or 'no node'}")
    return found


def worker_without(nodes: list[Object], key: str) -> Object:
    """A worker node that has no such label; LabFailure where every worker has it."""
    free = [node for node in nodes if is_worker(node) and key not in labels(node)]
    if not free:
        raise LabFailure(expected=f'a worker node without the label "{key}"', last_saw="every worker has it")
    return min(free, key=name)


def _undo(client: "Client", node: Object, scenario: str) -> bool:
    client.patch("Node", name(node), _change(scenario, None, recorded(node, scenario)))
    return True


def _change(scenario: str, record: str | None, changed: Mapping[str, str | None]) -> dict[str, Any]:
    return {"metadata": {"annotations": {UNDO + scenario: record}, "labels": dict(changed)}}
