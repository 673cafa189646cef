"""Partial objects: what of an object must be so, and a pruned difference when it is not."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import yaml

from kubelab.conditions.quantities import amount, is_quantity
from kubelab.errors import LabFailure

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
"""Kubernetes' own merge keys of lists (patchMergeKey in its API)."""

BARE_TAG = re.compile(r"(!absent)(?=[,}\]])")
"""YAML wants a space after a tag, which nobody writes in `{a: !absent}`."""


class Expectation(Protocol):
    """A value that judges instead of being equal."""

    def fits(self, found: Any) -> bool:
        """Whether what was found will do; None stands for nothing there."""


@dataclass(frozen=True)
class Absent:
    """`!absent`: the field is not there, or null."""

    def fits(self, found: Any) -> bool:
        """Whether there is nothing."""
        return found is None

    def __str__(self) -> str:
        return "absent"


@dataclass(frozen=True)
class AtLeast:
    """`!at-least 3`."""

    limit: float

    def fits(self, found: Any) -> bool:
        """Whether it is a number that large."""
        return _is_number(found) and found >= self.limit

    def __str__(self) -> str:
        return f"at least {self.limit:g}"


@dataclass(frozen=True)
class AtMost:
    """`!at-most 3`; nothing there counts as 0, as Kubernetes leaves zeros out of a status."""

    limit: float

    def fits(self, found: Any) -> bool:
        """Whether it is no number larger than that."""
        return found is None or (_is_number(found) and found <= self.limit)

    def __str__(self) -> str:
        return f"at most {self.limit:g}"


@dataclass(frozen=True)
class Matches:
    r"""`!matches "nginx:1\\\\..*"`: the whole text matches the regular expression."""

    pattern: str

    def fits(self, found: Any) -> bool:
        """Whether it is such a text."""
        return found is not None and re.fullmatch(self.pattern, str(found)) is not None

    def __str__(self) -> str:
        return f"matching {self.pattern}"


def parse(text: str) -> Any:
    """The partial object of a YAML text with the tags !absent, !at-least, !at-most and !matches; LabFailure where it is broken."""
    try:
        return yaml.load(BARE_TAG.sub(r"\1 ", text), Loader=_Loader)  # noqa: S506  (a SafeLoader with four tags of ours)
    except (yaml.YAMLError, ValueError, re.error) as error:
        raise LabFailure(
            f"The text after this sentence is no YAML object: {' '.join(str(error).split())}. Mend its indentation or tags."
        ) from error


def differences(wanted: Any, found: Any, path: str = "") -> Iterator[str]:
    """Each place where it is not so, one line each: "spec.replicas: wanted at least 3, found 2". A null says nothing."""
    if isinstance(wanted, Absent | AtLeast | AtMost | Matches):
        if not wanted.fits(found):
            yield _line(path, wanted, found)
    elif isinstance(wanted, Mapping):
        yield from _in_map(wanted, found, path)
    elif isinstance(wanted, list):
        yield from _in_list(wanted, found, path)
    elif wanted is not None and not _equal(wanted, found):
        yield _line(path, wanted, found)


def _equal(wanted: Any, found: Any) -> bool:
    """Equal, also as quantities: the API server writes the cpu "0.5" as "500m"."""
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    quantities = is_quantity(wanted) and isinstance(found, str) and is_quantity(found)
    return bool(wanted == found or (quantities and amount(wanted) == amount(found)))


def _in_map(wanted: Mapping[str, Any], found: Any, path: str) -> Iterator[str]:
    if not isinstance(found, Mapping):
        yield _line(path, wanted, found)
        return
    for key, value in wanted.items():
        yield from differences(value, found.get(key), f"{path}.{key}" if path else str(key))


def _in_list(wanted: Sequence[Any], found: Any, path: str) -> Iterator[str]:
    if not isinstance(found, list):
        yield _line(path, wanted, found)
        return
    for item in wanted:
        key = _merge_key(item, path)
        if key is not None:
            yield from _by_key(item, key, found, path)
        elif not any(not list(differences(item, one)) for one in found):
            yield _line(f"{path}[]", item, found)


def _by_key(item: Mapping[str, Any], key: str, found: Sequence[Any], path: str) -> Iterator[str]:
    where = f"{path}[{key}={item[key]}]"
    same = [one for one in found if isinstance(one, Mapping) and not list(differences(item[key], one.get(key)))]
    if not same:
        yield _line(where, "it", ", ".join(str(one.get(key)) for one in found if isinstance(one, Mapping)) or None)
    elif all(list(differences(item, one)) for one in same):
        yield from differences(item, same[0], where)


def _merge_key(item: Any, path: str) -> str | None:
    keys = MERGE_KEYS.get(path.rpartition(".")[2], ())
    return next((key for key in keys if isinstance(item, Mapping) and key in item), None)


def _line(path: str, wanted: Any, found: Any) -> str:
    return f"{path or 'the object'}: wanted {_short(wanted)}, found {'nothing' if found is None else _short(found)}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)


class _Loader(yaml.SafeLoader):
    """A SafeLoader that knows the four tags."""


def _number(make: Callable[[float], Any]) -> Callable[[yaml.SafeLoader, yaml.ScalarNode], Any]:
    return lambda loader, node: make(float(loader.construct_scalar(node)))


def _pattern(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Matches:
    pattern = str(loader.construct_scalar(node))
    re.compile(pattern)
    return Matches(pattern)


LONGEST = 160
_Loader.add_constructor("!absent", lambda _loader, _node: Absent())
_Loader.add_constructor("!at-least", _number(AtLeast))
_Loader.add_constructor("!at-most", _number(AtMost))
_Loader.add_constructor("!matches", _pattern)
