"""YAML as Kubernetes reads it; mistakes that Kubernetes would silently accept are refused with their place."""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from kubelab.manifests.composer import Composer

DOUBLE, SINGLE = "\u201c\u201d\u201e", "\u2018\u2019"
CURLY = re.compile(f"[{DOUBLE}].*|[{SINGLE}].*[{SINGLE}]", re.DOTALL)
"""A string that begins with a double curly quote, or is between single ones: quotes made by a word processor."""
STRANGE = frozenset(DOUBLE + SINGLE + "\u00a0")
"""Characters that a copied text may contain, and that YAML reads as letters."""
DIGITS = frozenset("-+0123456789")
CLOCK = re.compile(r"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$")
TAG = "tag:yaml.org,2002:"
TEXT, MERGE = f"{TAG}str", f"{TAG}merge"
TEXTS_AS_KEYS = frozenset(TAG + name for name in ("int", "float", "timestamp", "value"))
MEANINGS = {f"{TAG}bool": "true or false", f"{TAG}null": "nothing"}
"""What keys are read as that are not strings."""
SHOWN = 40
"""Characters of a number in a message."""
UNSENDABLE = ("binary", "omap", "pairs", "set")
"""YAML's types that JSON does not have."""


class Loader(Composer):
    """A key that is there twice is a mistake, as are curly quotes around a value; dates, times of day and all keys are strings."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Check the keys of a map, and add those of the maps that it merges (`<<`): its own keys win, then those of the first map."""
        if not _merges(node):
            return
        own = [pair for pair in node.value if pair[0].tag != MERGE]
        taken = {key.value: (key, value) for key, value in own}
        for source in _merged(node):
            self.flatten_mapping(source)
            for key, value in source.value:
                taken.setdefault(key.value, (key, value))
        node.value = list(taken.values())


def _merged(node: yaml.MappingNode) -> Iterator[yaml.MappingNode]:
    """The maps that a map merges, in order."""
    for source in (value for key, value in node.value if key.tag == MERGE):
        for one in source.value if isinstance(source, yaml.SequenceNode) else [source]:
            if not isinstance(one, yaml.MappingNode):
                raise _wrong(one, 'after "<<:" stands the alias of a map, or a list of such aliases')
            yield one


def _merges(node: yaml.MappingNode) -> bool:
    """Whether a map merges others; its own keys become strings. Misread where one cannot, or is there twice."""
    keys = dict[str, yaml.Node]()
    merges = False
    for key, _ in node.value:
        if key.tag == MERGE:
            merges = True
            continue
        if key.tag != TEXT:
            _as_text(key)
        if key.value in keys:
            raise Twice(keys[key.value], key)
        keys[key.value] = key
    return merges


def _as_text(key: yaml.Node) -> None:
    """Make a number or a date a string, as kubectl does; any other key that is not a string is a mistake."""
    if not isinstance(key, yaml.ScalarNode):
        raise _wrong(key, "a key must be a string, not a map or a list. Put quotes around a string with { or [")
    if key.tag in MEANINGS:
        raise _wrong(
            key, f"{key.value or 'the missing key'} is read as {MEANINGS[key.tag]}, and a key must be a string. Put quotes around it"
        )
    if key.tag not in TEXTS_AS_KEYS:
        raise _wrong(key, f"a key must be a string without a tag. Remove {key.tag.replace(TAG, '!!')}")
    key.tag = TEXT


class Twice(yaml.constructor.ConstructorError):
    """A key that is twice in a map."""

    def __init__(self, first: yaml.Node, second: yaml.Node) -> None:
        super().__init__(None, None, f'the key "{second.value}" is written twice', second.start_mark)
        self.first, self.key = first.start_mark, str(second.value)


class Misread(yaml.constructor.ConstructorError):
    """What YAML reads as something else than was meant."""


def strange(node: yaml.Node) -> None:
    """Misread where a key or a value has curly quotes in place of straight ones, or a key has a non-breaking space."""
    for one, is_key in _scalars(node):
        if not one.style and CURLY.fullmatch(one.value):
            meant = one.value.strip(DOUBLE + SINGLE)
            raise _wrong(one, f'{one.value} has curly quotes, which become part of the text. Write "{meant}" with straight ones')
        if is_key and "\u00a0" in one.value:
            raise _wrong(one, "this line has a non-breaking space, copied from a page. Type its spaces again")


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


def _as_written(loader: Loader, node: yaml.Node) -> str:
    return str(loader.construct_scalar(node))  # type: ignore[arg-type]


def _sendable(make: Callable[[Loader, yaml.Node], Any]) -> Callable[[Loader, yaml.Node], Any]:
    """The constructor of a number or a boolean that refuses what JSON does not have (.nan, .inf), and what its tag cannot convert."""

    def construct(loader: Loader, node: yaml.Node) -> Any:
        try:
            value = make(loader, node)
            finite = math.isfinite(value)
        except (ValueError, OverflowError, KeyError):
            finite = False
        if not finite:
            raise _wrong(
                node, f"{str(node.value)[:SHOWN]} is not a number that can be sent to Kubernetes. Put quotes around it if it is a string"
            )
        return value

    return construct


def _refused(_loader: Loader, node: yaml.Node) -> None:
    raise _wrong(node, f"{node.tag.replace(TAG, '!!')} cannot be sent to Kubernetes. Write the value as a string")


# JSON has only strings for these: YAML would make 2020-01-01 a date, and a value that is "=" an error.
for _type in ("timestamp", "value"):
    Loader.add_constructor(TAG + _type, _as_written)
for _type in ("int", "float", "bool"):
    Loader.add_constructor(TAG + _type, _sendable(Loader.yaml_constructors[TAG + _type]))
for _type in UNSENDABLE:
    Loader.add_constructor(TAG + _type, _refused)

# YAML 1.1 reads 12:30 as the number 750; Kubernetes' own reader does not.
Loader.yaml_implicit_resolvers = {
    first: [(f"{TAG}str", CLOCK), *resolvers] if first in DIGITS else resolvers
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
