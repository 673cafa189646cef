"""A namespace where everything runs already (--lab-namespace): whether it can be judged, which scenarios are, and in which world."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from kubelab.errors import SetupTrouble
from kubelab.plugin import preconditions, scenario_resources, worlds
from kubelab.plugin.handshake import OWN_NAMESPACE
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.options import value

if TYPE_CHECKING:
    from kubelab.client import Client
    from kubelab.client.objects import Object
    from kubelab.clusters.provider import Cluster
    from kubelab.plugin.pytest_bdd_scenarios import Subject
    from kubelab.plugin.run import Run
    from kubelab.scenario import Scenario

NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
"""What may be the name of a namespace."""
CLUSTERS_OWN = frozenset({"default", "kube-root-ca.crt"})
"""The ServiceAccount and the ConfigMap that Kubernetes puts into every namespace."""


def require(client: "Client", cluster: "Cluster", name: str) -> None:
    """SetupTrouble that says why a namespace cannot be judged: it is not there, is being deleted or a run's own, or nothing is in it."""
    home = _seen(client, name) if NAME.fullmatch(name) else None
    if home is None:
        missing = f'There is no namespace "{name}" in the cluster "{cluster.name}" (context {cluster.context}).'
        raise SetupTrouble(f"{missing}\nSee which there are: kubectl get namespaces")
    if reason := _passing(home):
        raise SetupTrouble(f'The namespace "{name}" {reason}')
    if not any(one["metadata"]["name"] not in CLUSTERS_OWN for one in client.contents(name)):
        empty = f'The namespace "{name}" has nothing in it that this account may see.'
        raise SetupTrouble(f"{empty}\nApply your files there first: kubectl apply -n {name} -f FILE")


@contextmanager
def entered(run: "Run", item: pytest.Item, subject: "Subject | None") -> Iterator["Scenario"]:
    """The world of a scenario there; skipped with the reason where it is not judged there."""
    _refuse(item)
    preconditions.of_cluster(run, subject)
    with (
        scenario_resources.watched(run, subject, value(run.config, "namespace"), is_fresh=False) as store,
        scenario_resources.undone(worlds.scenario(run, item, subject, None, store), None) as scenario,
    ):
        yield scenario


def _seen(client: "Client", name: str) -> "Object | None":
    """The namespace, None where there is none; of one that this account may not get, only that it may be there."""
    from kubelab.client import Refused  # noqa: PLC0415

    try:
        return client.get("Namespace", name)
    except Refused as refused:
        if refused.forbids:
            return {"metadata": {"name": name}}
        raise


def _passing(home: "Object") -> str:
    """Why what is in the namespace does not stay as it is."""
    from kubelab.plugin import namespaces, reaper  # noqa: PLC0415  (other runs need none of it here)

    if reaper.is_ending(home):
        return "is being deleted."
    if namespaces.RUN in (home["metadata"].get("labels") or {}) and not namespaces.is_kept(home):
        return "belongs to a run of kubelab, which deletes it at its end. To keep it: pytest --lab-keep failed"
    return ""


def _refuse(item: pytest.Item) -> None:
    """Skip what is no exercise that allows it, or has a sentence that changes something."""
    exercise = item.assessment.exercise if isinstance(item, ScenarioItem) and item.assessment else None
    if exercise is None or not isinstance(item, ScenarioItem):
        pytest.skip("only exercises are judged in a namespace where everything runs already (--lab-namespace)")
    told = f"{OWN_NAMESPACE}: kubelab check {exercise.name.rpartition('/')[2]}"
    if not exercise.is_live:
        pytest.skip(f"{told}\n  The exercise is not tagged @live.")
    for step, definition in item.bound:
        if not definition.is_live(step.text, exercise.files):
            pytest.skip(f"{item.feature.shown}:{step.line}  {step}\n  {told}\n  This sentence does more than read what is there.")
