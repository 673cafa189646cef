"""Values that the API server refuses without naming their field: found in the object by what its message says."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kubelab.client.fields import Keys
from kubelab.client.flow import flow

AMOUNTS = frozenset({"requests", "limits", "hard", "capacity", "min", "max", "default", "defaultRequest"})
QUANTITY = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?")


def suspects(message: str, body: Mapping[str, Any]) -> list[tuple[Keys, str]]:
    """Where in the object the values are that the message is about, and what to write."""
    return [found for sign, look in LOOKS if sign in message for found in look(body)]


def _quantities(body: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    for keys, value in _leaves(body):
        named = AMOUNTS.intersection(str(key) for key in keys[-2:-1]) or keys[-1:] == ("sizeLimit",)
        if named and not (QUANTITY.fullmatch(str(value)) and not isinstance(value, bool)):
            yield keys, f"cannot be {flow(value)}. Write an amount such as 500m, 0.5 or 128Mi."


def _fractions(body: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    for keys, value in _leaves(body):
        if isinstance(value, float) and not AMOUNTS.intersection(str(key) for key in keys[-2:-1]):
            yield keys, f"must be a whole number, not {flow(value)}."


def _data(body: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    for key, value in (body.get("data") or {}).items() if body.get("kind") == "Secret" else ():
        if not _is_base64(value):
            yield ("data", key), "is not base64. Write the text itself, under stringData in place of data."


LOOKS: tuple[tuple[str, Callable[[Mapping[str, Any]], Iterator[tuple[Keys, str]]]], ...] = (
    ("quantities must match", _quantities),
    ("unable to parse quantity", _quantities),
    ("cannot convert float64 to int", _fractions),
    ("illegal base64 data", _data),
)


def _is_base64(value: Any) -> bool:
    try:
        base64.b64decode("".join(str(value).split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _leaves(thing: Any, keys: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    if isinstance(thing, Mapping | list):
        for key, value in thing.items() if isinstance(thing, Mapping) else enumerate(thing):
            yield from _leaves(value, (*keys, key))
    else:
        yield keys, thing
