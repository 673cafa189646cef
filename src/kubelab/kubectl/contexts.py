"""A scenario's own kubeconfig: its account, its contexts, what the current one means. The cluster's kubeconfig is never written."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kubelab import manifests
from kubelab.clusters import process
from kubelab.errors import LabFailure
from kubelab.kubectl.allowed_verbs import CONFIG
from kubelab.kubectl.command import Command
from kubelab.kubectl.command_reach import VISIBLE

if TYPE_CHECKING:
    from kubelab.clusters.provider import Cluster

CONTEXT, CLUSTER, USER = "kubernetes-admin@kubernetes", "kubernetes", "kubernetes-admin"
"""The names of the context, the cluster and the user in the copy: those that kubeadm gives."""


@dataclass(frozen=True)
class Context:
    """The current context of a kubeconfig, and the names of the clusters and users that there are."""

    name: str
    fields: Mapping[str, str]
    known: Mapping[str, list[str]]

    @property
    def namespace(self) -> str:
        """Where kubectl looks when a command names no namespace."""
        return self.fields.get("namespace") or "default"


@dataclass(eq=False)
class Kubeconfig:
    """The account and the namespace of a scenario's commands.

    With a `token`, a file of the scenario's own from the first command on; without, the cluster's own file, and from the first command
    about contexts on, a copy of it. `namespace` is the scenario's; `folder` makes the folder for the file.
    """

    cluster: "Cluster"
    namespace: str
    folder: Callable[[], Path]
    token: str = field(default="", repr=False)
    copy: Path | None = None

    def flags(self, command: Command) -> list[str]:
        """The flags that go before the command's words; LabFailure where the current context is broken, or not allowed."""
        if command.verb == CONFIG or self.token:
            self.copy = self.copy or self._written()
        if command.verb == CONFIG:
            return ["--kubeconfig", str(self.copy)]
        if self.copy is None:
            who = ["--kubeconfig", str(self.cluster.kubeconfig), "--context", self.cluster.context]
            return [*who, *_place(command, self.namespace)]
        check(command, self.copy, self.namespace)
        return ["--kubeconfig", str(self.copy), *_place(command, "")]

    def _written(self) -> Path:
        """The scenario's own file, which only this user can read: one context, its namespace the scenario's."""
        found = _with_token(self.cluster, self.token) if self.token else _whole(self.cluster)
        file = self.folder() / "kubeconfig"
        file.touch(mode=0o600)
        file.write_text(json.dumps(_renamed(found, self.namespace)))
        return file


def _with_token(cluster: "Cluster", token: str) -> dict[str, Any]:
    """The cluster of the context, and a user with only a token. This takes 5 ms of CPU; kubectl would take 50."""
    config = yaml.safe_load(cluster.kubeconfig.read_text())
    wanted = next(one["context"]["cluster"] for one in config["contexts"] if one["name"] == cluster.context)
    server = next(one["cluster"] for one in config["clusters"] if one["name"] == wanted)
    file = {key: str(cluster.kubeconfig.parent / path) for key, path in server.items() if key == "certificate-authority"}
    return {"clusters": [{"cluster": {**server, **file}}], "users": [{"user": {"token": token}}]}


def _whole(cluster: "Cluster") -> dict[str, Any]:
    """The cluster and the user of the context, with their certificates."""
    whole = ("config", "view", "--raw", "--flatten", "--minify", "--output", "json")
    command = (str(cluster.kubectl), "--kubeconfig", str(cluster.kubeconfig), "--context", cluster.context, *whole)
    output = process.must(command, "The kubeconfig could not be copied", env={**os.environ, "KUBECTL_KUBERC": "false"})
    found: dict[str, Any] = json.loads(output.out)
    return found


def check(command: Command, file: Path, namespace: str) -> None:
    """LabFailure where the current context is broken, or its namespace not allowed for the command; `namespace` is the scenario's."""
    current = _current(file)
    for refusal in (*_broken(current), *_elsewhere(command, current, namespace)):
        raise LabFailure(f"This kubectl command is not run: {refusal}.\n  kubectl {' '.join((*command.words, *command.inner))}")


def _place(command: Command, otherwise: str) -> list[str]:
    namespace = command.namespace or otherwise
    return ["--namespace", namespace] if namespace and not command.everywhere else []


def _renamed(config: Mapping[str, Any], namespace: str) -> dict[str, Any]:
    [cluster], [user] = config["clusters"], config["users"]
    context = {"cluster": CLUSTER, "user": USER, "namespace": namespace}
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{**cluster, "name": CLUSTER}],
        "users": [{**user, "name": USER}],
        "contexts": [{"name": CONTEXT, "context": context}],
        "current-context": CONTEXT,
    }


def _current(file: Path) -> Context:
    config = yaml.safe_load(file.read_text())
    name = config.get("current-context") or ""
    fields = {one["name"]: one["context"] for one in config.get("contexts") or ()}.get(name)
    if fields is None:
        raise LabFailure(f'The kubeconfig has no context "{name}", which is the current one: kubectl config use-context {CONTEXT}')
    return Context(name, fields, {kind: [one["name"] for one in config[f"{kind}s"]] for kind in ("cluster", "user")})


def _broken(current: Context) -> Iterator[str]:
    for kind, names in current.known.items():
        named = current.fields.get(kind, "")
        if named not in names:
            yield f'the current context "{current.name}" names the {kind} "{named}", and the kubeconfig has only "{", ".join(names)}"'


def _elsewhere(command: Command, current: Context, namespace: str) -> Iterator[str]:
    inside = command.everywhere or command.namespace or manifests.is_own(current.namespace, namespace)
    if not inside and not (command.reads and current.namespace in VISIBLE):
        may = f"look into {' and '.join(sorted(VISIBLE))}" if command.reads else "change only its own namespace"
        yield f'the current context "{current.name}" has the namespace "{current.namespace}", and a scenario may {may}'
