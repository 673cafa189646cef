"""Encloses the namespace of a submission: quota, limits, traffic, and a Role for its account, in force before it acts there."""

from collections.abc import Collection, Iterable, Iterator
from importlib.resources import files
from ipaddress import ip_address
from typing import TYPE_CHECKING

from kubelab import durations, manifests
from kubelab.client import Refused
from kubelab.client.kinds import Kind, companions
from kubelab.client.knocking import knock
from kubelab.client.objects import Object, at
from kubelab.client.refusals import if_permitted
from kubelab.errors import SetupTrouble

if TYPE_CHECKING:
    from kubelab.client import Client

FILE = "enclosure.yaml"
NAME = "kubelab-submission"
"""What everything that encloses a submission is called, the Role among them."""
SUBMISSION = "kubelab/submission"
"""The label of a namespace to which the policies for submissions apply."""
LABELS = {"nodeName": "kubelab/allow-node-name", "externalIPs": "kubelab/allow-external-ips"}
"""The labels by which the policies know what an exercise allows."""
LIMITS = "limits"
"""With this allowed, containers get no limits that they do not set."""
MADE = frozenset({"Job", "PersistentVolumeClaim", "Pod", "ReplicaSet"})
"""The kinds that come with others, and that may be changed where those may."""
TOLD = frozenset({"ControllerRevision", "Endpoints", "EndpointSlice", "Event", "Lease"})
"""The kinds in which only Kubernetes itself says something."""
CHANGES = ("get", "list", "watch", "create", "update", "patch", "delete")
POLICY = "ValidatingAdmissionPolicy 'kubelab-submissions'"
"""How the API server says who refused."""
POD: Object = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": NAME},
    "spec": {"containers": [{"name": "main", "image": "busybox"}]},
}
"""A Pod that is let in; nobody makes it."""
LIMIT = 30.0
"""Seconds until all of it must be in force."""
PAUSE = 0.05
"""Seconds between two tries."""


def labels(allowed: Collection[str]) -> dict[str, str]:
    """The labels of a submission's namespace; `allowed` are the names of what its exercise allows (@allow:NAME)."""
    return {SUBMISSION: "true", **{LABELS[name]: "true" for name in allowed if name in LABELS}}


def enclose(client: "Client", namespace: str, kinds: Iterable[str], allowed: Collection[str]) -> str:
    """Enclose a namespace with these labels; the name of the Role in it, whose rights are to change objects of these kinds.

    LabFailure for a kind that the cluster does not know, SetupTrouble where the enclosure does not come into force.
    """
    known = [client.kind(kind) for kind in sorted(changed(kinds))]
    for body in _bodies(client, known, allowed):
        client.apply(body, namespace)
    _await_force(client, namespace, is_limited=LIMITS not in allowed)
    return NAME


def changed(kinds: Iterable[str]) -> set[str]:
    """The kinds whose objects a submission may change: Pods, those that are named, and those that come with them."""
    named = {"Pod", *kinds}
    return (named | {one for kind in named for one in companions(kind) if one in MADE}) - TOLD


def rights(kinds: Iterable[Kind]) -> Iterator[dict[str, list[str]]]:
    """The rules by which objects of these kinds may be changed and scaled; those that belong to the whole cluster are left out."""
    for kind in kinds:
        if kind.namespaced:
            yield {"apiGroups": [kind.group], "resources": [kind.plural, f"{kind.plural}/scale"], "verbs": [*CHANGES]}


def peers(client: "Client") -> list[Object]:
    """The nodes by their addresses within the cluster, as a NetworkPolicy names them; none for a run that may not list nodes."""
    nodes = if_permitted(lambda: client.list("Node"))
    told = [one for node in nodes for one in at(node, "status", "addresses", default=())]
    within = [ip_address(one["address"]) for one in told if one.get("type") == "InternalIP"]
    return [{"ipBlock": {"cidr": f"{one}/{one.max_prefixlen}"}} for one in within]


def _bodies(client: "Client", kinds: Iterable[Kind], allowed: Collection[str]) -> Iterator[Object]:
    """The objects of the file, with what is added to them."""
    text = files("kubelab.containment").joinpath(FILE).read_text(encoding="utf-8")
    for body in (one.body for one in manifests.parse(text, FILE)):
        if body["kind"] == "NetworkPolicy":
            [rule] = body["spec"]["egress"]
            yield {**body, "spec": {**body["spec"], "egress": [{"to": [*rule["to"], *peers(client)]}]}}
        elif body["kind"] == "Role":
            yield {**body, "rules": [*body["rules"], *rights(kinds)]}
        elif body["kind"] != "LimitRange" or LIMITS not in allowed:
            yield body


def _await_force(client: "Client", namespace: str, *, is_limited: bool) -> None:
    """Return once the API server does as it was told: of some of it, it learns by watches that announce nothing."""
    lacking = knock(lambda: _lacking(client, namespace, is_limited=is_limited), bool, LIMIT, PAUSE)
    if lacking:
        raise SetupTrouble(
            f'The API server does not keep the submission in its namespace "{namespace}" within {durations.short(LIMIT)}: {lacking}\n'
            f"See what is there: kubectl get validatingadmissionpolicy; kubectl -n {namespace} get resourcequotas,limitranges -o yaml"
        )


def _lacking(client: "Client", namespace: str, *, is_limited: bool) -> str:
    """What is not yet as it must be, "" where all is: a Pod is let in, with limits, and one with a token is not."""
    pod, refusal = _tried(client, namespace, {})
    if refusal or (is_limited and not at(pod, "spec", "containers", 0, "resources", "limits")):
        return refusal or "its Pods get no limits"
    _, refusal = _tried(client, namespace, {"automountServiceAccountToken": True})
    return "" if POLICY in refusal else refusal or "it lets in a Pod with a token"


def _tried(client: "Client", namespace: str, fields: Object) -> tuple[Object, str]:
    """What the API server would make of a Pod with these fields in its spec, and why it refuses it."""
    try:
        return client.rehearse({**POD, "spec": {**POD["spec"], **fields}}, namespace), ""
    except Refused as refused:
        return {}, refused.message
