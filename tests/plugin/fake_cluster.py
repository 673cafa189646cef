"""A cluster that only notes what it is asked, behind the plugin's own hooks, and steps to try it with: each test's conftest.py."""

import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, then, when

from kubelab.abilities import Ability
from kubelab.client import Kind, Refused
from kubelab.client.kinds import BUILT_IN, built_in
from kubelab.clusters.provider import OURS, Capabilities, Cluster
from kubelab.containment.boundary import DIGEST, digest
from kubelab.errors import LabFailure, NotHere, SetupTrouble
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, parse, requires, watches

LOG = Path(__file__).parent / "fake.log"


def log(text: str) -> None:
    """Note what happened, for the test to read."""
    with LOG.open("a") as file:
        file.write(text + "\n")


class FakeProvider:
    """A cluster that comes up at once, or not at all where NO_CLUSTER is set; somebody else's where EXISTING is set.

    Its nodes are of our own image where OWN_NODES is set.
    """

    def up(self, progress: Any) -> Cluster:
        """The cluster."""
        progress.line("making the cluster")
        log("up")
        if "NO_CLUSTER" in os.environ:
            raise SetupTrouble("There is no engine. Install one: apt-get install podman")
        provider = "existing" if "EXISTING" in os.environ else "kind"
        return Cluster(
            "fake",
            provider,
            Path("/nowhere/kubeconfig"),
            "fake",
            "v1.36.3",
            "a test asked for it",
            "own" if "OWN_NODES" in os.environ else "public",
            Path("/bin/false"),
            Capabilities() if provider == "existing" else OURS,
        )

    def addresses(self) -> list[str]:
        """Nobody knows any."""
        raise NotHere("Which addresses are free is not known. Run it on a kind cluster: kubelab up")


