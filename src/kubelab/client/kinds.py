"""The kinds Kubernetes comes with: their API, their path, and which further kinds show their state."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from kubelab.errors import LabFailure

SHOWN = 100
"""Characters of a name in a message."""


@dataclass(frozen=True)
class Kind:
    """One kind of the API, "DaemonSet" of "apps/v1", served under "daemonsets".

    `aliases` are further names of it, such as "ds", and `categories` names that it shares with others, such as "all".
    """

    kind: str
    api_version: str
    plural: str
    namespaced: bool = True
    aliases: tuple[str, ...] = field(default=(), compare=False)
    categories: tuple[str, ...] = field(default=(), compare=False)

    @property
    def group(self) -> str:
        """The API group, "apps"; empty for the core one."""
        return self.api_version.rpartition("/")[0]

    def is_called(self, word: str) -> bool:
        """Whether the word means this kind to kubectl: a name (after a dot the group, version and group, or their start) or a category."""
        name, _, rest = word.lower().partition(".")
        if not name or name not in {self.plural, self.kind.lower(), *self.aliases}:
            return word in self.categories
        version = self.api_version.rpartition("/")[2]
        return self.group.startswith(rest) or f"{version}.{self.group}".startswith(rest)

    def path(self, namespace: str | None = None, name: str = "", part: str = "") -> str:
        """The URL path of a collection, an object, or a part of it such as "scale"; no namespace means all of them."""
        root = f"/apis/{self.api_version}" if "/" in self.api_version else f"/api/{self.api_version}"
        home = f"/namespaces/{_segment(namespace)}" if self.namespaced and namespace else ""
        return "/".join(filter(None, [f"{root}{home}/{self.plural}", _segment(name), part]))


Resolve = Callable[[str], Sequence[Kind]]
"""Finds the kinds that a word means to kubectl; none for an unknown word."""
SHORT = {
    "ConfigMap": "cm",
    "CronJob": "cj",
    "CustomResourceDefinition": "crd",
    "DaemonSet": "ds",
    "Deployment": "deploy",
    "Endpoints": "ep",
    "Event": "ev",
    "HorizontalPodAutoscaler": "hpa",
    "Ingress": "ing",
    "LimitRange": "limits",
    "Namespace": "ns",
    "NetworkPolicy": "netpol",
    "Node": "no",
    "PersistentVolume": "pv",
    "PersistentVolumeClaim": "pvc",
    "Pod": "po",
    "PodDisruptionBudget": "pdb",
    "PriorityClass": "pc",
    "ReplicaSet": "rs",
    "ReplicationController": "rc",
    "ResourceQuota": "quota",
    "Service": "svc",
    "ServiceAccount": "sa",
    "StatefulSet": "sts",
    "StorageClass": "sc",
}
"""The short names of built-in kinds."""


def _segment(name: str) -> str:
    """A name as one part of a path; LabFailure for one that would change the path (k8s.io/apimachinery's IsValidPathSegmentName)."""
    if name in {".", ".."} or "/" in name or "%" in name:
        raise LabFailure(f'"{name[:SHOWN]}" cannot be the name of an object: it has letters, digits, dashes and dots.')
    return quote(name, safe=":")


def _kinds(api_version: str, *names: str, namespaced: bool = True) -> dict[str, Kind]:
    return {name: Kind(name, api_version, _plural(name), namespaced, (SHORT.get(name, ""),)) for name in names}


def _plural(name: str) -> str:
    lower = name.lower()
    if lower.endswith("y"):
        return lower[:-1] + "ies"
    return lower + ("es" if lower.endswith("s") and lower != "endpoints" else "" if lower == "endpoints" else "s")


BUILT_IN = {
    **_kinds("v1", "Pod", "Service", "ConfigMap", "Secret", "ServiceAccount", "Event", "Endpoints", "PersistentVolumeClaim"),
    **_kinds("v1", "ReplicationController", "ResourceQuota", "LimitRange", "PodTemplate"),
    **_kinds("v1", "Node", "Namespace", "PersistentVolume", namespaced=False),
    **_kinds("apps/v1", "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ControllerRevision"),
    **_kinds("batch/v1", "Job", "CronJob"),
    **_kinds("autoscaling/v2", "HorizontalPodAutoscaler"),
    **_kinds("policy/v1", "PodDisruptionBudget"),
    **_kinds("discovery.k8s.io/v1", "EndpointSlice"),
    **_kinds("coordination.k8s.io/v1", "Lease"),
    **_kinds("networking.k8s.io/v1", "Ingress", "NetworkPolicy"),
    **_kinds("networking.k8s.io/v1", "IngressClass", namespaced=False),
    **_kinds("storage.k8s.io/v1", "StorageClass", namespaced=False),
    **_kinds("scheduling.k8s.io/v1", "PriorityClass", namespaced=False),
    **_kinds("rbac.authorization.k8s.io/v1", "Role", "RoleBinding"),
    **_kinds("rbac.authorization.k8s.io/v1", "ClusterRole", "ClusterRoleBinding", namespaced=False),
    **_kinds("apiextensions.k8s.io/v1", "CustomResourceDefinition", namespaced=False),
}


def built_in(word: str) -> list[Kind]:
    """The kinds among these that the word means to kubectl."""
    return [kind for kind in BUILT_IN.values() if kind.is_called(word)]


_COMPANIONS = {
    "Deployment": ("ReplicaSet", "Pod"),
    "ReplicaSet": ("Pod",),
    "ReplicationController": ("Pod",),
    "DaemonSet": ("Pod", "ControllerRevision", "Node"),
    "StatefulSet": ("Pod", "ControllerRevision", "PersistentVolumeClaim"),
    "Job": ("Pod",),
    "CronJob": ("Job", "Pod"),
    "Service": ("EndpointSlice", "Pod"),
    "Ingress": ("Service", "EndpointSlice", "Pod"),
}


def with_companions(kinds: Iterable[str]) -> list[str]:
    """The kinds to watch for these, in order: themselves, Pods, and what is needed to tell their state."""
    named = set(kinds)
    return sorted({"Pod", *named, *(companion for kind in named for companion in companions(kind))})


def companions(kind: str) -> tuple[str, ...]:
    """The kinds to watch beside one: those that it makes, and those that show its state."""
    return _COMPANIONS.get(kind, ())
