"""The cluster's API server, asked with kubectl: which nodes there are, whether they and the system's pods are ready."""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kubelab.clusters.engine import direct
from kubelab.clusters.process import run
from kubelab.output import Output


@dataclass(frozen=True)
class Server:
    """An API server as one context of a kubeconfig file names it."""

    kubectl: Path
    kubeconfig: Path
    context: str

    def ask(self, *words: str, timeout: float = 10) -> Output:
        """The output of kubectl with these words."""
        fixed = ["--kubeconfig", os.fspath(self.kubeconfig), "--context", self.context]
        return run([self.kubectl, *fixed, *words], timeout, self._environment)

    def nodes(self) -> "NodeList | None":
        """The nodes as the server lists them; None when it does not answer within 5 seconds."""
        output = self.ask("get", "nodes", "--output", "json", "--request-timeout", "5s")
        return NodeList(json.loads(output.out)["items"]) if output.good else None

    def version(self) -> str:
        """The server's version, as `v1.36.3`; "" when it does not answer within 5 seconds."""
        output = self.ask("get", "--raw", "/version", "--request-timeout", "5s")
        return str(json.loads(output.out)["gitVersion"]) if output.good else ""

    @cached_property
    def _environment(self) -> dict[str, str]:
        return direct(os.environ)


@dataclass(frozen=True)
class NodeList:
    """Node objects as the server gave them."""

    items: list[dict[str, Any]]

    @property
    def names(self) -> list[str]:
        """Their names, the control plane's first."""
        return sorted(node["metadata"]["name"] for node in self.items)

    @property
    def unready(self) -> list[str]:
        """The names of those whose Ready condition is not True."""
        return [node["metadata"]["name"] for node in self.items if not _ready(node)]

    @property
    def version(self) -> str:
        """The kubelet version of the first node, which in kind is the server's."""
        return str(self.items[0]["status"]["nodeInfo"]["kubeletVersion"]) if self.items else ""


def _ready(node: dict[str, Any]) -> bool:
    return any(one["type"] == "Ready" and one["status"] == "True" for one in node["status"].get("conditions", []))
