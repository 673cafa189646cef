"""What makes a YAML map a Kubernetes object: apiVersion, kind and a name."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from kubelab.client.flow import flow
from kubelab.client.likeness import nearest

Mistake = tuple[tuple[str, ...], str]
"""The keys to what is wrong, and a sentence."""
LONGEST = 100
"""Characters of a value in a message, and how many keys are searched for the one that was meant."""
TOP = {"apiVersion": "", "kind": "", "metadata": ""}


def mistake(body: Any) -> Mistake | None:
    """The first thing that an object cannot have, or that every object has and this one lacks."""
    if not isinstance(body, Mapping):
        return (), f'this is not a Kubernetes object, but {_sort(body)}. Begin with "apiVersion:" and "kind:" at the left edge.'
    return next(filter(None, (_head(body, key) for key in ("apiVersion", "kind"))), None) or _below(body)


def is_list(body: Mapping[str, Any]) -> bool:
    """Whether it is a list of objects: for kubectl, that is anything with `items`, or whose kind is List."""
    return body.get("items") is not None or str(body.get("kind")) == "List"


def _below(body: Mapping[str, Any]) -> Mistake | None:
    if is_list(body):
        items = body.get("items")
        return None if items is None or isinstance(items, list) else (("items",), "items must be a list.")
    metadata = body.get("metadata")
    if metadata is None:
        return _missing(body, "metadata", "metadata is missing, and with it the name of the object. Write metadata: {name: ...}.")
    if not isinstance(metadata, Mapping):
        return ("metadata",), f"metadata must be a map of fields, not {_shown(metadata)}. Write metadata: {{name: ...}}."
    return _named(metadata)


def _named(metadata: Mapping[str, Any]) -> Mistake | None:
    for key in ("name", "generateName", "namespace"):
        if metadata.get(key) is not None and not isinstance(metadata[key], str):
            return (
                "metadata",
                key,
            ), f"metadata.{key} must be a string, and {_shown(metadata[key])} is not one without quotes. Put quotes around it."
    if not metadata.get("name") and not metadata.get("generateName"):
        return ("metadata", "name"), "metadata.name is missing or empty: every object needs a name."
    return None


def _head(body: Mapping[str, Any], key: str) -> Mistake | None:
    value = body.get(key)
    if not value:
        return _missing(
            body, key, f'this is not a Kubernetes object: it needs "apiVersion" and "kind" at its left edge, and {key} is missing.'
        )
    return None if isinstance(value, str) else ((key,), f"{key} must be a string, not {_shown(value)}.")


def _missing(body: Mapping[str, Any], key: str, otherwise: str) -> Mistake:
    """What is missing, or the misspelt key for it."""
    unknown = [one for one in islice(map(str, body), LONGEST) if one not in TOP and nearest(one, TOP)[:1] == [key]]
    return ((unknown[0],), f'{unknown[0]} is not a field of an object. Did you mean "{key}"?') if unknown else ((), otherwise)


def _sort(body: Any) -> str:
    return "a list" if isinstance(body, list) else "a string" if isinstance(body, str) else _shown(body)


def _shown(value: Any) -> str:
    text = flow(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
