"""The size of the Pods that a manifest declares: what they request of a node."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from kubelab.manifests.documents import Document


def requesting(documents: Sequence[Document], resource: str, quantity: str) -> list[Document]:
    """The documents, with the first container of each Pod requesting that amount of a resource, and of others the same as before."""
    return [Document(_sized(document.body, resource, quantity), document.where) for document in documents]


def _sized(body: Mapping[str, Any], resource: str, quantity: str) -> dict[str, Any]:
    sized = deepcopy(dict(body))
    for container in (sized.get("spec") or {}).get("containers", ())[:1] if sized.get("kind") == "Pod" else ():
        container["resources"] = {**container.get("resources", {}), "requests": _with(container, resource, quantity)}
    return sized


def _with(container: Mapping[str, Any], resource: str, quantity: str) -> dict[str, Any]:
    return {**container.get("resources", {}).get("requests", {}), resource: quantity}
