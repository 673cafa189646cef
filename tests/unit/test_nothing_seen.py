"""Every sentence that expects something, if there is nothing to see, if states are lost, and if nothing can be asked.

The sentences come from the catalogue of steps, so that a new one is tested automatically.
"""

import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kubelab import network_requests
from kubelab.clusters.process import TIMED_OUT
from kubelab.clusters.provider import OURS, Cluster
from kubelab.conditions.services import SERVICE_NAME
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.output import Output
from kubelab.scenario import Scenario
from kubelab.vocabulary import Definition, catalogue
from tests.unit.objects import pod, thing
from tests.unit.scripted import Clock, ScriptedStore

EXPECTING = [one for one in catalogue() if one.type in {None, "then"} and not one.pattern.startswith("I ")]
"""Every sentence about a state: those that begin with "I" say what a person does."""
DENYING = re.compile(r"\b(no|not|never|throughout|at most|keeps|stays|gone|waits|only|still)\b")
"""Words of a sentence that is true if nothing happened."""
OF_NOW = {
    "{kind:Kind} {name:Name} has no label {key:LabelKey}",
    "{kind:Kind} {name:Name} is gone",
    "{kind:Kind} {name:Name} is still the same {again:Kind}",
    "no {kind:Kind} is left",
    "no {kind:Kind} of namespace {namespace:Name} is left",
    "{kind:Kind} {name:Name} has no pod on the control plane",
    "{kind:Kind} {name:Name} has no pod on any other node",
    "{kind:Kind} {name:Name} has no pod on the {role:Word} node",
    "Pod {name:Name} has no owner",
    "Service {name:Name} has no endpoints",
    "the output does not show {text:Text}",
    "the output counts no CPU for Pod {name:Name}",
}
"""Sentences that deny something about this moment, so that what came before does not matter."""
NODE = thing("Node", "one", metadata={"namespace": ""}, status={"addresses": [{"type": "InternalIP", "address": "10.0.0.1"}]})
PLANE = thing("Node", "plane", metadata={"namespace": "", "labels": {"node-role.kubernetes.io/control-plane": ""}})
TAINT = {"spec": {"taints": [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]}}


@dataclass
class Nobody:
    """A client and a provider in one that cannot reach anything, and record the attempts."""

    asked: list[str] = field(default_factory=list)

    def execute(self, where: str, *words: Any, timeout: float) -> Output:
        """In a Pod, with the namespace: refused. On a node: a timeout."""
        self.asked.append(where)
        if len(words) > 1:
            raise LabFailure("container not found")
        return Output(TIMED_OUT, "", f"ended after {timeout:.0f} s")

    def outside(self, *_words: Any, **_how: Any) -> Output:
        """A timeout."""
        self.asked.append("outside")
        return Output(TIMED_OUT, "", "ended")

    def logs(self, pod: str, _namespace: str) -> str:
        """Refused, with the text that a sentence may look for."""
        self.asked.append(pod)
        raise LabFailure('cannot read "any text", nor 10.1.0.1')

    def misplaced(self, *_words: Any) -> list[Any]:
        """No field is known to be misplaced."""
        return []


def world(store: ScriptedStore) -> Sequence[dict[str, Any]]:
    """A Deployment "web" with three ready pods behind a Service, and the objects in other sentences' examples."""
    seen = {"observedGeneration": 1, "replicas": 3, "readyReplicas": 3, "updatedReplicas": 3, "availableReplicas": 3}
    deployment = thing("Deployment", "web", spec={"replicas": 3}, status=seen)
    replicas = thing("ReplicaSet", "web-1", owner=deployment, spec={"replicas": 3}, status=seen)
    pods = [
        pod(name, ready=True, node="one", owner=replicas, metadata={"labels": {"app": "web"}}, status={"podIP": "10.1.0.1"})
        for name in ("web-a", "web-b", "web-c")
    ]
    points = [{"addresses": ["10.1.0.1"]}]
    slices = thing("EndpointSlice", "web-1", metadata={"labels": {SERVICE_NAME: "web"}}, endpoints=points)
    service = thing(
        "Service", "web", spec={"clusterIP": "10.96.0.7", "selector": {"app": "web"}, "ports": [{"port": 80, "nodePort": 30123}]}
    )
    others = [thing(kind, "web") for kind in ("Job", "CronJob", "DaemonSet", "StatefulSet", "Ingress")]
    client = pod("client", ready=True, node="one", status={"podIP": "10.1.0.2"})
    objects = [NODE, PLANE | TAINT, deployment, replicas, *pods, service, slices, *others, client, pod("web", ready=True, node="one")]
    for one in objects:
        store.put(str(one["kind"]), "ADDED", one)
    return pods


