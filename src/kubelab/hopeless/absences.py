"""Objects that are not there: whether anything can still make them."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kubelab.client.objects import Object, name
from kubelab.client.refusals import if_permitted
from kubelab.observation import View
from kubelab.waiting import Sighting

if TYPE_CHECKING:
    from kubelab.client import Client, Kind

WORKLOADS = ("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job", "CronJob")
MAKERS: Mapping[str, Sequence[str]] = {
    "Pod": WORKLOADS,
    "ReplicaSet": ("Deployment",),
    "Job": ("CronJob",),
    "PersistentVolumeClaim": ("StatefulSet",),
    **dict.fromkeys(("Deployment", "ReplicationController", "StatefulSet", "DaemonSet", "CronJob", "Service", "Ingress"), ()),
    **dict.fromkeys(("ConfigMap", "Secret", "IngressClass", "NetworkPolicy", "ClusterRole", "Role"), ()),
}
"""Of the kinds that a lab writes, which others' controllers make them; of any other kind nothing is known."""
OWN_GROUPS = frozenset({"", "apps", "batch", "autoscaling", "policy"})
"""The API groups of Kubernetes itself whose names do not end in k8s.io."""


def unmade(view: View, kind: str, wanted: str) -> Iterable[Sighting]:
    """That an object is not there since the last When, for the kinds whose makers are known."""
    if kind in MAKERS:
        yield Sighting(view.since.time, f"nothing here makes a {kind}", _meant(view, kind, wanted))


def may_come(client: "Client", view: View, about: Sequence[Object]) -> bool:
    """Whether the missing object is there after all, or something in its namespace may make it: custom resources may make anything.

    What Kubernetes' own controllers make begins with their object's name and a dash; a claim of a StatefulSet has both in its middle.
    """
    kind, wanted = str(about[-1].get("kind")), name(about[-1])
    if client.get(kind, wanted, view.namespace) is not None:
        return True
    if any(_there(client, one.kind, view.namespace) for one in client.kinds() if is_custom(one)):
        return True
    makers = (maker for known in MAKERS.get(kind, WORKLOADS) for maker in _there(client, known, view.namespace))
    return any(f"-{name(maker)}-" in f"-{wanted}" for maker in makers)


def _there(client: "Client", kind: str, namespace: str) -> list[Object]:
    """What there is of a kind; nothing of one that this account may not see: its makers are not the lab's."""
    return if_permitted(lambda: client.list(kind, namespace))


def is_custom(kind: "Kind") -> bool:
    """Whether it is not Kubernetes' own, so that nobody knows what its controller makes."""
    return kind.group not in OWN_GROUPS and not kind.group.endswith(".k8s.io")


def _meant(view: View, kind: str, wanted: str) -> str:
    """The object that a sentence may mean: of another kind, or with a name near to it; "" where there is none."""
    others = [key for key in view.objects_by_key if key[1] in {view.namespace, ""} and key[0] in MAKERS]
    same = next((other for other, _, known in others if known == wanted and other != kind), "")
    near = difflib.get_close_matches(wanted, [known for other, _, known in others if other == kind], 1)
    if same:
        return f'There is a {same} "{wanted}", but no {kind} of that name.'
    return f'There is a {kind} "{near[0]}": compare the names.' if near else ""
