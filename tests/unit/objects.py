"""Kubernetes objects as the API server sends them, as short as a test needs them."""

from itertools import count
from typing import Any

VERSIONS = count(1000)


def thing(kind: str, name: str, *, uid: str = "", owner: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """An object of a kind in the namespace "lab", newer than all made before; keyword arguments are its other top-level fields."""
    metadata: dict[str, Any] = {"name": name, "namespace": "lab", "uid": uid or f"uid-{name}", "resourceVersion": str(next(VERSIONS))}
    metadata |= fields.pop("metadata", {})
    if owner is not None:
        reference = {"kind": owner["kind"], "name": owner["metadata"]["name"], "uid": owner["metadata"]["uid"], "controller": True}
        metadata["ownerReferences"] = [reference]
    return {"kind": kind, "metadata": metadata, **fields}


def pod(
    name: str = "web", *, ready: bool = False, node: str = "", phase: str = "", waiting: str = "", image: str = "nginx:1.14", **more: Any
) -> Any:
    """A pod with one container "main"; `waiting` is its waiting reason, with the message "because"."""
    state = {"waiting": {"reason": waiting, "message": "because"}} if waiting else {"running": {}} if ready else {}
    spec = {"containers": [{"name": "main", "image": image}], **({"nodeName": node} if node else {})}
    status = {
        "phase": phase or ("Running" if ready else "Pending"),
        "conditions": [{"type": "Ready", "status": "True" if ready else "False"}],
        "containerStatuses": [{"name": "main", "image": image, "ready": ready, "restartCount": more.pop("restarts", 0), "state": state}],
    }
    status |= more.pop("status", {})
    return thing("Pod", name, spec=spec | more.pop("spec", {}), status=status, **more)


def ending(item: dict[str, Any]) -> dict[str, Any]:
    """The same object, asked to end."""
    return changed(item, metadata={"deletionTimestamp": "2026-01-01T00:00:00Z"})


def changed(item: dict[str, Any], **fields: dict[str, Any]) -> dict[str, Any]:
    """The same object, newer, with top-level maps updated."""
    new = item | {key: {**item.get(key, {}), **value} for key, value in fields.items()}
    new["metadata"] = {**new["metadata"], "resourceVersion": str(next(VERSIONS))}
    return new
