"""Everything seen, at one moment: what a condition looks at, live or in retrospect."""

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from kubelab.client.objects import Object
from kubelab.observation.changes import Change, Mark

Key = tuple[str, str, str]  # kind, namespace ("" for cluster-wide), name


@dataclass(frozen=True)
class View:
    """The objects at one version, and the changes that led to them.

    `listed` names the kinds whose first list has been seen: nothing is known of others.
    `left` is how many seconds the wait still has: for a look that takes time itself.
    """

    namespace: str
    objects_by_key: Mapping[Key, Object] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    now: float = 0.0
    since: Mark = field(default_factory=Mark)
    listed: AbstractSet[str] = frozenset()
    left: float = math.inf

    @property
    def before(self) -> "View":
        """The same just before the last When."""
        past = [c for c in self.changes if c.version <= self.since.version]
        return replace(self, objects_by_key=state_after(past), changes=past, now=self.since.time)

    def objects(self, kind: str, namespace: str | None = None) -> list[Object]:
        """All of a kind in the namespace (the scenario's by default) or cluster-wide, in order of first sight."""
        wanted = {self.namespace if namespace is None else namespace, ""}
        return [thing for (k, n, _), thing in self.objects_by_key.items() if k == kind and n in wanted]

    def find(self, kind: str, name: str, namespace: str | None = None) -> Object | None:
        """The object of that name, or None."""
        home = self.namespace if namespace is None else namespace
        return self.objects_by_key.get((kind, home, name)) or self.objects_by_key.get((kind, "", name))

    def has_had(self, kind: str, name: str | None = None) -> bool:
        """Whether an object of that kind (and name) is or was there, in the namespace or cluster-wide, since the scenario began."""
        return any(c.kind == kind and name in (None, c.name) and c.namespace in {self.namespace, ""} for c in self.changes)

    def history(self, kind: str | None = None, since: Mark | None = None) -> list[Change]:
        """The changes of a kind (of all, for None) after a mark (from the beginning, for None), oldest first."""
        start = 0 if since is None else since.version
        return [c for c in self.changes if c.version > start and kind in (None, c.kind)]


def state_after(changes: Iterable[Change]) -> dict[Key, Object]:
    """The objects that there are once all the changes have come, oldest first."""
    state = dict[Key, Object]()
    for change in changes:
        apply(state, change)
    return state


def apply(state: dict[Key, Object], change: Change) -> None:
    """Bring objects up to date with one change."""
    key = (change.kind, change.namespace, change.name)
    if change.type == "DELETED":
        state.pop(key, None)
    else:
        state[key] = change.object