class FakeClient:
    """Notes what it is asked, and which namespaces it was asked to keep; refuses namespaces where NO_NAMESPACES is set."""

    def __init__(self) -> None:
        self.labels: dict[str, dict[str, str]] = {}
        self.kept: list[Any] = []

    def create(self, document: dict[str, Any], _namespace: str | None = None) -> dict[str, Any]:
        """Nothing is created."""
        log(f"create {document['kind']} {document['metadata']['name']}")
        self.labels[document["metadata"]["name"]] = document["metadata"].get("labels", {})
        if "NO_NAMESPACES" in os.environ:
            raise LabFailure("The API server refused to create a namespace")
        return document

    def apply(self, document: dict[str, Any], _namespace: str | None = None) -> dict[str, Any]:
        """Nothing is applied; refused where NO_ACCOUNTS is set."""
        if "NO_ACCOUNTS" in os.environ:
            raise Refused(403, "Forbidden", "it may not", f"apply {document['kind']}")
        return document

    def token(self, account: str, _namespace: str, _seconds: int) -> str:
        """Its own name."""
        return account

    def bearing(self, token: str) -> "FakeClient | FakeLabClient":
        """The same, but that no lab may make a namespace."""
        return FakeLabClient() if token == "probe" else self  # noqa: S105  (a name)

    def may(self, verb: str, kind: str, namespace: str = "", _part: str = "") -> bool:
        """Whatever is not among the words of DENIED, as in "list Node, watch Job everywhere"."""
        if "UNKNOWN_ACCOUNT" in os.environ:
            raise Refused(401, "Unauthorized", "Unauthorized", "tell what this account may do")
        denied = os.environ.get("DENIED", "").split(", ")
        return f"{verb} {kind}" not in denied and (bool(namespace) or f"{verb} {kind} everywhere" not in denied)

    def kind(self, name: str) -> Kind:
        """Kubernetes' own."""
        return BUILT_IN[name]

    def resolve(self, word: str) -> Sequence[Kind]:
        """Kubernetes' own."""
        return built_in(word)

    def rehearse(self, document: dict[str, Any], _namespace: str) -> dict[str, Any]:
        """Pods are let in unless RESTRICTED is set, with limits and without tokens; claims get a class unless NO_CLASS is set."""
        if document["kind"] == "Pod" and "RESTRICTED" in os.environ:
            raise Refused(403, "Forbidden", 'pods "kubelab" is forbidden: violates PodSecurity "restricted:latest": and so on')
        if "automountServiceAccountToken" in document["spec"]:
            raise Refused(403, "Forbidden", "ValidatingAdmissionPolicy 'kubelab-submissions' with binding 'x' denied request: no")
        spec = document["spec"] if "NO_CLASS" in os.environ else {**document["spec"], "storageClassName": "standard"}
        limited = [{**one, "resources": {"limits": {"cpu": "1"}}} for one in spec.get("containers", ())]
        return {**document, "spec": {**spec, "containers": limited}}

    def delete(self, kind: str, name: str, _namespace: str | None = None, _grace: int | None = None) -> None:
        """Nothing is deleted."""
        log(f"delete {kind} {name}")

    def patch(self, kind: str, name: str, change: dict[str, Any], _namespace: str | None = None) -> None:
        """Nothing is changed."""
        log(f"patch {kind} {name} {change}")
        labels = self.labels.get(name, {}) | change["metadata"].get("labels", {})
        self.kept += [{"metadata": {"name": name, "labels": labels}}] if "kubelab/kept" in labels else []

    def get(self, kind: str, name: str, _namespace: str | None = None) -> dict[str, Any]:
        """It is there, and says that the boundary of labs is drawn unless NO_ACCOUNTS is set."""
        notes = {} if "NO_ACCOUNTS" in os.environ else {DIGEST: digest()}
        return {"kind": kind, "metadata": {"name": name, "annotations": notes}}

    def list(self, kind: str, _namespace: str | None = None, labels: str = "") -> Sequence[Any]:
        """There is nothing but the namespaces that are kept, and as many worker nodes as NODES says."""
        if kind == "Node":
            return [{"kind": "Node", "metadata": {"name": f"n{number}"}} for number in range(int(os.environ.get("NODES", "0")))]
        return self.kept if kind == "Namespace" and "!=" not in labels else []

    def listing(self, _kind: str, _namespace: str | None = None, _query: Any = ()) -> tuple[Sequence[Any], str]:
        """There is nothing."""
        return [], "1"

    def watch(self, _kind: str, _namespace: str | None = None, _query: Any = (), _silence: float = 0) -> Sequence[Any]:
        """One thing came to be."""
        return [{"type": "ADDED", "object": {}}]


class FakeLabClient(FakeClient):
    """What the account sees that tries whether labs are kept in their place."""

    def rehearse(self, _document: dict[str, Any], _namespace: str) -> dict[str, Any]:
        """It is refused."""
        raise Refused(403, "Forbidden", "ValidatingAdmissionPolicy 'kubelab-labs' with binding 'kubelab-labs' denied request: no")


