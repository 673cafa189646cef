"""A cluster that only records the calls made to it, behind the plugin's own hooks, and steps to use it: each test's conftest.py."""

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
from kubelab.records.scenario_record import Wait
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, live, parse, requires, watches
from kubelab.waiting import Condition, Noted, Observation, until

LOG = Path(__file__).parent / "fake.log"
TOLD = Path(__file__).parent / "told"
"""There once the controller has heard from a worker that something has failed."""


def log(text: str) -> None:
    """Record what happened, for the test to read."""
    with LOG.open("a") as file:
        file.write(text + "\n")


class FakeProvider:
    """A cluster that comes up at once, or not at all if NO_CLUSTER is set; somebody else's if EXISTING is set.

    Its nodes are of our own image if OWN_NODES is set.
    """

    def find(self) -> Cluster | None:
        """The cluster, without making it; None if NO_CLUSTER is set."""
        return None if "NO_CLUSTER" in os.environ else self._cluster()

    def up(self, progress: Any) -> Cluster:
        """The cluster."""
        progress.line("making the cluster")
        log("up")
        if "NO_CLUSTER" in os.environ:
            raise SetupTrouble("There is no engine. Install one: apt-get install podman")
        return self._cluster()

    def _cluster(self) -> Cluster:
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
        """No addresses are known."""
        raise NotHere("Which addresses are free is not known. Run it on a kind cluster: kubelab up")


class FakeClient:
    """Records the calls made to it, and which namespaces are to be kept; refuses namespaces if NO_NAMESPACES is set."""

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
        """Nothing is applied; refused if NO_ACCOUNTS is set."""
        if "NO_ACCOUNTS" in os.environ:
            raise Refused(403, "Forbidden", "it may not", f"apply {document['kind']}")
        return document

    def token(self, account: str, _namespace: str, _seconds: int) -> str:
        """Its own name."""
        return account

    def bearing(self, token: str) -> "FakeClient | FakeLabClient":
        """The client of an account: the same, except that no lab may make a namespace."""
        return FakeLabClient() if token == "probe" else self  # noqa: S105  (a name)

    def may(self, verb: str, kind: str, namespace: str = "", _part: str = "") -> bool:
        """Everything except the words of DENIED, as in "list Node, watch Job everywhere"."""
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
        """Pods are accepted unless RESTRICTED is set, with limits and without tokens; claims get a class unless NO_CLASS is set."""
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

    def delete_all(self, _kind: str, _namespace: str, _grace: int) -> None:
        """Nothing is deleted."""

    def patch(self, kind: str, name: str, change: dict[str, Any], _namespace: str | None = None) -> None:
        """Nothing is changed."""
        log(f"patch {kind} {name} {change}")
        labels = self.labels.get(name, {}) | change["metadata"].get("labels", {})
        self.kept += [{"metadata": {"name": name, "labels": labels}}] if "kubelab/kept" in labels else []

    def reading(self) -> "FakeReader":
        """A client that changes nothing."""
        return FakeReader()

    def get(self, kind: str, name: str, _namespace: str | None = None) -> dict[str, Any] | None:
        """The object exists, and shows that the boundary of labs is in force unless NO_ACCOUNTS is set."""
        notes = {} if "NO_ACCOUNTS" in os.environ else {DIGEST: digest()}
        return {"kind": kind, "metadata": {"name": name, "annotations": notes}}

    def list(self, kind: str, _namespace: str | None = None, labels: str = "") -> Sequence[Any]:
        """Only the namespaces that are kept, and as many worker nodes as NODES says."""
        if kind == "Node":
            return [{"kind": "Node", "metadata": {"name": f"n{number}"}} for number in range(int(os.environ.get("NODES", "0")))]
        return self.kept if kind == "Namespace" and "!=" not in labels else []

    def listing(self, _kind: str, _namespace: str | None = None, _query: Any = ()) -> tuple[Sequence[Any], str]:
        """There is nothing."""
        return [], "1"

    def watch(self, _kind: str, _namespace: str | None = None, _query: Any = (), _silence: float = 0) -> Sequence[Any]:
        """One object appears."""
        return [{"type": "ADDED", "object": {}}]


