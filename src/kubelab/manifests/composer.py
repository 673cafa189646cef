"""YAML's nodes, within limits: a text that grows, nests or repeats itself beyond any manifest is refused with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml

DEPTH = 100
"""Lists and maps within each other; the schemas of CustomResourceDefinitions, the deepest there are, have about 40."""
TOO_DEEP = f"lists and maps are nested more than {DEPTH} deep, as those of no object are. Close those that were meant to be closed."
ITSELF = "this alias contains itself. Write out what is meant."


@dataclass(frozen=True)
class Limits:
    """How large a manifest may be: `size` counts MB of text and thousands of documents; `is_fixed` where nobody can allow more."""

    size: float = 1.0
    is_fixed: bool = False

    @property
    def characters(self) -> int:
        """Of a text, and of all its values with the aliases written out."""
        return int(self.size * 1_000_000)

    @property
    def documents(self) -> int:
        """Of a text, empty ones too."""
        return int(self.size * 1000)

    @property
    def nodes(self) -> int:
        """Keys, values, lists and maps with the aliases written out: a manifest has one in 10 to 20 characters."""
        return int(self.size * 100_000)


LIMITS = Limits()
"""What a manifest may have where no setting says otherwise."""


class TooMuch(yaml.MarkedYAMLError):
    """YAML that is larger or deeper than what is read."""

    def __init__(self, problem: str, mark: yaml.Mark) -> None:
        super().__init__(None, None, problem, mark)


class _Extent(NamedTuple):
    """How large a node is with its aliases written out."""

    nodes: int
    characters: int
    height: int


class Composer(yaml.CSafeLoader):
    """Libyaml's composer, which tells where each node begins and ends by the two methods that path resolvers were meant for."""

    def __init__(self, text: str, limits: Limits = LIMITS) -> None:
        super().__init__(text)
        self.limits, self.nodes, self.depth = limits, 0, 0
        self.has_aliases = "&" in text and "*" in text

    def descend_resolver(self, parent: yaml.Node | None, _index: object) -> None:
        """A node begins within its parent."""
        self.nodes += 1
        self.depth += 1
        if parent and self.depth > DEPTH:
            raise TooMuch(TOO_DEEP, parent.start_mark)
        if parent and self.nodes > self.limits.nodes:
            raise TooMuch(_too_large(self.limits), parent.start_mark)

    def ascend_resolver(self) -> None:
        """It ends."""
        self.depth -= 1

    def get_node(self) -> yaml.Node | None:
        """The next document."""
        return self._judged(super().get_node())

    def get_single_node(self) -> yaml.Node | None:
        """The only document."""
        return self._judged(super().get_single_node())

    def _judged(self, node: yaml.Node | None) -> yaml.Node | None:
        if node and self.has_aliases:
            _extent(node, self.limits, {})
        return node


def _extent(node: yaml.Node, limits: Limits, known: dict[int, _Extent | None]) -> _Extent:
    """How large the node is; TooMuch where that is over the limits. What an alias names was met before it: it is known, or contains it."""
    if id(node) in known:
        found = known[id(node)]
        if found is None:
            raise TooMuch(ITSELF, node.start_mark)
        return found
    known[id(node)] = None
    inner = [_extent(child, limits, known) for child in _children(node)]
    own = len(node.value) if isinstance(node, yaml.ScalarNode) else 0
    height = 1 + max((one.height for one in inner), default=0)
    extent = _Extent(1 + sum(one.nodes for one in inner), own + sum(one.characters for one in inner), height)
    if extent.nodes > limits.nodes or extent.characters > limits.characters:
        raise TooMuch(_too_large(limits, aliases=True), node.start_mark)
    if extent.height > DEPTH:
        raise TooMuch(TOO_DEEP, node.start_mark)
    known[id(node)] = extent
    return extent


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from child if isinstance(child, tuple) else (child,)


def _too_large(limits: Limits, *, aliases: bool = False) -> str:
    found = "the aliases (*name) in here stand for" if aliases else "there are"
    return f"{found} more than the {limits.nodes} values, or {limits.characters} characters, that are read. {larger(limits)}"


def larger(limits: Limits) -> str:
    """What to do about a manifest that is too large."""
    return "Write less." if limits.is_fixed else f"Divide the file, or allow more: --lab-manifest-limit {limits.size * 10:g}"
