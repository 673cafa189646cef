"""What fields a kind has, by the API server's own OpenAPI: right for every version, and for custom kinds."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from kubelab.client.fields import Keys
from kubelab.client.kinds import Kind

NOT_DECLARED = frozenset({"status", "managedFields"})
Node = Mapping[str, Any]


@dataclass(frozen=True)
class Schema:
    """The schemas of an API version by their names, and that of one kind."""

    schemas: Mapping[str, Node]
    root: Node

    def at(self, keys: Keys) -> Node:
        """The schema of what is at these keys, empty where there is none."""
        node = self._plain(self.root)
        for key in keys:
            inner = node.get("items") if isinstance(key, int) else (node.get("properties") or {}).get(key, node.get("additionalProperties"))
            node = self._plain(inner if isinstance(inner, Mapping) else {})
        return node

    def has(self, keys: Keys) -> bool:
        """Whether an object of the kind can have something at these keys; True where the schema does not say."""
        for end, key in enumerate(keys):
            node = self.at(keys[:end])
            if not node or node.get("x-kubernetes-preserve-unknown-fields"):
                return True
            if isinstance(key, str) and "additionalProperties" not in node and key not in (node.get("properties") or {key: {}}):
                return False
        return True

    def fields(self, keys: Keys) -> Mapping[str, Node]:
        """The fields there, by name."""
        return self.at(keys).get("properties") or {}

    def homes(self, field: str, keys: Keys) -> list[str]:
        """Where else a field of that name is, such as "spec.template.spec": the nearest first, by steps up from these keys and down."""
        here = _dotted(keys)
        found = [home for home in self._parents(field) if home != here]
        return sorted(found, key=lambda home: (_steps(here, home), not _holds(here, home)))

    def maps_of_texts(self, keys: Keys) -> list[str]:
        """The fields there that are maps with arbitrary keys, such as `matchLabels`."""
        return [name for name, node in self.fields(keys).items() if isinstance(self._plain(node).get("additionalProperties"), Mapping)]

    def is_related(self, home: str, keys: Keys) -> bool:
        """Whether that place lies within these keys, or around them."""
        here = _dotted(keys)
        return _holds(home, here) or _holds(here, home)

    def _parents(self, field: str) -> Iterator[str]:
        root = self._plain(self.root)
        waiting: deque[tuple[str, Node, tuple[int, ...]]] = deque([("", root, (id(root),))])
        while waiting:
            path, node, above = waiting.popleft()
            properties = node.get("properties") or {}
            if field in properties:
                yield path
            for name, inner in properties.items():
                below = self._plain(self._plain(inner).get("items") or inner)
                if name not in NOT_DECLARED and id(below) not in above:  # a schema may have itself within it
                    waiting.append((f"{path}.{name}".lstrip("."), below, (*above, id(below))))

    def _plain(self, node: Node) -> Node:
        """The schema behind references."""
        while True:
            behind = node.get("$ref") or next((one["$ref"] for one in node.get("allOf") or () if "$ref" in one), None)
            if behind is None:
                return node
            node = self.schemas.get(str(behind).rpartition("/")[2], {})


def schema_of(document: Mapping[str, Any], kind: Kind) -> Schema | None:
    """The Schema of a kind in an OpenAPI v3 document, None where it has none."""
    wanted = {"group": kind.group, "version": kind.api_version.rpartition("/")[2], "kind": kind.kind}
    schemas = (document.get("components") or {}).get("schemas") or {}
    root = next((one for one in schemas.values() if wanted in one.get("x-kubernetes-group-version-kind", ())), None)
    return Schema(schemas, root) if root else None


def _dotted(keys: Keys) -> str:
    return ".".join(key for key in keys if isinstance(key, str))


def _steps(start: str, end: str) -> int:
    """How many keys are between two places, up and down again."""
    one, other = ([key for key in path.split(".") if key] for path in (start, end))
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return len(one) + len(other) - 2 * shared


def _holds(outer: str, inner: str) -> bool:
    return not outer or f"{inner}.".startswith(f"{outer}.")
