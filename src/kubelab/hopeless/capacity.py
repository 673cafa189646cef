"""Whether a pod that fits on no node could fit once other pods end or a claim is there, or never."""

import re
from collections.abc import Iterable, Sequence

from kubelab.client import Client, Refused
from kubelab.client.objects import Object, at, condition, name, namespace, uid
from kubelab.conditions.controllers.daemon_sets import belongs
from kubelab.conditions.controllers.node_selectors import is_selected
from kubelab.conditions.family import is_ending
from kubelab.conditions.taints import untolerated
from kubelab.manifests import is_own
from kubelab.manifests.quantities import amount
from kubelab.observation import View

OWN = frozenset({"kube-system", "local-path-storage"})


CLAIM = re.compile(r'persistentvolumeclaim "([^"]+)" not found')
"""How the scheduler names a missing claim."""
UNMATCHED = re.compile(r"(\d+) node\(s\) didn't match Pod's node affinity/selector")
"""How it counts the nodes that the pod does not select."""


def may_fit_later(client: Client, home: str, _view: View, about: Sequence[Object]) -> bool:
    """Whether a claim that was missing exists by now, so that the scheduler tries again, or there may be room for the pods."""
    unseen = [claim for pod in about for claim in CLAIM.findall(_message(pod))]
    come = unseen and all(client.get("PersistentVolumeClaim", claim, home) is not None for claim in unseen)
    return bool(come) or may_have_room(client, home, about)


def may_have_room(client: Client, home: str, about: Sequence[Object]) -> bool:
    """Whether there will be room for the pods; an account that does not see the nodes cannot say that there never will."""
    try:
        return any(map(missing, about)) and _will_have_room(client, home, client.list("Node"), about)
    except Refused:
        return True


def why_it_will_fit(client: Client, home: str, _view: View, about: Sequence[Object]) -> str:
    """Why the scheduler will find a node for the pods, in words; "" where it will not, or the account does not see the nodes."""
    try:
        nodes = client.list("Node")
        if _will_have_room(client, home, nodes, about):
            return "it fits on a node without the Pods of other namespaces and those that are ending"
    except Refused:
        return ""
    return "a node has what it selects, which the scheduler has not seen yet" if _is_selected_by_now(nodes, about) else ""


def _is_selected_by_now(nodes: Sequence[Object], about: Sequence[Object]) -> bool:
    """Whether the scheduler told of more nodes than there are now that do not match a pod's node selector or affinity."""
    told = [(pod, int(found[1])) for pod in about if (found := UNMATCHED.search(_message(pod)))]
    return any(count > len([node for node in nodes if _is_unmatched(node, at(pod, "spec", default={}))]) for pod, count in told)


def _is_unmatched(node: Object, template: Object) -> bool:
    """The scheduler looks at a node's taints first."""
    return not is_selected(template, node) and not any(untolerated(node, at(template, "tolerations", default=())))


def _message(pod: Object) -> str:
    """What the scheduler says of a pod for which it found no node."""
    return str(condition(pod, "PodScheduled").get("message", ""))


def _will_have_room(client: Client, home: str, nodes: Sequence[Object], about: Sequence[Object]) -> bool:
    """Whether a node has enough of each resource that the scheduler says is missing, once other namespaces' pods and ending ones are gone.

    So it does where these are gone already, and the scheduler has yet to look again.
    """
    lacking = [(pod, resource) for pod in about for resource in missing(pod)]
    if not lacking:
        return False
    everyone = client.list("Pod", fields="status.phase!=Succeeded,status.phase!=Failed")
    staying = [pod for pod in everyone if (namespace(pod) in OWN or is_own(namespace(pod), home)) and not is_ending(pod)]
    return all(any(_has_room(node, pod, resource, staying) for node in nodes) for pod, resource in lacking)


def missing(pod: Object) -> list[str]:
    """The resources a pod waits for, as the scheduler names them: "Insufficient cpu" → "cpu"; "pods" for "Too many pods"."""
    text = _message(pod)
    found = re.findall(r"Insufficient ([\w./-]+\w)", text)
    return list(dict.fromkeys([*found, *(["pods"] if "Too many pods" in text else [])]))


def requested(pod: Object, resource: str) -> float:
    """What a pod's containers request together; every pod also takes 1 of "pods"."""
    if resource == "pods":
        return 1.0
    return sum(amount(at(one, "resources", "requests", resource, default="0")) for one in at(pod, "spec", "containers", default=()))


def _has_room(node: Object, pod: Object, resource: str, staying: Iterable[Object]) -> bool:
    beside = (one for one in staying if at(one, "spec", "nodeName") == name(node) and uid(one) != uid(pod))  # by now it may be there itself
    held = sum(requested(one, resource) for one in beside)
    enough = held + requested(pod, resource) <= amount(at(node, "status", "allocatable", resource, default="0"))
    return enough and belongs(at(pod, "spec", default={}), node)
