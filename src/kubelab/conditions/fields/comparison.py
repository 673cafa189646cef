"""A partial object compared with a whole one: each place where they differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kubelab.client.flow import flow
from kubelab.conditions.fields.expectations import Absent, AtLeast, AtMost, LeftOut, Matches
from kubelab.conditions.same_image import same_image
from kubelab.manifests.quantities import amount, is_quantity

Path = tuple[str, ...]
EXPECTATIONS = Absent | AtLeast | AtMost | LeftOut | Matches
MERGE_KEYS: Mapping[str, tuple[str, ...]] = {
    "containers": ("name",),
    "initContainers": ("name",),
    "ephemeralContainers": ("name",),
    "containerStatuses": ("name",),
    "initContainerStatuses": ("name",),
    "env": ("name",),
    "volumes": ("name",),
    "volumeMounts": ("mountPath",),
    "imagePullSecrets": ("name",),
    "conditions": ("type",),
    "ownerReferences": ("uid",),
    "hostAliases": ("ip",),
    "ports": ("containerPort", "port"),
    "topologySpreadConstraints": ("topologyKey",),
}
"""Kubernetes' own merge keys for lists (patchMergeKey in its API)."""
WHOLE = frozenset({"command", "args"})
"""Lists that are compared as a whole: the same items in the same order."""
AMOUNTS = frozenset(
    {"requests", "limits", "capacity", "allocatable", "hard", "used", "min", "max", "default", "defaultRequest", "podFixed"}
)
"""Maps whose values are quantities."""
AMOUNT = frozenset({"sizeLimit", "divisor", "averageValue"})
"""Fields that are a quantity."""
LONGEST = 160


def differences(wanted: Any, found: Any, path: Path = ()) -> Iterator[str]:
    """Each place where they differ, one line each: "spec.replicas: wanted at least 3, found 2"."""
    if isinstance(wanted, EXPECTATIONS):
        if not wanted.fits(found):
            yield f"{_shown(path)}: {wanted.words}{_and_found(found)}"
    elif isinstance(wanted, Mapping):
        yield from _in_map(wanted, found, path)
    elif isinstance(wanted, list):
        yield from _in_list(wanted, found, path)
    elif not _equal(wanted, found, path):
        yield _line(path, wanted, found)


def _equal(wanted: Any, found: Any, path: Path) -> bool:
    """Equal, also in meaning for quantities and images: cpu "0.5" is "500m", nginx:1.14 is docker.io/library/nginx:1.14."""
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    if path[-1:] == ("image",) and isinstance(wanted, str) and isinstance(found, str):
        return same_image(found, wanted)
    quantities = _is_amount(path) and is_quantity(wanted) and is_quantity(found)
    return bool(wanted == found or (quantities and amount(wanted) == amount(found)))


def _is_amount(path: Path) -> bool:
    return bool(AMOUNTS.intersection(path[-2:-1]) or AMOUNT.intersection(path[-1:]))


def _in_map(wanted: Mapping[str, Any], found: Any, path: Path) -> Iterator[str]:
    """The differences in a map. An empty map wants the map to be there and empty; in a missing map, all fields may be absent."""
    if not wanted:
        if found != {}:
            yield _line(path, wanted, found)
    elif isinstance(found, Mapping):
        for key, value in wanted.items():
            yield from differences(value, found.get(key), (*path, str(key)))
    elif found is not None or any(any(differences(value, None)) for value in wanted.values()):
        yield _line(path, wanted, found)


def _in_list(wanted: Sequence[Any], found: Any, path: Path) -> Iterator[str]:
    if not isinstance(found, list) or (WHOLE.intersection(path[-1:]) and not _same(wanted, found, path)):
        yield _line(path, wanted, found)
        return
    for item in wanted:
        key = _merge_key(item, path)
        if key is not None:
            yield from _by_key(item, key, found, path)
        elif sum(not any(differences(item, one, path)) for one in found) < sum(item == other for other in wanted):
            yield f"{_shown(path)}: wanted {_short(item)} in it, found {_short(found)}"


def _same(wanted: Sequence[Any], found: Sequence[Any], path: Path) -> bool:
    return len(wanted) == len(found) and not any(any(differences(item, one, path)) for item, one in zip(wanted, found, strict=True))


def _by_key(item: Mapping[str, Any], key: str, found: Sequence[Any], path: Path) -> Iterator[str]:
    entry = f"[{key}={item[key]}]"
    where: Path = (*path[:-1], f"{path[-1]}{entry}")
    same = [one for one in found if isinstance(one, Mapping) and not any(differences(item[key], one.get(key)))]
    if not same:
        others = ", ".join(flow(one.get(key)) for one in found if isinstance(one, Mapping))
        yield f"{_shown(where)}: there is no such entry" + (f", only {others}" if others else "")
    elif all(any(differences(item, one, where)) for one in same):
        yield from differences(item, same[0], where)


def _merge_key(item: Any, path: Path) -> str | None:
    keys = MERGE_KEYS.get(path[-1], ()) if path else ()
    return next((key for key in keys if isinstance(item, Mapping) and key in item), None)


def _line(path: Path, wanted: Any, found: Any) -> str:
    return f"{_shown(path)}: wanted {_short(wanted)}{_and_found(found)}"


def _and_found(found: Any) -> str:
    return ", but it is not set" if found is None else f", found {_short(found)}"


def _shown(path: Path) -> str:
    return ".".join(path) or "the object"


def _short(value: Any) -> str:
    text = flow(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
