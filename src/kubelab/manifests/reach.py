"""What a scenario may change: its own namespace, and what is named after it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kubelab.client.kinds import BUILT_IN, Kind
from kubelab.errors import LabFailure

NAMESPACE = "NAMESPACE"
"""The word in a lab that stands for the scenario's namespace, which has another name each time."""
WORD = re.compile(rf"(?<!\w){NAMESPACE}(?!\w)")
OWNABLE = ("Namespace", "ClusterRole", "IngressClass")
"""Cluster-wide kinds that a scenario may create all the same: named after its namespace, they do not collide with others."""


def is_own(namespace: str, home: str) -> bool:
    """Whether a namespace belongs to a scenario: its `home`, or one that is named after it."""
    return namespace == home or is_named_after(namespace, home)


def is_named_after(name: str, home: str) -> bool:
    """Whether a name is that of the scenario's namespace, a dash, and more."""
    return bool(home) and name.startswith(f"{home}-")


def refuse_others(kind: str, name: str, home: str, found: Iterable[Kind]) -> None:
    """LabFailure where an object belongs to the whole cluster and is not a scenario's own; `found` are the kinds of that name."""
    wide = [one for one in found if not one.namespaced]
    ownable = all(one.kind in OWNABLE and one == BUILT_IN[one.kind] for one in wide)
    if wide and not (ownable and is_named_after(name, home)):
        remedy = f' It may have one of its own, with a name such as "{NAMESPACE}-{kind.lower()}".' if ownable else ""
        raise LabFailure(f'{kind} "{name}" belongs to the whole cluster; a scenario keeps to its own namespace.{remedy}')


def spelled(text: str, home: str) -> str:
    """A sentence with the scenario's namespace in place of the word NAMESPACE."""
    return WORD.sub(home, text)


def named_after(thing: Any, home: str) -> Any:
    """The same JSON with the scenario's namespace in each string that begins with NAMESPACE and a dash: a name of its own objects."""
    if isinstance(thing, str):
        return f"{home}{thing.removeprefix(NAMESPACE)}" if is_named_after(thing, NAMESPACE) else thing
    if isinstance(thing, Mapping):
        return {key: named_after(value, home) for key, value in thing.items()}
    return [named_after(item, home) for item in thing] if isinstance(thing, list) else thing
