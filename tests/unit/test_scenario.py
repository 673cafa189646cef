"""A scenario's world: what its steps may do, and what it keeps."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kubelab import hopeless, node_changes, operations
from kubelab.addons import INGRESS_CONTROLLER
from kubelab.addons.installation import MARK
from kubelab.client import Client, Refused
from kubelab.client.discovery import Discovery
from kubelab.client.explanation import explained
from kubelab.client.kinds import Resolve, built_in, with_companions
from kubelab.client.objects import is_true
from kubelab.clusters.provider import OURS, Cluster
from kubelab.containment import Account
from kubelab.errors import ImageTrouble, LabFailure, SetupTrouble
from kubelab.manifests import Images
from kubelab.manifests.lab_manifests import LabManifests
from kubelab.observation import Store
from kubelab.output import Output
from kubelab.policy import Substitution
from kubelab.scenario import Scenario
from kubelab.selection import pod_of_the_only
from tests.unit.fake_api import FakeApi
from tests.unit.objects import pod, thing

WEB = """apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: "nginx:1.14"}]}
status: {}
"""
SERVICE = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
KUBECTL = """#!/bin/sh
shift 6
echo "$@"
case "$*" in
  *fail*) echo "no such thing" >&2; exit 1;;
  *wait*) echo "error: timed out waiting for the condition" >&2; exit 1;;
  *slow*) sleep 9;;
esac
"""


@dataclass
class Calls:
    """A client that records its calls."""

    made: list[tuple[Any, ...]] = field(default_factory=list)
    resolve: Resolve = built_in

    def __getattr__(self, verb: str) -> Any:
        """Any verb of the client."""

        def call(*words: Any) -> Any:
            self.made.append((verb, *words))
            return words[0] if isinstance(words[0], dict) else {"kind": "Status", "metadata": {}}

        return call


class Node:
    """A provider whose nodes print the command that they are given, and have no files."""

    def execute(self, node: str, argv: list[str], *, timeout: float) -> Output:  # noqa: ARG002
        """Print it."""
        return Output(1, "", "no such file") if argv[0] == "cat" else Output(0, " ".join([node, *argv]), "")


class Knowing(Calls):
    """A client that knows the scenario's namespace too."""

    def __init__(self, home: dict[str, Any]) -> None:
        super().__init__()
        self.home = home

    def get(self, *words: Any) -> dict[str, Any]:
        """The namespace."""
        self.made.append(("get", *words))
        return self.home


def marks(run: str) -> dict[str, Any]:
    """The metadata of a ClusterRole that a scenario of a run created."""
    return {"metadata": {"name": "lab-reader", "labels": {"kubelab/run": run}, "annotations": {}}}


@pytest.fixture
def lab(tmp_path: Path) -> Scenario:
    """A scenario with one manifest, one substitution, and a kubectl that prints its words."""
    program = tmp_path / "kubectl"
    program.write_text(KUBECTL)
    program.chmod(0o755)
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "web.yaml").write_text(WEB + SERVICE)
    store = Store("lab")
    client: Any = Calls()
    provider: Any = None
    cluster = Cluster(
        "c",
        "kind",
        tmp_path / "config",
        "c",
        "v1",
        "",
        images="own",
        kubectl=program,
        can=OURS,
    )
    images = Images({"nginx:1.14": Substitution("nginx:1.14", "docker.io/library/nginx:1.18", "gone")})
    return Scenario(
        "T",
        tmp_path / "a.feature",
        "lab",
        cluster,
        provider,
        client,
        store,
        store.mark(),
        LabManifests("lab", (tmp_path / "manifests",), images),
    )


def calls(lab: Scenario) -> list[tuple[Any, ...]]:
    """The calls of the client."""
    made: list[tuple[Any, ...]] = lab.client.made  # type: ignore[attr-defined]
    return made


