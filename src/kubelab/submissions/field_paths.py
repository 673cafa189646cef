"""The fields of an object that a pattern such as `spec.volumes[].hostPath` means, and what stands in the way of finding them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kubelab.client.fields import Keys


@dataclass(frozen=True)
class Field:
    """A field that is there: its keys and its value. `wanted` is "a list" or "a map" where it is none, so that nobody can look into it."""

    keys: Keys
    value: Any
    wanted: str = ""


def fields(thing: Any, pattern: str, above: Keys = ()) -> Iterator[Field]:
    """Every field that the pattern means: `[]` stands for each entry of a list. What is null is not there."""
    if thing is None:
        return
    first, _, rest = pattern.partition(".")
    if not pattern:
        yield Field(above, thing)
    elif first == "[]":
        yield from _entries(thing, rest, above)
    elif not isinstance(thing, Mapping):
        yield Field(above, thing, "a map")
    else:
        yield from fields(thing.get(first), rest, (*above, first))


def _entries(thing: Any, rest: str, above: Keys) -> Iterator[Field]:
    if not isinstance(thing, list):
        yield Field(above, thing, "a list")
        return
    for index, one in enumerate(thing):
        yield from fields(one, rest, (*above, index))
