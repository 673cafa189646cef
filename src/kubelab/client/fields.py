"""Fields as the API server names them, found in the object that was sent: `.spec.containers[name="w"].env[0].value`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Keys = tuple[str | int, ...]
ENTRY = re.compile(r"\[(?:(\d+)|((?:[\w.]+=(?:\"[^\"]*\"|[^,\]]+),?)+)|([^\]]+))\]")
"""An index, an entry by its keys, or a key in brackets."""


def located(field: str, body: Any) -> tuple[Keys, str]:
    """The keys that lead to the field as far as they exist in the object, and the name of the rest ("" if all exist)."""
    keys, rest = list[str | int](), field.lstrip(".")
    while rest:
        step = _step(rest, body)
        if step is None:
            break
        key, taken = step
        keys.append(key)
        body, rest = body[key], rest[taken:].lstrip(".")
    return tuple(keys), rest


def value_at(body: Any, keys: Keys) -> Any:
    """The value there."""
    for key in keys:
        body = body[key]
    return body


def spelled(keys: Sequence[str | int]) -> str:
    """The keys as a person reads them: "spec.containers[0].image"."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")


def _step(rest: str, body: Any) -> tuple[str | int, int] | None:
    if isinstance(body, Mapping):
        return _key(rest, body)
    if isinstance(body, list) and body:
        entry = ENTRY.match(rest)
        if entry is None:  # Go's decoder names no index
            found = next((index for index, one in enumerate(body) if _step(rest, one)), None)
            return None if found is None else (found, 0)
        found = int(entry[1]) if entry[1] else next((index for index, one in enumerate(body) if _is_meant(entry[2] or "", one)), None)
        return (found, entry.end()) if found is not None and found < len(body) else None
    return None


def _key(rest: str, body: Mapping[str, Any]) -> tuple[str, int] | None:
    bracketed = ENTRY.match(rest)
    if bracketed and bracketed[0][1:-1] in body:
        return bracketed[0][1:-1], bracketed.end()
    fitting = [key for key in body if isinstance(key, str) and re.match(rf"{re.escape(key)}(?:$|[.\[])", rest)]
    return (max(fitting, key=len), len(max(fitting, key=len))) if fitting else None


def _is_meant(keys: str, entry: Any) -> bool:
    """Whether an entry has the keys `name="w",protocol="TCP"`; a key that it lacks has a default."""
    pairs = [one.split("=", 1) for one in re.findall(r"[\w.]+=(?:\"[^\"]*\"|[^,\]]+)", keys)]
    wanted = {key: value.strip('"') for key, value in pairs}
    return isinstance(entry, Mapping) and bool(wanted) and all(str(entry.get(key, value)) == value for key, value in wanted.items())