def test_a_manifest_is_applied_in_order_with_the_images_there_are(lab: Scenario) -> None:
    """The Service first; the declarations are remembered with the lab's image names."""
    lab.apply(lab.manifests.read("web.yaml"))

    assert [(verb, body["kind"], namespace) for verb, body, namespace in calls(lab)] == [
        ("apply", "Service", "lab"),
        ("apply", "Pod", "lab"),
    ]
    assert calls(lab)[1][1]["spec"]["containers"][0]["image"] == "docker.io/library/nginx:1.18"
    assert lab.manifests.said(lab.manifests.declared("Pod", "web"))["spec"]["containers"][0]["image"] == "nginx:1.14"
    assert "status" not in lab.manifests.declared("Pod", "web")


def test_what_no_manifest_declares_is_told(lab: Scenario) -> None:
    """By kind and name."""
    with pytest.raises(LabFailure, match='No manifest of this scenario declares Pod "web"'):
        lab.manifests.declared("Pod", "web")


def test_a_manifest_is_named_as_people_see_it(lab: Scenario) -> None:
    """Relative to the root."""
    assert [one.where for one in lab.manifests.read("web.yaml")] == ["manifests/web.yaml:1", "manifests/web.yaml:7"]


def test_nothing_is_applied_when_one_document_leaves_the_namespace(lab: Scenario) -> None:
    """A partial application would be hard to understand."""
    with pytest.raises(LabFailure, match="sets the namespace"):
        lab.apply(lab.manifests.documents(WEB + SERVICE.replace("{name: web}", "{name: web, namespace: other}"), "the text"))

    assert calls(lab) == []


class Refusing(Calls):
    """A client whose server refuses everything."""

    def apply(self, *_: Any) -> Any:
        """Refused."""
        raise Refused(500, "", "failed to create typed patch object (lab/web; v1, Kind=Pod): .spec.replicas: field not declared in schema")

    def edit(self, *_: Any) -> Any:
        """Refused."""
        raise Refused(403, "Forbidden", "you may not")

    def explained(self, body: Any, refused: Refused) -> Any:
        """Without a schema."""
        return explained(refused, body, lambda: None)


def test_a_refusal_is_told_with_file_line_and_field(lab: Scenario) -> None:
    """Of the manifest, or of the text under the sentence; so is a kind in another group."""
    client: Any = Refusing()
    lab.client = client

    with pytest.raises(LabFailure) as failure:
        lab.apply(lab.manifests.documents("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  replicas: 1\n", "web.yaml"))
    assert str(failure.value) == 'web.yaml:5: Pod "web": spec.replicas is not a field of this kind.'
    with pytest.raises(LabFailure, match=r'the text under the sentence:1: Pod "web": the API server refuses it: you may not'):
        lab.edit("Pod", "web", "spec: {a: 1}")

    client.apply = lambda *_: Discovery(client)._unserved("apps/v1", "Job")
    with pytest.raises(LabFailure, match=r'web\.yaml:1: Job "x": there is no Job in apps/v1; Job is in batch/v1'):
        lab.apply(lab.manifests.documents("apiVersion: apps/v1\nkind: Job\nmetadata: {name: x}\n", "web.yaml"))


def test_there_is_something_to_apply(lab: Scenario) -> None:
    """Otherwise the sentence would do nothing."""
    with pytest.raises(LabFailure, match="no object to apply"):
        lab.apply(lab.manifests.documents("", "the output"))


def test_what_belongs_to_the_whole_cluster_is_marked_and_taken_away_after_the_scenario(lab: Scenario) -> None:
    """It is named after the scenario; the same if a command applies it."""
    role = "apiVersion: v1\nkind: ClusterRole\nmetadata: {name: NAMESPACE-reader}\n"
    (lab.manifests.folders[0] / "role.yaml").write_text(role)
    home = {"metadata": {"labels": {"kubelab/run": "r"}}}
    client: Any = Knowing(home)
    lab.client = client

    lab.apply(lab.manifests.read("role.yaml"))
    lab.run("kubectl apply -f role.yaml")
    lab.undo.pop()()

    made = [call for call in client.made if call[0] != "get"]
    assert [call[:2] for call in made] == [
        ("apply", {**lab.manifests.declared("ClusterRole", "lab-reader"), **marks("r")}),
        ("delete", "ClusterRole"),
    ]
    assert len(lab.undo) == 1


