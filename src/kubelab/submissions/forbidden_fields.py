"""What no object of a submission may say, by kind: fields that lead out of its namespace, to its node, or past its end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

TEMPLATES = {
    "Pod": "",
    "PodTemplate": "template.",
    "CronJob": "spec.jobTemplate.spec.template.",
    **dict.fromkeys(
        ("DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"),
        "spec.template.",
    ),
}
"""Where the kinds that start Pods have the Pod: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/."""
VOLUMES = frozenset({"configMap", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"})
"""The kinds of volumes that lead nowhere but into the namespace."""
GRACE = 60
"""Seconds that a Pod may take to end."""
CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
TOKEN = "kubernetes.io/service-account-token"  # noqa: S105  (a type of Secret)


@dataclass(frozen=True)
class Rule:
    """A field, which values of it are not taken, and what a sentence says of them; an exercise tagged @allow:NAME takes them."""

    pattern: str
    says: str
    wrong: Callable[[Any], bool] = bool
    allow: str = ""


def rules(kind: str) -> Iterator[Rule]:
    """The rules for objects of a kind."""
    yield from OF_ALL
    yield from OF_KIND.get(kind, ())
    if kind in TEMPLATES:
        yield from (Rule(f"{TEMPLATES[kind]}{one.pattern}", one.says, one.wrong, one.allow) for one in OF_PODS)


def _is_strange(volume: Any) -> bool:
    """Whether a volume is of a kind that is not known to stay in the namespace; hostPath has a sentence of its own."""
    return not isinstance(volume, dict) or bool(volume.keys() - VOLUMES - {"name", "hostPath"})


def _is_long(seconds: Any) -> bool:
    return not isinstance(seconds, int) or seconds > GRACE


def _is_of_the_system(name: Any) -> bool:
    return str(name).startswith("system-")


FINALIZERS = "would keep the object from being deleted. Remove it."
OF_NODES = "shares what belongs to the node, which no submission may. Remove it."
OF_ALL = (
    Rule("metadata.namespace", "names a namespace, and each submission has a fresh one of its own. Remove metadata.namespace."),
    Rule("metadata.finalizers", FINALIZERS),
)
OF_KIND = {
    "Service": (
        Rule(
            "spec.externalIPs",
            "takes an address for the whole cluster, which this exercise does not ask for. Remove it.",
            bool,
            "externalIPs",
        ),
    ),
    "ServiceAccount": (Rule("automountServiceAccountToken", "gives Pods a token, which no submission may. Write false, or remove it."),),
    "Secret": (Rule("type", "has Kubernetes write a token, which no submission may. Write another type.", lambda value: value == TOKEN),),
    "StatefulSet": (Rule("spec.volumeClaimTemplates.[].metadata.finalizers", FINALIZERS),),
}
OF_PODS = (
    Rule("metadata.finalizers", FINALIZERS),
    *(Rule(f"spec.{field}", OF_NODES) for field in ("hostNetwork", "hostPID", "hostIPC")),
    Rule("spec.nodeName", "chooses the node past the scheduler, which this exercise does not ask for. Remove it.", bool, "nodeName"),
    Rule("spec.automountServiceAccountToken", "gives the Pod a token, which no submission may. Write false, or remove it."),
    Rule("spec.priorityClassName", "puts the Pod before all others. Remove it.", _is_of_the_system),
    Rule("spec.terminationGracePeriodSeconds", f"lets the Pod live on too long. Write at most {GRACE}.", _is_long),
    Rule("spec.volumes.[].hostPath", "reads the files of the node, which no submission may. Write emptyDir: {} in its place."),
    Rule("spec.volumes.[]", f"is not taken. A volume is one of {', '.join(sorted(VOLUMES))}.", _is_strange),
    Rule("spec.volumes.[].projected.sources.[].serviceAccountToken", "gives the Pod a token, which no submission may. Remove it."),
    *(
        Rule(
            f"spec.{containers}.[].securityContext.privileged",
            "gives the container all that the node may, which no submission may. Remove it.",
        )
        for containers in CONTAINERS
    ),
    *(
        Rule(f"spec.{containers}.[].ports.[].hostPort", "takes a port of the node. Remove it; containerPort is enough.")
        for containers in CONTAINERS
    ),
)
