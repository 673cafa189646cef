"""Reading raw Kubernetes objects: plain JSON as the API server sent it, never a model."""

from collections.abc import Mapping
from typing import Any

Object = Mapping[str, Any]


def name(thing: Object) -> str:
    """`metadata.name`."""
    return str(thing["metadata"].get("name", ""))


def namespace(thing: Object) -> str:
    """`metadata.namespace`, "" for what is cluster-wide."""
    return str(thing["metadata"].get("namespace", ""))


def uid(thing: Object) -> str:
    """`metadata.uid`: a replacement of the same name has another one."""
    return str(thing["metadata"].get("uid", ""))


def labels(thing: Object) -> Mapping[str, str]:
    """`metadata.labels`, empty where there are none."""
    return thing["metadata"].get("labels") or {}


def at(thing: Any, *path: str | int, default: Any = None) -> Any:
    """The value at a path of keys and indexes, `default` where any part of it is missing or null."""
    for key in path:
        try:
            thing = thing[key]
        except (KeyError, IndexError, TypeError):
            return default
    return default if thing is None else thing


def all_containers(spec: Object) -> list[Object]:
    """The init and app containers that a pod's spec declares."""
    return [*at(spec, "initContainers", default=()), *at(spec, "containers", default=())]


def all_statuses(pod: Object) -> list[Object]:
    """The statuses of a pod's init and app containers, empty before the kubelet has reported them."""
    return [*at(pod, "status", "initContainerStatuses", default=()), *at(pod, "status", "containerStatuses", default=())]


def condition(thing: Object, kind: str) -> Mapping[str, Any]:
    """The entry of `status.conditions` of that type, empty where it has not been set yet."""
    found: Mapping[str, Any] = next((c for c in at(thing, "status", "conditions", default=()) if c.get("type") == kind), {})
    return found


def is_true(thing: Object, kind: str) -> bool:
    """Whether that condition's status is "True"."""
    return condition(thing, kind).get("status") == "True"


def owner(thing: Object) -> Mapping[str, Any]:
    """The controlling owner reference, empty for an orphan."""
    found: Mapping[str, Any] = next((o for o in at(thing, "metadata", "ownerReferences", default=()) if o.get("controller")), {})
    return found


def version(thing: Object) -> int:
    """`metadata.resourceVersion`, which grows with every write of the object."""
    return int(thing["metadata"].get("resourceVersion") or 0)


def bare(thing: Object) -> Object:
    """The object without `managedFields`: half of its size, and no lab is about them."""
    metadata = {key: value for key, value in thing["metadata"].items() if key != "managedFields"}
    return {**thing, "metadata": metadata}
