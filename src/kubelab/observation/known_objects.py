"""The objects that watches have told of, each in its newest version, and which of them are gone."""

from kubelab.client import objects
from kubelab.client.objects import Object
from kubelab.observation.changes import Change, ChangeType
from kubelab.observation.view import Key, apply


class KnownObjects:
    """The objects of one scenario by kind, namespace and name. Not thread-safe by itself: the store guards it."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Object] = {}
        self._gone: set[str] = set()

    def take(self, change: Change) -> None:
        """Take over a change that is news."""
        apply(self.by_key, change)

    def is_news(self, change: ChangeType, thing: Object, before: Object | None) -> bool:
        """Whether a change is new: a watch and a list may tell the same twice and in any order."""
        if change == "DELETED":
            self._gone.add(objects.uid(thing))
            return before is not None and objects.uid(before) == objects.uid(thing)
        if before is None or objects.uid(before) != objects.uid(thing):
            return objects.uid(thing) not in self._gone
        return objects.version(thing) > objects.version(before)

    def has(self, thing: Object) -> bool:
        """Whether an answer of the API server is known: the object in this version or a newer one, or its deletion."""
        if thing.get("kind") == "Status":  # the answer to a deletion that is already done
            return all(objects.uid(known) != objects.at(thing, "details", "uid") for known in self.by_key.values())
        if objects.uid(thing) in self._gone:
            return True
        known = self.by_key.get((str(thing.get("kind", "")), objects.namespace(thing), objects.name(thing)))
        return known is not None and objects.uid(known) == objects.uid(thing) and objects.version(known) >= objects.version(thing)
