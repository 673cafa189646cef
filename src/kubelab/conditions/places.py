"""Where a command runs that a sentence of the lab needs: in a Pod, on a node, or outside the cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kubelab.client.objects import Object, at
from kubelab.clusters.process import Output
from kubelab.clusters.provider import Provider
from kubelab.conditions.nodes import control_plane
from kubelab.conditions.words import absent
from kubelab.errors import LabFailure
from kubelab.observation import View

if TYPE_CHECKING:
    from kubelab.client import Client

NOT_THERE = 125
"""The exit code of a command that could not be begun."""


class Place(Protocol):
    """A place as a sentence names it."""

    @property
    def words(self) -> str:
        """As in `from a node`."""

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output:
        """What a command says there, ended after so many seconds."""


@dataclass(frozen=True)
class FromANode:
    """On the control plane's node, where a person of the course types curl."""

    provider: Provider
    words: str = "from a node"

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output:
        """Run it in the node itself."""
        node = control_plane(view.objects("Node"))
        return self.provider.execute(at(node, "metadata", "name", default=""), argv, timeout=seconds)


@dataclass(frozen=True)
class FromOutside:
    """Outside the cluster, where its nodes' addresses can be reached and nothing else of it."""

    provider: Provider
    words: str = "from outside"

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output:
        """Run it on this machine, or in a container beside the nodes."""
        return self.provider.outside(argv, near=next(map(address, view.objects("Node")), ""), timeout=seconds)


@dataclass(frozen=True)
class FromAPod:
    """In the first container of a Pod of the scenario."""

    client: "Client"
    pod: str

    @property
    def words(self) -> str:
        """With the Pod's name."""
        return f'from Pod "{self.pod}"'

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output:
        """Run it in the Pod; one that cannot run commands yet has a reason."""
        found = view.find("Pod", self.pod)
        if found is None:
            return Output(NOT_THERE, "", absent("Pod", self.pod, view.objects("Pod")))
        try:
            done = self.client.execute(self.pod, view.namespace, argv, at(found, "spec", "containers", 0, "name"), timeout=seconds)
        except LabFailure as refused:
            return Output(NOT_THERE, "", str(refused))
        return Output(done.code, done.out, done.err)


def address(node: Object) -> str:
    """A node's address in the cluster's network, empty where it has none."""
    return next((str(one["address"]) for one in at(node, "status", "addresses", default=()) if one["type"] == "InternalIP"), "")