class FakeLabClient(FakeClient):
    """The client of the account that tests whether labs are confined."""

    def rehearse(self, _document: dict[str, Any], _namespace: str) -> dict[str, Any]:
        """It is refused."""
        raise Refused(403, "Forbidden", "ValidatingAdmissionPolicy 'kubelab-labs' with binding 'kubelab-labs' denied request: no")


class FakeReader(FakeClient):
    """Records an attempt to change something and refuses it. IN_NAMESPACE says what the namespace contains."""

    def get(self, kind: str, name: str, _namespace: str | None = None) -> dict[str, Any] | None:
        """The object exists, unless IN_NAMESPACE says that it is "gone" or may not be seen."""
        said = os.environ.get("IN_NAMESPACE", "")
        if said == "forbidden" and kind == "Namespace":
            raise Refused(403, "Forbidden", "namespaces is forbidden", "get Namespace")
        if (said == "gone" and kind == "Namespace") or (said == "something else" and kind != "Namespace"):
            return None
        labels = {"a run's": {"kubelab/run": "r1"}, "a kept run's": {"kubelab/run": "r1", "kubelab/kept": "true"}}.get(said, {})
        ending = {"deletionTimestamp": "2026-01-01T00:00:00Z"} if said == "ending" else {}
        return {"kind": kind, "metadata": {"name": name, "labels": labels, **ending}}

    def contents(self, _namespace: str) -> Sequence[Any]:
        """What Kubernetes puts there, and a Pod unless IN_NAMESPACE says "empty"."""
        names = ["default", "kube-root-ca.crt", *([] if os.environ.get("IN_NAMESPACE") == "empty" else ["web"])]
        return [{"metadata": {"name": one}} for one in names]

    def list(self, kind: str, _namespace: str | None = None, labels: str = "") -> Sequence[Any]:
        """Its Pod runs nginx."""
        running = {"metadata": {"name": "web"}, "spec": {"containers": [{"name": "web", "image": "nginx:1.14"}]}}
        return [running] if kind == "Pod" else super().list(kind, _namespace, labels)

    def create(self, document: dict[str, Any], _namespace: str | None = None) -> dict[str, Any]:
        """Refused."""
        raise _changed("create", document["kind"])

    def apply(self, document: dict[str, Any], _namespace: str | None = None) -> dict[str, Any]:
        """Refused."""
        raise _changed("apply", document["kind"])

    def token(self, account: str, _namespace: str, _seconds: int) -> str:
        """Refused."""
        raise _changed("create a token of", account)

    def rehearse(self, document: dict[str, Any], _namespace: str) -> dict[str, Any]:
        """Refused."""
        raise _changed("rehearse", document["kind"])

    def delete(self, kind: str, name: str, _namespace: str | None = None, _grace: int | None = None) -> None:
        """Refused."""
        raise _changed("delete", f"{kind} {name}")

    def delete_all(self, kind: str, _namespace: str, _grace: int) -> None:
        """Not here."""
        raise _changed("delete", kind)

    def patch(self, kind: str, name: str, _change: dict[str, Any], _namespace: str | None = None) -> None:
        """Refused."""
        raise _changed("patch", f"{kind} {name}")


def _changed(verb: str, what: str) -> SetupTrouble:
    log(f"CHANGED: {verb} {what}")
    return SetupTrouble(f"Nothing is changed here: {verb} {what}")


class FakeObserver:
    """Records what it is asked to watch."""

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
    """Something changes outside the namespace."""
    lab.undo.append(lambda: log("undo first"))
    lab.undo.append(lambda: log("undo second"))


@given("a change that nobody can undo")
def a_stubborn_change(lab: Scenario) -> None:
    """Something changes, and cannot be undone."""
    lab.undo.append(stays)


def stays() -> None:
    """It cannot be undone."""
    raise SetupTrouble("The change stays. Make a new cluster: kubelab down")


@when("I do it")
def do_it() -> None:
    """Does it."""
    log("done")


@then("it is so")
@live()
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
    """No controller adopts it."""
    log(f"nobody adopts {name}")


@given("it is broken")
@when("it breaks")
@then("it is not so")
@live()
def is_not_so() -> None:
    """It is not so."""
    about = {"kind": "Pod", "metadata": {"name": "web-1"}}
    raise LabFailure(expected="a thing", last_saw="no thing\nnone at all", hint="make one", about=[about])