class FakeObserver:
    """Notes what it is to watch."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self.kinds = kinds

    def start(self) -> None:
        """Watch nothing; the cluster knows no "Podd"."""
        if "Podd" in self.kinds:
            raise LabFailure('The cluster knows no kind "Podd". The nearest: Pod')
        log(f"watch {','.join(self.kinds)}")

    def stop(self) -> None:
        """Watch no more."""
        log("unwatch")


def pytest_kubelab_provider() -> FakeProvider:
    """The fake provider."""
    return FakeProvider()


def pytest_kubelab_client() -> FakeClient:
    """The fake client."""
    return FakeClient()


def pytest_kubelab_observer(kinds: Sequence[str]) -> FakeObserver:
    """The fake observer."""
    return FakeObserver(kinds)


@given(parse("a thing {name:Name}"))
@given("a thing")
def a_thing(lab: Scenario, name: str = "x") -> None:
    """There is a thing."""
    log(f"thing {name} in {lab.title}")


@given("a lasting change")
def a_lasting_change(lab: Scenario) -> None:
    """Something changes beyond the namespace."""
    lab.undo.append(lambda: log("undo first"))
    lab.undo.append(lambda: log("undo second"))


@given("a change that nobody can undo")
def a_stubborn_change(lab: Scenario) -> None:
    """Something changes, and stays."""
    lab.undo.append(stays)


def stays() -> None:
    """It cannot be undone."""
    raise SetupTrouble("The change stays. Make a new cluster: kubelab down")


@when("I do it")
def do_it() -> None:
    """Does it."""
    log("done")


@then("it is so")
def is_so() -> None:
    """It is so."""
    log("so")


@then(parse("{kind:Kind} {name:Name} is there"))
@by_hand("kubectl get {kind} {name}")
@watches("ConfigMap")
def is_there(kind: str, name: str) -> None:
    """It is there."""
    log(f"{kind} {name} is there")


@then(parse("nobody adopts {name:Name}"))
@watches("DaemonSet")
def is_adopted_by_nobody(name: str) -> None:
    """Nobody does."""
    log(f"nobody adopts {name}")


@given("it is broken")
@when("it breaks")
@then("it is not so")
def is_not_so() -> None:
    """It is not so."""
    about = {"kind": "Pod", "metadata": {"name": "web-1"}}
    raise LabFailure(expected="a thing", last_saw="no thing\nnone at all", hint="make one", about=[about])


@then("nothing is held back")
def is_held_back() -> None:
    """A Deployment is paused, and a Pod concerned as well."""
    about = [
        {"kind": kind, "metadata": {"name": "web", "uid": kind}, "spec": {"paused": kind == "Deployment"}} for kind in ("Pod", "Deployment")
    ]
    raise LabFailure(expected="a thing", last_saw="no thing", timeline="+0.0 s web created", about=about)


@then(parse("{file:File} says {text:Text}"))
def says(lab: Scenario, file: str, text: str) -> None:
    """A file of the lab has the text."""
    found = lab.manifests.text(file).strip()
    if text not in found:
        raise LabFailure(expected=f"{file} says {text}", last_saw=found)


@then(parsers.parse("plainly {this} is {that}"))
def plainly(this: str, that: str) -> None:
    """A plain assertion."""
    assert this == that


@when("the cluster goes away")
@then("the cluster is gone")
def goes_away() -> None:
    """The cluster goes away."""
    raise SetupTrouble("The API server does not answer. See how it is: kubelab status")


@when("a node is read")
@then("a node is read too")
def a_node_is_read() -> None:
    """Only some clusters let one look into nodes."""
    raise NotHere("The nodes are not ours. Run it on a kind cluster: kubelab up")


@given("two workers are needed")
@requires(Ability.WORKERS)
def needs_two_workers() -> None:
    """It needs them."""
    log("two workers")


@when("a node's program is run")
@requires(Ability.PROGRAMS)
def runs_on_a_node() -> None:
    """Only on nodes of ours."""
    log("a program")


@then(parsers.parse("the API server refuses with {message}"))
def is_refused(message: str) -> None:
    """As it would a Pod of the lab."""
    raise Refused(403, "Forbidden", message, "create Pod")


@when("the worker dies")
def dies() -> None:
    """The worker dies."""
    os.kill(os.getpid(), signal.SIGKILL)


@when("the run is asked to end")
def is_asked_to_end(pytestconfig: pytest.Config) -> None:
    """Somebody ends the run, and its workers with it, or only those. The environment may be that of a worker which runs this test."""
    os.kill(os.getppid() if hasattr(pytestconfig, "workerinput") else os.getpid(), signal.SIGTERM)
    threading.Event().wait(60)


@when(parsers.parse("{number} asks the run to end in vain"))
def is_asked_to_end_in_vain(number: str) -> None:
    """The exception that ends it comes at a moment at which Python drops it."""
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.Signals[number])
        threading.Event().wait(60)


@when("Python errs")
def errs() -> float:
    """A mistake in Python."""
    return 1 / 0


@then("it holds that it is so")
@then(parsers.parse("it holds that {what}"))
def holds(what: str = "so") -> None:
    """Understood twice."""
    log(what)