def test_a_namespace_of_the_scenario_is_ready_for_pods(lab: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once its default account exists."""
    client: Any = Knowing({"metadata": {}})
    lab.client, lab.patience = client, 0.001
    monkeypatch.setattr(Scenario, "look_into", lambda *_: None)

    with pytest.raises(LabFailure, match=r'ServiceAccount "default" exists \(namespace "lab-team"\)'):
        lab.apply(lab.manifests.documents("apiVersion: v1\nkind: Namespace\nmetadata: {name: NAMESPACE-team}\n", "the text"))

    lab.store.put("ServiceAccount", "ADDED", thing("ServiceAccount", "default", metadata={"namespace": "lab-team"}))
    lab.apply(lab.manifests.documents("apiVersion: v1\nkind: Namespace\nmetadata: {name: NAMESPACE-team}\n", "the text"))


@pytest.mark.parametrize("kind", ["Node", "Namespace", "ClusterRole"])
def test_what_belongs_to_others_is_neither_edited_nor_deleted(lab: Scenario, kind: str) -> None:
    """Whatever the sentence."""
    with pytest.raises(LabFailure, match="belongs to the whole cluster"):
        lab.delete(kind, "x")
    with pytest.raises(LabFailure, match="belongs to the whole cluster"):
        lab.edit(kind, "x", "spec: {}")
    assert calls(lab) == []


def test_an_edit_names_fields(lab: Scenario) -> None:
    """With substituted images."""
    lab.edit("Pod", "web", "spec: {containers: [{name: web, image: 'nginx:1.14'}]}")

    [(verb, kind, name, change, namespace)] = calls(lab)
    assert (verb, kind, name, namespace) == ("edit", "Pod", "web", "lab")
    assert change["spec"]["containers"][0]["image"] == "docker.io/library/nginx:1.18"


def test_a_cron_jobs_last_run_is_written_into_its_status(lab: Scenario) -> None:
    """As a timestamp, that number of seconds before now."""
    operations.set_last_run(lab, "backup", 120)

    [(verb, kind, name, change, namespace, part)] = calls(lab)
    assert (verb, kind, name, namespace, part) == ("patch", "CronJob", "backup", "lab", "status")
    age = datetime.now(UTC) - datetime.fromisoformat(change["status"]["lastScheduleTime"])
    assert timedelta(seconds=120) <= age < timedelta(seconds=130)


def test_a_command_that_succeeds_leaves_its_output(lab: Scenario) -> None:
    """With images as the lab names them."""
    lab.run("kubectl run web --image=nginx:1.14")

    assert lab.output.out == "run web --image=nginx:1.14\n"


def test_a_command_that_fails_says_so_in_its_own_words(lab: Scenario) -> None:
    """A sentence may also ask for the failure."""
    with pytest.raises(LabFailure) as failure:
        lab.run("kubectl get fail")

    assert failure.value.expected == "the command succeeds: kubectl get fail"
    assert failure.value.last_saw == "exit code 1: no such thing"
    assert lab.attempt("kubectl get fail").code == 1


def test_the_commands_of_a_file_run_one_after_another(lab: Scenario) -> None:
    """Up to the first that fails, which is reported with its place in the file; none runs if a line is not a command."""
    file = lab.manifests.folders[0] / "web.sh"
    file.write_text("kubectl run web --image=nginx:1.14\n\nkubectl get pods\n")
    lab.run_file("web.sh")
    assert lab.output.out == "get pods\n"

    file.write_text("kubectl get pods\nkubectl get fail\nkubectl get nodes\n")
    with pytest.raises(LabFailure) as failure:
        lab.run_file("web.sh")
    assert failure.value.expected == "web.sh:2: the command succeeds: kubectl get fail"
    assert lab.output.err == "no such thing\n"

    file.write_text("kubectl get services\nkubectl proxy\n")
    with pytest.raises(LabFailure, match=r"^web\.sh:2: This kubectl command is not run: "):
        lab.run_file("web.sh")
    with pytest.raises(LabFailure, match=r'There is no manifest "none\.sh"'):
        lab.run_file("none.sh")


def test_a_command_that_does_not_end_is_a_failure(lab: Scenario) -> None:
    """At the limit times the patience."""
    lab.patience = 0.002

    with pytest.raises(LabFailure, match=r"(?s)ends within 0\.2 s: kubectl get slow"):
        lab.attempt("kubectl get slow")


@pytest.mark.parametrize(("message", "trouble"), [("dial tcp 10.0.0.1:443: i/o timeout", True), ("nginx:1.14: not found", False)])
@pytest.mark.parametrize("line", ["kubectl wait pod web --for=condition=Ready", "kubectl get slow"])
def test_a_command_that_waited_for_an_image_in_vain(lab: Scenario, line: str, message: str, *, trouble: bool) -> None:
    """It is trouble if the registry is; the command timed out, or its own --timeout did."""
    state = {"waiting": {"reason": "ErrImagePull", "message": message}}
    lab.patience, lab.hopeless = 0.002 if "slow" in line else 1, hopeless.table(lab.client, "lab")
    lab.store.put("Pod", "ADDED", pod(status={"containerStatuses": [{"name": "main", "state": state}]}))

    with pytest.raises(ImageTrouble if trouble else LabFailure):
        lab.run(line)


def test_what_a_node_says_is_kept_as_output(lab: Scenario) -> None:
    """A program that fails there is the lab's failure, in its own words."""
    lab.provider = Node()  # type: ignore[assignment]

    assert lab.read_on("worker", "ip route") is lab.output
    assert lab.output.out == "worker ip route"
    with pytest.raises(LabFailure) as failure:
        lab.read_on("worker", "cat /proc/net/nothing")
    assert failure.value.last_saw == "exit code 1: no such file"


def test_what_a_command_applies_counts_as_declared(lab: Scenario) -> None:
    """From a file, or from what the last command printed."""
    lab.run("kubectl apply -f web.yaml")
    assert lab.manifests.declared("Service", "web")["kind"] == "Service"

    lab.output = Output(0, WEB.replace("name: web}", "name: printed}"), "")
    lab.run("kubectl create -f -")
    assert lab.manifests.declared("Pod", "printed")["kind"] == "Pod"


def test_a_folder_of_the_scenario_is_made_where_the_run_keeps_its_files(lab: Scenario, tmp_path: Path) -> None:
    """It is removed with the scenario."""
    lab.folder = tmp_path

    made = lab.make_folder()

    assert (made.parent, made.is_dir()) == (tmp_path, True)
    lab.undo.pop()()
    assert not made.exists()


def test_objects_are_remembered_by_their_role(lab: Scenario) -> None:
    """One that no sentence named is reported."""
    web = pod("web")

    assert lab.remember("the deleted Pod", web) is web
    assert lab.recall("the deleted Pod") is web
    with pytest.raises(LabFailure, match="No sentence before this one speaks of the other Pod"):
        lab.recall("the other Pod")


def test_an_object_is_seen_now_and_as_it_was_before_the_last_when(lab: Scenario) -> None:
    """It is a failure if there is none of that name."""
    lab.store.put("Pod", "ADDED", pod("web", image="a"))
    lab.mark()
    lab.store.put("Pod", "MODIFIED", pod("web", image="b"))

    assert lab.seen("Pod", "web")["spec"]["containers"][0]["image"] == "b"
    assert lab.before("Pod", "web")["spec"]["containers"][0]["image"] == "a"
    with pytest.raises(LabFailure, match='There is no Pod "x"'):
        lab.seen("Pod", "x")
    with pytest.raises(LabFailure, match='Before the last When there was no Pod "x"'):
        lab.before("Pod", "x")


class Behind:
    """A reader whose watch of Pods is behind; asked to catch up, it delivers the rest, or reports that it cannot."""

    def __init__(self, store: Store, owed: dict[str, Any], trouble: Exception | None = None) -> None:
        self.store, self.owed, self.trouble = store, owed, trouble

    def watches(self, _kind: str, _namespace: str) -> bool:
        """Everything."""
        return True

    def read_again(self) -> None:
        """Nothing was missed."""

    def catch_up(self, _timeout: float) -> None:
        """Deliver the rest."""
        if self.trouble:
            raise self.trouble
        self.store.put("Pod", "MODIFIED", self.owed)


def test_a_stretch_begins_with_what_the_cluster_has_not_with_what_has_been_told_of_it(lab: Scenario) -> None:
    """A Pod that became ready before the When is ready at its beginning, even if its watch reports that late."""
    lab.store.put("Pod", "ADDED", pod("web", ready=False))
    lab.store.add_reader(Behind(lab.store, pod("web", ready=True)))

    lab.mark()

    assert is_true(lab.before("Pod", "web"), "Ready")


@pytest.mark.parametrize("trouble", [SetupTrouble("no answer"), Refused(403, "Forbidden", "no")])
def test_a_stretch_begins_also_where_nothing_can_be_asked(lab: Scenario, trouble: Exception) -> None:
    """The When reports the error."""
    lab.store.add_reader(Behind(lab.store, {}, trouble))
    before = lab.since

    lab.mark()

    assert lab.since != before


def test_a_pod_of_the_only_daemon_set_is_ready_and_its_own(lab: Scenario) -> None:
    """If the scenario has only one; otherwise it is unclear which one is meant."""
    with pytest.raises(LabFailure, match="DaemonSet: none"):
        pod_of_the_only(lab, "DaemonSet")
    fluentd = thing("DaemonSet", "fluentd")
    lab.store.put("DaemonSet", "ADDED", fluentd)
    lab.patience = 0.001
    with pytest.raises(LabFailure, match="at least 1 available pod"):
        pod_of_the_only(lab, "DaemonSet")
    lab.store.put("Pod", "ADDED", pod("other", ready=True))
    lab.store.put("Pod", "ADDED", pod("fluentd-a", ready=True, owner=fluentd))

    assert pod_of_the_only(lab, "DaemonSet")["metadata"]["name"] == "fluentd-a"


def test_every_worker_node_is_labelled(lab: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or every one except one that is labelled already."""
    labelled = list[tuple[Any, ...]]()
    nodes = {name: thing("Node", name, metadata={"namespace": ""}) for name in ("b", "c")}
    for node in nodes.values():
        lab.store.put("Node", "ADDED", node)

    def relabel(_client: object, node: str, *words: str) -> object:
        labelled.append((node, *words))
        return nodes[node]

    monkeypatch.setattr(node_changes, "relabel", relabel)

    operations.label_workers(lab, "disktype", "std", but=lab.seen("Node", "b"))
    operations.label_workers(lab, "gpu", "true")

    assert labelled == [("c", "disktype", "std", "lab"), ("b", "gpu", "true", "lab"), ("c", "gpu", "true", "lab")]


def test_the_companions_of_a_kind_are_watched_too() -> None:
    """Kinds of objects that it creates, and those that show its state; always Pods."""
    assert with_companions({"Deployment"}) == ["Deployment", "Pod", "ReplicaSet"]
    assert with_companions(()) == ["Pod"]


def test_an_addon_that_stands_is_asked_for_and_nothing_else(lab: Scenario, api: FakeApi, client: Client) -> None:
    """It stays in the cluster for all scenarios."""
    mark = INGRESS_CONTROLLER.on(lab.manifests.images.substitutions).digest
    answer = {"kind": "Namespace", "metadata": {"name": "ingress-nginx", "annotations": {MARK: mark}}}
    api.answers["GET", "/api/v1/namespaces/ingress-nginx"] = (200, {}, json.dumps(answer).encode())
    api.put("controller", namespace="ingress-nginx", status={"conditions": [{"type": "Ready", "status": "True"}]})

    replace(lab, client=client).install(INGRESS_CONTROLLER)

    assert [method for method, _, _ in api.requests] == ["GET", "GET"]


def test_what_the_lab_does_it_does_as_its_own_account(lab: Scenario) -> None:
    """The run gives the account its rights in further namespaces; what kubelab itself sets is done with the run's rights."""
    hand: Any = Knowing({"metadata": {}})
    lab.account = Account("lab", hand, "token", {})
    lab.client = Knowing({"metadata": {}})  # type: ignore[assignment]

    lab.apply(lab.manifests.read("web.yaml"))
    lab.edit("Pod", "web", "spec: {}")
    lab.delete("Pod", "web")
    operations.set_last_run(lab, "daily", 60)

    assert [verb for verb, *_ in hand.made] == ["apply", "apply", "edit", "delete"]
    assert [verb for verb, *_ in calls(lab)] == ["patch"]
