"""Missing objects: whether anything can still create them."""

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
"""For the kinds that a lab writes itself, the kinds whose controllers create them; nothing is known of any other kind."""
OWN_GROUPS = frozenset({"", "apps", "batch", "autoscaling", "policy"})
"""The API groups of Kubernetes itself whose names do not end in k8s.io."""


def unmade(view: View, kind: str, wanted: str) -> Iterable[Sighting]:
    """An object that has been missing since the last When, of a kind whose creators are known."""
    if kind in MAKERS:
        yield Sighting(view.since.time, f"nothing here creates a {kind}", _meant(view, kind, wanted))


def may_come(client: "Client", view: View, about: Sequence[Object]) -> bool:
    """Whether the missing object exists after all, or something in its namespace may create it: custom resources may create anything.

    Names that Kubernetes' own controllers give begin with their object's name and a dash; in a StatefulSet's claims, that is in the middle.
    """
    kind, wanted = str(about[-1].get("kind")), name(about[-1])
    if client.get(kind, wanted, view.namespace) is not None:
        return True
    if any(_there(client, one.kind, view.namespace) for one in client.kinds() if is_custom(one)):
        return True
    makers = (maker for known in MAKERS.get(kind, WORKLOADS) for maker in _there(client, known, view.namespace))
    return any(f"-{name(maker)}-" in f"-{wanted}" for maker in makers)


def _there(client: "Client", kind: str, namespace: str) -> list[Object]:
    """The objects of a kind; none of a kind that this account may not list: those are not the lab's."""
    return if_permitted(lambda: client.list(kind, namespace))


def is_custom(kind: "Kind") -> bool:
    """Whether it is a custom kind: it is not known what its controller creates."""
    return kind.group not in OWN_GROUPS and not kind.group.endswith(".k8s.io")


def _meant(view: View, kind: str, wanted: str) -> str:
    """The object that a sentence may mean: of another kind, or with a similar name; "" where there is none."""
    others = [key for key in view.objects_by_key if key[1] in {view.namespace, ""} and key[0] in MAKERS]
    same = next((other for other, _, known in others if known == wanted and other != kind), "")
    near = difflib.get_close_matches(wanted, [known for other, _, known in others if other == kind], 1)
    if same:
        return f'There is a {same} "{wanted}", but no {kind} of that name.'
    return f'There is a {kind} "{near[0]}": compare the names.' if near else ""
