"""Secrets as people write them: the API server stores `stringData` in `data`, in base64."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from kubelab.client.objects import Object


def written(secret: Object) -> Object:
    """The Secret with its data also as `stringData`, decoded; data that is not text is marked so."""
    data = secret.get("data") or {}
    return {**secret, "stringData": {key: _decoded(value) for key, value in data.items()}} if data else secret


def kept(wanted: Any) -> Any:
    """What is wanted of a Secret, with its base64 as the API server writes it: without line ends."""
    if not isinstance(wanted, Mapping) or not isinstance(wanted.get("data"), Mapping):
        return wanted
    return {**wanted, "data": {key: "".join(value.split()) if isinstance(value, str) else value for key, value in wanted["data"].items()}}


def declared(secret: Object) -> Object:
    """A Secret as its manifest means it: `stringData` overrides `data`."""
    own = secret.get("stringData") or {}
    data = {key: value for key, value in (secret.get("data") or {}).items() if key not in own}
    rest = {key: value for key, value in secret.items() if key != "data"}
    return {**rest, "data": data} if data else rest


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value).decode()
    except (binascii.Error, UnicodeDecodeError):
        return f"bytes that are not text (in base64: {value})"
