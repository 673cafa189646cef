"""Where a command runs that a sentence of the lab needs: in a Pod, on a node, or outside the cluster."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kubelab.answers.replies import Unasked
from kubelab.client.objects import at
from kubelab.clusters.process import NOT_FOUND, TIMED_OUT
from kubelab.clusters.provider import Provider
from kubelab.conditions.in_words import absent
from kubelab.conditions.nodes import address, control_plane
from kubelab.errors import LabFailure, NotHere, SetupTrouble
from kubelab.observation import View
from kubelab.output import Output

if TYPE_CHECKING:
    from kubelab.client import Client

NOT_BEGUN = frozenset({125, 126, NOT_FOUND})
"""The exit codes of a container engine, and of a shell, for a command that could not be begun."""
NO_PROGRAM = re.compile(r"executable file not found|: not found$|no such file or directory", re.IGNORECASE | re.MULTILINE)
"""How a container runtime, and a shell, say that there is no such program."""
API_PORT = 6443
"""The port of the API server on the control plane's node, as kubeadm has it."""


class Place(Protocol):
    """A place as a sentence names it."""

    @property
    def words(self) -> str:
        """As in `from a node`."""

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """What a command says there, ended after `seconds`; why it could not be asked, where it was not begun or did not end."""

    def server(self, view: View) -> str:
        """The URL of the cluster's API server as it is reached from there: a place from which it answers can be asked for others."""

    @property
    def known_name(self) -> str:
        """A host name that the place resolves where its resolver works."""


@dataclass(frozen=True)
class FromANode:
    """On the node of that name; without one on the control plane's, where a person of the course types curl."""

    provider: Provider
    words: str = "from a node"
    known_name: str = "localhost"
    node: str = ""

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """Run it in the node itself; SetupTrouble where it has no such program."""
        node = self.node or str(at(control_plane(view.objects("Node")), "metadata", "name", default=""))
        if not node:
            return Unasked("no node of the control plane is known")
        return _ours(self.provider.execute(node, argv, timeout=seconds), argv, f'node "{node}"')

    def server(self, view: View) -> str:
        """At the node's own address."""
        return api_server(view)


@dataclass(frozen=True)
class FromOutside:
    """Outside the cluster, where its nodes' addresses can be reached and nothing else of it."""

    provider: Provider
    words: str = "from outside"
    known_name: str = "localhost"

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """Run it on this machine, or in a container beside the nodes; SetupTrouble where there is no such program."""
        output = self.provider.outside(argv, near=next(map(address, view.objects("Node")), ""), timeout=seconds)
        return _ours(output, argv, "the machine outside the cluster")

    def server(self, view: View) -> str:
        """At the address of the control plane's node."""
        return api_server(view)


@dataclass(frozen=True)
class FromAPod:
    """In the first container of a Pod of the scenario."""

    client: "Client"
    pod: str
    known_name: str = "kubernetes.default.svc.cluster.local"

    @property
    def words(self) -> str:
        """With the Pod's name."""
        return f'from Pod "{self.pod}"'

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """Run it in the Pod; one that cannot run commands yet, or has no such program, has a reason."""
        found = view.find("Pod", self.pod)
        if found is None:
            return Unasked(absent("Pod", self.pod, view.objects("Pod")), missing=("Pod", self.pod))
        try:
            output = self.client.execute(self.pod, view.namespace, argv, at(found, "spec", "containers", 0, "name"), timeout=seconds)
        except LabFailure as refused:
            return self._not_run(str(refused), argv)
        return self._not_run(output.tail, argv) if output.code in NOT_BEGUN else output

    def server(self, _view: View) -> str:
        """By the name that every Pod knows it by."""
        return "https://kubernetes.default.svc.cluster.local/version"

    def _not_run(self, said: str, argv: Sequence[str]) -> Unasked:
        if NO_PROGRAM.search(said):
            return Unasked(f'Pod "{self.pod}" has no program "{program(argv)}" to ask with: take a Pod whose image has it', final=True)
        return Unasked(f'Pod "{self.pod}" cannot be asked: {" ".join(said.split())}')


def program(argv: Sequence[str]) -> str:
    """The program that a command is about: that of a shell's script is curl, the only one that is run so."""
    return "curl" if argv[0] == "sh" else argv[0]


def api_server(view: View) -> str:
    """The URL of the API server at the address of the control plane's node, empty where no node is known; NotHere where none is such."""
    nodes = view.objects("Node")
    if nodes and not control_plane(nodes):
        raise NotHere("needs a node of the control plane, which answers where others do not; this cluster shows none")
    ip = address(control_plane(nodes))
    return url("https", ip, API_PORT, "/version") if ip else ""


def url(scheme: str, ip: str, port: int, path: str) -> str:
    """The URL of an address; one of IP version 6 stands in brackets (RFC 3986)."""
    return f"{scheme}://{f'[{ip}]' if ':' in ip else ip}:{port}{path}"


def _ours(output: Output, argv: Sequence[str], where: str) -> Output | Unasked:
    """What a command said on a node or on this machine; what is missing there is not the lab's fault."""
    if output.code in NOT_BEGUN and NO_PROGRAM.search(output.tail):
        raise SetupTrouble(f'There is no program "{program(argv)}" on {where}, which this sentence needs: {output.tail}')
    if output.code in NOT_BEGUN | {TIMED_OUT}:
        return Unasked(f"{where} cannot be asked: {' '.join(output.tail.split())}")
    return output