@then("it is changed after all")
@live()
def is_changed(lab: Scenario) -> None:
    """A step that is wrong about itself: it says that it only reads."""
    lab.delete("Pod", "web")


@then("nothing is held back")
def is_held_back() -> None:
    """A Deployment is paused, and a Pod is concerned as well."""
    about = [
        {"kind": kind, "metadata": {"name": "web", "uid": kind}, "spec": {"paused": kind == "Deployment"}} for kind in ("Pod", "Deployment")
    ]
    raise LabFailure(expected="a thing", last_saw="no thing", timeline="+0.0 s web created", about=about)


@then(parse("{file:File} says {text:Text}"))
def says(lab: Scenario, file: str, text: str) -> None:
    """A file of the lab contains the text."""
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
    """Only some clusters allow access to their nodes."""
    raise NotHere("The nodes are not ours. Run it on a kind cluster: kubelab up")


@given("two workers are needed")
@requires(Ability.WORKERS)
def needs_two_workers() -> None:
    """It needs two workers."""
    log("two workers")


@when("a node's program is run")
@requires(Ability.PROGRAMS)
def runs_on_a_node() -> None:
    """It needs nodes of ours."""
    log("a program")


@then(parsers.parse("the API server refuses with {message}"))
def is_refused(message: str) -> None:
    """As the API server would refuse a Pod of the lab."""
    raise Refused(403, "Forbidden", message, "create Pod")


@when(parsers.parse("I wait for {name}"))
def wait_for(lab: Scenario, name: str) -> None:
    """Waits until a file is written."""
    file = Path(__file__).with_name(name)
    until(lab, Condition(f"{name} is there", lambda _view: Observation(file.exists(), seen=f"no {name} yet"), every=0.05), 60)


@then(parsers.parse("it waited {waited:g} of {limit:g} seconds"))
def has_waited(lab: Scenario, waited: float, limit: float) -> None:
    """Records such a wait."""
    lab.waits.append(Noted(Wait(0, waited, limit, "it is so", "so", met=True), Observation(met=True, seen="so")))


@then(parsers.parse("it waited in vain for {limit:g} seconds"))
def has_waited_in_vain(lab: Scenario, limit: float) -> None:
    """Records such a wait, and fails."""
    lab.waits.append(Noted(Wait(0, limit, limit, "it is so", "not so", met=False), Observation(met=False, seen="not so")))
    is_not_so()


@then(parsers.parse("it stayed so for {limit:g} seconds"))
def has_stayed(lab: Scenario, limit: float) -> None:
    """Records such a stretch."""
    lab.waits.append(Noted(Wait(0, limit, limit, "it is so", "so", met=True, stretch=True), Observation(met=True, seen="so")))


@when("the worker dies")
def dies() -> None:
    """The worker dies."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Only in the controller, a report has the node that it comes from."""
    if report.failed and hasattr(report, "node"):
        TOLD.touch()


@when("the run is asked to end")
def is_asked_to_end(pytestconfig: pytest.Config) -> None:
    """Sends SIGTERM to the controlling process. The environment does not tell which one: it may be that of a worker with this test.

    The controller of a worker must have been told of the failure before.
    """
    while hasattr(pytestconfig, "workerinput") and not TOLD.exists():
        threading.Event().wait(0.01)
    os.kill(os.getppid() if hasattr(pytestconfig, "workerinput") else os.getpid(), signal.SIGTERM)
    threading.Event().wait(60)


@when(parsers.parse("{number} asks the run to end in vain"))
def is_asked_to_end_in_vain(number: str) -> None:
    """The exception that ends it comes at a moment when Python drops it."""
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.Signals[number])
        threading.Event().wait(60)


@when(parsers.parse("{number} asks the run to end while Python makes a class"))
def is_asked_to_end_in_a_class(number: str) -> None:
    """The exception that ends it comes in an exec of text, in which dataclasses get their methods."""
    exec(f"os.kill(os.getpid(), signal.{number})\nthreading.Event().wait(60)")  # noqa: S102


@when("Python errs")
def errs() -> float:
    """A mistake in Python."""
    return 1 / 0


@then("it holds that it is so")
@then(parsers.parse("it holds that {what}"))
def holds(what: str = "so") -> None:
    """Matches two definitions."""
    log(what)
