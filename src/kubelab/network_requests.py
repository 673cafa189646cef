"""The requests of a scenario: the host names that it gave to nodes, the last request, and where it is made from."""

import base64
from collections.abc import Sequence
from contextlib import suppress

from kubelab.answers import targets
from kubelab.answers.asking import Asking
from kubelab.answers.http import Answer, Request
from kubelab.answers.places import FromANode, FromAPod, FromOutside, Place
from kubelab.answers.replies import Reply
from kubelab.answers.requests import is_answered
from kubelab.answers.series import Series
from kubelab.answers.targets import Target
from kubelab.client.objects import at, name
from kubelab.conditions import nodes
from kubelab.conditions.nodes import address
from kubelab.errors import LabFailure, NotHere
from kubelab.node_changes import workers
from kubelab.output import Output
from kubelab.scenario import Scenario
from kubelab.waiting import until

NAME_SERVERS = "kube-system"
"""The namespace of cluster DNS."""


def place_of(lab: Scenario, words: str) -> Place:
    """The place that a sentence names; where names are resolved, cluster DNS is watched too."""
    if words == "from a node":
        return FromANode(lab.provider)
    if words == "from outside":
        return FromOutside(lab.provider)
    with suppress(NotHere):  # it only tells more where names do not resolve
        lab.look_into(NAME_SERVERS, "Deployment", "Pod")
    return FromAPod(lab.client, words.split('"')[1])


def question(lab: Scenario, place: str, words: str, target: Target | None = None, authority: str = "") -> Asking:
    """A request that has not been made yet; `words` name its target in failures, by default its URL."""
    return Asking(Request(words, lab.network.hosts, authority=authority), target or targets.url(words), place_of(lab, place), words)


def ask(lab: Scenario, place: str, words: str, target: Target | None = None, authority: str = "") -> None:
    """Make a request; the next sentences are about its answer."""
    lab.network.last = question(lab, place, words, target, authority).made(lab.store.view())


def keep_asking(lab: Scenario, place: str, words: str) -> None:
    """Make a request again and again in the background, at most until the scenario's end; wait for the first answer."""
    lab.network.last = question(lab, place, words)
    until(lab, is_answered(lab.network.last))
    lab.network.series = Series(lab.network.last, lab.store.view)
    lab.undo.append(lab.network.series.end)


def asked_since(lab: Scenario) -> tuple[Asking, Sequence[Reply[Answer]]]:
    """The request that was made again and again, with each reply; LabFailure where there is none."""
    if lab.network.series is None:
        raise LabFailure("No sentence before this one keeps requesting anything.")
    return lab.network.series.asking, lab.network.series.ended()


def asked(lab: Scenario) -> Asking:
    """The last request; LabFailure where there is none."""
    if lab.network.last is None:
        raise LabFailure("No sentence before this one makes a request.")
    return lab.network.last


def name_worker(lab: Scenario, host: str) -> None:
    """Give a host name to a worker node that has none yet, or to the first one if all have; LabFailure without workers."""
    known = [address(one) for one in sorted(workers(lab.store.objects("Node")), key=name)]
    lab.network.hosts[host] = next((one for one in known if one not in lab.network.hosts.values()), known[0])


def address_of(lab: Scenario, host: str) -> str:
    """The address of a host name; LabFailure where no sentence gave it one."""
    if host not in lab.network.hosts:
        raise LabFailure(f'No sentence before this one says which node host "{host}" is: Given host "{host}" is a worker node')
    return lab.network.hosts[host]


def control_plane(lab: Scenario) -> str:
    """The name of the control plane's node, where students type their commands."""
    return name(nodes.control_plane(lab.store.objects("Node")))


def node_of(lab: Scenario, pod: str) -> str:
    """The name of a Pod's node; LabFailure where it has none yet."""
    found = at(lab.seen("Pod", pod), "spec", "nodeName")
    if not found:
        raise LabFailure(f'Pod "{pod}" has not been scheduled.')
    return str(found)


def read_on_every_node(lab: Scenario, line: str) -> None:
    """Run a program that only reads on each node; the scenario's output is everything that they printed, each after its node's name."""
    found = {node: lab.read_on(node, line) for node in _every_name(lab)}
    lab.output = Output(0, "".join(f"{node}:\n{output.out}\n" for node, output in found.items()), "")


def every_node(lab: Scenario) -> Sequence[Place]:
    """Each node, the control plane's too, as a place."""
    return [FromANode(lab.provider, f'on node "{node}"', node=node) for node in _every_name(lab)]


def ports_of_nodes(lab: Scenario, place: str, port: int) -> Sequence[Asking]:
    """A request to that port of each node; LabFailure where none is known."""
    if not lab.store.objects("Node"):
        raise LabFailure("No node of the cluster is known.")
    return [question(lab, place, f"{name(node)}:{port}", targets.of_node(node, port)) for node in lab.store.objects("Node")]


def certificate_of(lab: Scenario, secret: str) -> str:
    """The certificate (PEM) in a Secret of type kubernetes.io/tls."""
    held = at(lab.seen("Secret", secret), "data", "tls.crt")
    if not held:
        raise LabFailure(f'Secret "{secret}" holds no certificate (tls.crt).')
    return base64.b64decode(held).decode()


def _every_name(lab: Scenario) -> Sequence[str]:
    """The names of all nodes; LabFailure where there is none."""
    found = [name(node) for node in lab.store.objects("Node")]
    if not found:
        raise LabFailure("There is no node that could be asked.")
    return found
