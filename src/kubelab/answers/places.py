"""Where a sentence's command runs: in a Pod, on a node, or outside the cluster."""

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
"""The exit codes of a container engine, and of a shell, for a command that could not be started."""
NO_PROGRAM = re.compile(r"executable file not found|: not found$|no such file or directory", re.IGNORECASE | re.MULTILINE)
"""How a container runtime, and a shell, say that a program does not exist."""
API_PORT = 6443
"""The port of the API server on the control plane's node, as kubeadm configures it."""


class Place(Protocol):
    """A place as a sentence names it."""

    @property
    def words(self) -> str:
        """The place in words, such as `from a node`."""

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """The output of a command there, ended after `seconds`; Unasked where it could not be started or did not end."""

    def server(self, view: View) -> str:
        """The URL of the cluster's API server from there: if it answers, the place can make other requests too."""

    @property
    def known_name(self) -> str:
        """A host name that the place resolves if its resolver works."""


@dataclass(frozen=True)
class FromANode:
    """On the node of that name; without one on the control plane's, where students type curl."""

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
        """By the node's own address."""
        return api_server(view)


@dataclass(frozen=True)
class FromOutside:
    """Outside the cluster, where only its nodes' addresses can be reached."""

    provider: Provider
    words: str = "from outside"
    known_name: str = "localhost"

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """Run it on this machine, or in a container beside the nodes; SetupTrouble where there is no such program."""
        output = self.provider.outside(argv, near=next(map(address, view.objects("Node")), ""), timeout=seconds)
        return _ours(output, argv, "the machine outside the cluster")

    def server(self, view: View) -> str:
        """By the address of the control plane's node."""
        return api_server(view)


@dataclass(frozen=True)
class FromAPod:
    """In the first container of a Pod of the scenario."""

    client: "Client"
    pod: str
    known_name: str = "kubernetes.default.svc.cluster.local"

    @property
    def words(self) -> str:
        """The Pod's name in words."""
        return f'from Pod "{self.pod}"'

    def run(self, view: View, argv: Sequence[str], seconds: float) -> Output | Unasked:
        """Run it in the Pod; Unasked with the reason where it cannot run commands yet, or lacks the program."""
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
    """The program that a command runs: in a shell's script it is curl, the only one that is run so."""
    return "curl" if argv[0] == "sh" else argv[0]


def api_server(view: View) -> str:
    """The URL of the API server by the control plane's node, empty while no node is known; NotHere where no node is a control plane."""
    nodes = view.objects("Node")
    if nodes and not control_plane(nodes):
        raise NotHere("needs a node of the control plane, which answers where others do not; this cluster shows none")
    ip = address(control_plane(nodes))
    return url("https", ip, API_PORT, "/version") if ip else ""


def url(scheme: str, ip: str, port: int, path: str) -> str:
    """The URL of an address; one of IP version 6 is in brackets (RFC 3986)."""
    return f"{scheme}://{f'[{ip}]' if ':' in ip else ip}:{port}{path}"


def _ours(output: Output, argv: Sequence[str], where: str) -> Output | Unasked:
    """The output of a command on a node or on this machine; a program that is missing there is not the lab's fault."""
    if output.code in NOT_BEGUN and NO_PROGRAM.search(output.tail):
        raise SetupTrouble(f'There is no program "{program(argv)}" on {where}, which this sentence needs: {output.tail}')
    if output.code in NOT_BEGUN | {TIMED_OUT}:
        return Unasked(f"{where} cannot be asked: {' '.join(output.tail.split())}")
    return output