def scenario(tmp_path: Path, store: ScriptedStore, nobody: Nobody) -> Scenario:
    """A scenario with a clock of its own, in a cluster in which nothing can be reached."""
    anybody: Any = nobody
    cluster = Cluster("c", "kind", tmp_path, "c", "v1", "", images="public", kubectl=tmp_path, can=OURS)
    lab = Scenario(
        "T", tmp_path / "a.feature", "lab", cluster, anybody, anybody, store, store.mark(), LabManifests("lab"), clock=store.clock
    )
    lab.look_into = lambda *_words: None  # type: ignore[method-assign]
    return lab


@pytest.fixture
def nobody() -> Nobody:
    """The record of attempts."""
    return Nobody()


@pytest.fixture
def empty(tmp_path: Path, nobody: Nobody) -> Scenario:
    """A scenario that has seen nothing."""
    return scenario(tmp_path, ScriptedStore(Clock()), nobody)


@pytest.fixture
def full(tmp_path: Path, nobody: Nobody) -> Scenario:
    """A scenario with one of everything, after a When that did nothing."""
    store = ScriptedStore(Clock())
    pods = world(store)
    lab = scenario(tmp_path, store, nobody)
    lab.output = Output(0, "NAME\nother\n", "")
    lab.remember("the deleted pod", pods[0])
    lab.remember("the labelled node", NODE)
    lab.remember("the stopped node", NODE)
    lab.remember("the first node", NODE)
    lab.network.hosts["web"] = "10.0.0.1"
    lab.mark()
    lab.network.last = network_requests.question(lab, "from a node", "http://web/")
    return lab


def say(definition: Definition, lab: Scenario) -> None:
    """Call the step function with the words of its example."""
    wanted = inspect.signature(definition.function).parameters
    texts = {"docstring": "metadata: {labels: {none: such}}", "datatable": [["NAME"], ["web"]]}
    words = definition.words(definition.example) | {name: text for name, text in texts.items() if name in wanted}
    definition.function(lab, **words)


def holds(definition: Definition, lab: Scenario) -> bool:
    """Whether the sentence is met."""
    try:
        say(definition, lab)
    except (LabFailure, SetupTrouble):
        return False
    return True


@pytest.mark.parametrize("definition", EXPECTING, ids=lambda one: one.pattern)
def test_no_sentence_is_met_where_nothing_was_seen(definition: Definition, empty: Scenario) -> None:
    """Whether it asserts or denies something."""
    assert not holds(definition, empty)


@pytest.mark.parametrize("definition", EXPECTING, ids=lambda one: one.pattern)
def test_no_sentence_is_met_if_nothing_could_be_asked(definition: Definition, full: Scenario, nobody: Nobody) -> None:
    """A sentence that had to ask something that could not be reached is not met."""
    assert not (holds(definition, full) and nobody.asked)


@pytest.mark.parametrize("definition", [one for one in EXPECTING if DENYING.search(one.pattern)], ids=lambda one: one.pattern)
def test_no_sentence_about_what_did_not_happen_is_met_over_a_gap(definition: Definition, full: Scenario) -> None:
    """It may have been lost in the gap."""
    for kind in ("Pod", "Deployment", "ReplicaSet", "Service"):
        full.store.interrupted(kind, "connection lost")
        full.store.resumed(kind, lost=True)

    assert definition.pattern in OF_NOW or not holds(definition, full)


def test_some_of_them_are_met_without_a_gap(full: Scenario) -> None:
    """Otherwise the test before this one would prove nothing."""
    met = [one.pattern for one in EXPECTING if DENYING.search(one.pattern) and one.pattern not in OF_NOW and holds(one, full)]

    assert len(met) >= 5, met


def test_those_of_this_moment_are_sentences() -> None:
    """The list contains no sentence that has been renamed."""
    assert {one.pattern for one in EXPECTING} >= OF_NOW
