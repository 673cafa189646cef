"""YAML as Kubernetes reads it, and what it would let through without a word refused with its place."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

DOUBLE, SINGLE = "\u201c\u201d\u201e", "\u2018\u2019"
CURLY = re.compile(f"[{DOUBLE}].*|[{SINGLE}].*[{SINGLE}]", re.DOTALL)
"""A text that begins with a double curly quote, or stands between single ones: quotes that a word processor made."""
STRANGE = frozenset(DOUBLE + SINGLE + "\u00a0")
"""Characters that a copied text may have, and that YAML takes for letters."""
DIGITS = frozenset("-+0123456789")
CLOCK = re.compile(r"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$")
TAG = "tag:yaml.org,2002:"
UNSENDABLE = ("binary", "omap", "pairs", "set")
"""YAML's types that JSON has not."""


class Loader(yaml.CSafeLoader):
    """A key written twice is a mistake, as are curly quotes around a value; a date and a time of day are texts."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  (yaml's own)
        """The map of a node; a key written twice is told with both places."""
        keys = dict[str, yaml.Node]()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _wrong(key, "a key is a text, not a map or a list. Put quotes around a text with { or [")
            if key.value in keys and key.value != "<<":
                raise Twice(keys[key.value], key)
            keys[key.value] = key
        return super().construct_mapping(node, deep)


class Twice(yaml.constructor.ConstructorError):
    """A key that a map has twice."""

    def __init__(self, first: yaml.Node, second: yaml.Node) -> None:
        super().__init__(None, None, f'the key "{second.value}" is written twice', second.start_mark)
        self.first, self.key = first.start_mark, str(second.value)


class Misread(yaml.constructor.ConstructorError):
    """What YAML takes for something else than was meant."""


def strange(node: yaml.Node) -> None:
    """Misread where a key or a value has curly quotes for straight ones, or a key has a space that is none."""
    for one, is_key in _scalars(node):
        if not one.style and CURLY.fullmatch(one.value):
            meant = one.value.strip(DOUBLE + SINGLE)
            raise _wrong(one, f'{one.value} has curly quotes, which become part of the text. Write "{meant}" with straight ones')
        if is_key and "\u00a0" in one.value:
            raise _wrong(one, "this line has a non-breaking space, copied from a page. Type its spaces anew")


def _scalars(node: yaml.Node, *, is_key: bool = False) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    if isinstance(node, yaml.ScalarNode):
        yield node, is_key
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        if isinstance(child, tuple):
            yield from _scalars(child[0], is_key=True)
            yield from _scalars(child[1])
        else:
            yield from _scalars(child)


def _wrong(node: yaml.Node, problem: str) -> Misread:
    return Misread(None, None, problem, node.start_mark)


def _as_written(_loader: Loader, node: yaml.ScalarNode) -> str:
    return str(node.value)


def _refused(_loader: Loader, node: yaml.Node) -> None:
    raise _wrong(node, f"{node.tag.replace(TAG, '!!')} cannot be sent to Kubernetes. Write the value as a text")


# Only texts can be sent as JSON, and YAML would make a date of 2020-01-01.
Loader.add_constructor(f"{TAG}timestamp", _as_written)
for _type in UNSENDABLE:
    Loader.add_constructor(TAG + _type, _refused)

# YAML 1.1 reads 12:30 as the number 750; Kubernetes' own reader does not.
Loader.yaml_implicit_resolvers = {
    first: [(f"{TAG}str", CLOCK), *resolvers] if first in DIGITS else resolvers
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
