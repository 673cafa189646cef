"""Misfortunes of a small cluster that last for a block, how labs are run meanwhile, and the verdicts on them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from kubelab.client import Client
from kubelab.client.objects import at, is_true, name
from kubelab.conditions.nodes import is_worker, serves
from tests.cluster.misfortune_steps import SIGNAL
from tests.cluster.runs import awaited
from tests.cluster.weather import SmallCluster

Misfortune = Callable[[SmallCluster, Client], AbstractContextManager[None]]
SYSTEM = "kube-system"
REPORT = "junit.xml"
WEBHOOK = {
    "apiVersion": "admissionregistration.k8s.io/v1",
    "kind": "ValidatingWebhookConfiguration",
    "metadata": {"name": "misfortune"},
    "webhooks": [
        {
            "name": "pods.example.com",
            "sideEffects": "None",
            "admissionReviewVersions": ["v1"],
            "clientConfig": {"service": {"namespace": "default", "name": "nobody"}},
            "namespaceSelector": {"matchLabels": {"app.kubernetes.io/managed-by": "kubelab"}},
            "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
        }
    ],
}
"""A webhook on the Pods of labs, without a server behind it."""


@contextmanager
def nameless(_small: SmallCluster, client: Client) -> Iterator[None]:
    """No name server runs."""
    before = at(client.get("Deployment", "coredns", SYSTEM), "spec", "replicas", default=2)
    client.patch("Deployment", "coredns", {"spec": {"replicas": 0}}, SYSTEM)
    awaited(lambda: not client.list("Pod", SYSTEM, labels="k8s-app=kube-dns"))
    try:
        yield
    finally:
        client.patch("Deployment", "coredns", {"spec": {"replicas": before}}, SYSTEM)


@contextmanager
def without_classes(_small: SmallCluster, client: Client) -> Iterator[None]:
    """There is no StorageClass."""
    found = client.list("StorageClass")
    for one in found:
        client.delete("StorageClass", name(one))
    try:
        yield
    finally:
        for one in found:
            kept = {key: value for key, value in one["metadata"].items() if key in {"name", "annotations"}}
            client.create({**one, "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": kept})


@contextmanager
def guarded(_small: SmallCluster, client: Client) -> Iterator[None]:
    """A webhook on Pods fails."""
    client.create(WEBHOOK)
    try:
        yield
    finally:
        client.delete("ValidatingWebhookConfiguration", "misfortune")


@contextmanager
def cordoned(_small: SmallCluster, client: Client) -> Iterator[None]:
    """Every worker is cordoned."""
    workers = [name(node) for node in client.list("Node") if is_worker(node)]
    try:
        for node in workers:
            client.patch("Node", node, {"spec": {"unschedulable": True}})
        yield
    finally:
        for node in workers:
            client.patch("Node", node, {"spec": {"unschedulable": None}})


@contextmanager
def without_kubelet(small: SmallCluster) -> Iterator[None]:
    """The kubelets of the workers are stopped."""
    workers = [node.name for node in small.nodes if "worker" in node.name]
    for node in workers:
        script(small, node, "systemctl stop kubelet")
    try:
        yield
    finally:
        for node in workers:
            script(small, node, "systemctl start kubelet")


@contextmanager
def without_scheduler(small: SmallCluster, _client: Client) -> Iterator[None]:
    """The scheduler is frozen."""
    node = f"{small.name}-control-plane"
    script(small, node, SIGNAL.format(program="kube-scheduler", signal="STOP"))
    try:
        yield
    finally:
        script(small, node, SIGNAL.format(program="kube-scheduler", signal="CONT"))


def execute(small: SmallCluster, node: str, *argv: str) -> None:
    """Run a command in a node."""
    done = small.engine.run("exec", node, *argv)
    assert done.good, done.tail


def script(small: SmallCluster, node: str, text: str) -> None:
    """Run a script in a node."""
    execute(small, node, "bash", "-c", text)


def settle(client: Client) -> None:
    """Return once the cluster is as it was before a misfortune."""
    awaited(lambda: all(map(serves, client.list("Node"))), 90)
    awaited(lambda: all(is_true(pod, "Ready") for pod in client.list("Pod", SYSTEM)), 120)
    awaited(lambda: not client.list("Namespace", labels="app.kubernetes.io/managed-by=kubelab"), 90)


def verdicts(folder: Path, labs: str, manifests: Sequence[tuple[str, str]], *words: str) -> dict[str, tuple[str, str]]:
    """Run labs to their end; returns by title the verdict, "passed", "failed" or "error", and the text."""
    command = lab_command(folder, labs, manifests, *words)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert (folder / REPORT).exists(), done.stdout + done.stderr
    return judged(folder)


def judged(folder: Path) -> dict[str, tuple[str, str]]:
    """The verdicts and texts of labs that have run in a folder, by title."""
    report = folder / REPORT
    return {case.attrib["name"]: _verdict(case) for case in ET.parse(report).iter("testcase")}  # noqa: S314  (our own file)


def lab_command(folder: Path, labs: str, manifests: Sequence[tuple[str, str]], *words: str) -> list[str]:
    """The command that runs labs in a folder, and the folder made ready for it."""
    folder.mkdir(exist_ok=True)
    for file, text in manifests:
        (folder / file).write_text(text)
    (folder / "pytest.ini").touch()
    (folder / "a.feature").write_text(f"Feature: A\n{labs}")
    shutil.copy(Path(__file__).with_name("misfortune_steps.py"), folder / "conftest.py")
    options = ["-p", "no:cacheprovider", f"--junitxml={folder / REPORT}"]
    return [sys.executable, "-m", "pytest", *options, str(folder / "a.feature"), *words]


def _verdict(case: ET.Element) -> tuple[str, str]:
    for tag, verdict in (("error", "error"), ("failure", "failed"), ("skipped", "skipped")):
        if (found := case.find(tag)) is not None:
            return verdict, found.text or found.attrib.get("message", "")
    return "passed", ""


def pod(title: str, **container: object) -> tuple[str, str]:
    """The manifest of a Pod with one container, and its file name."""
    spec = {"terminationGracePeriodSeconds": 1, "containers": [{"name": "main", "image": "nginx:1.14", **container}]}
    return _file({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": title, "labels": {"app": title}}, "spec": spec})


def workload(kind: str, title: str, image: str = "nginx:1.14", **spec: object) -> tuple[str, str]:
    """The manifest of a Deployment, DaemonSet or Job, and its file name."""
    command = {"command": ["true"]} if kind == "Job" else {}
    inner = {"terminationGracePeriodSeconds": 1, "containers": [{"name": "main", "image": image, **command}]}
    template = {"metadata": {"labels": {"app": title}}, "spec": {**inner, **({"restartPolicy": "Never"} if kind == "Job" else {})}}
    selector = {} if kind == "Job" else {"selector": {"matchLabels": {"app": title}}}
    version = "batch/v1" if kind == "Job" else "apps/v1"
    return _file({"apiVersion": version, "kind": kind, "metadata": {"name": title}, "spec": {**selector, "template": template, **spec}})


def _file(body: Mapping[str, Any]) -> tuple[str, str]:
    return f"{body['metadata']['name']}.yaml", json.dumps(body)
