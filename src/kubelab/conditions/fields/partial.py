"""The YAML text under `matches:` as a partial object; what cannot be compared is refused with its line."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import yaml

from kubelab.client.fields import Keys
from kubelab.conditions.fields.expectations import Absent, AtLeast, AtMost, Matches
from kubelab.errors import LabFailure
from kubelab.manifests import Loader, broken, strange

if TYPE_CHECKING:
    from kubelab.client import Client

BARE_TAG = re.compile(r"(!absent)(?=[,}\]])")
"""A tag that is directly followed by a bracket or comma, as in `{a: !absent}`: YAML wants a space after a tag."""
SHOWN = "the text under the sentence"
NOTHING = 'it compares nothing. Write fields of the object, such as "spec: {replicas: 3}".'
TAGS = "!absent, !at-least 3, !at-most 3 and !matches REGEX"
STANDARD = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "timestamp", "map", "seq", "merge"))
NULL = "tag:yaml.org,2002:null"


class _Loader(Loader):
    """A manifest's YAML with four tags more."""


def parse(text: str) -> Any:
    """The partial object of a YAML text with the tags !absent, !at-least, !at-most and !matches.

    LabFailure with the line, and what to write instead, for everything that cannot be compared.
    """
    loader = _Loader(BARE_TAG.sub(r"\1 ", text))
    try:
        node = loader.get_single_node()
        for at, mistake in _mistakes(node):
            raise LabFailure(f"{SHOWN}:{at.start_mark.line + 1}: {mistake}" if at else f"{SHOWN}: {mistake}")
        return _value(loader, node)
    except yaml.YAMLError as error:
        raise LabFailure(broken(error, text, SHOWN)) from error
    finally:
        loader.dispose()


def of_kind(client: "Client", kind: str, text: str) -> Any:
    """The same for a kind of the cluster; LabFailure also where `!absent` names what is not a field of it: that would always be true."""
    part = parse(text)
    for _, said in client.misplaced(kind, list(_allowed_absent(part)), part):
        raise LabFailure(f"{SHOWN}: {said}")
    return part


def _allowed_absent(wanted: Any, keys: Keys = ()) -> Iterator[Keys]:
    if isinstance(wanted, Mapping | list):
        for key, value in wanted.items() if isinstance(wanted, Mapping) else enumerate(wanted):
            yield from _allowed_absent(value, (*keys, key))
    elif isinstance(wanted, Absent | AtMost):
        yield keys


def _value(loader: _Loader, node: yaml.Node | None) -> Any:
    if node is not None:
        strange(node)
    return loader.construct_document(node)


def _mistakes(root: yaml.Node | None) -> Iterator[tuple[yaml.Node | None, str]]:
    """Each place that compares nothing, or that no object can match."""
    if root is None or root.tag == NULL:
        yield None, f"it is empty, so {NOTHING}"
    elif not isinstance(root, yaml.MappingNode):
        yield root, 'this is not a map of fields. Write fields of the object, such as "spec: {replicas: 3}".'
    elif not root.value:
        yield root, f"the map is empty, so {NOTHING}"
    else:
        yield from _in_node(root, "")


def _in_node(node: yaml.Node, field: str) -> Iterator[tuple[yaml.Node, str]]:
    if isinstance(node, yaml.MappingNode) and node.tag in STANDARD:
        for key, value in node.value:
            yield from _in_entry(key, value)
    elif isinstance(node, yaml.SequenceNode) and node.tag in STANDARD:
        if not node.value:
            yield node, f'an empty list compares nothing. Write "{field}: !absent" if there must be none.'
        for item in node.value:
            if item.tag == "!absent":
                yield item, f'"!absent" stands for a whole field, not for an item of a list. Write "{field}: !absent", or leave it out.'
            yield from _in_node(item, field)
    else:
        yield from _in_value(node, field)


def _in_entry(key: yaml.Node, value: yaml.Node) -> Iterator[tuple[yaml.Node, str]]:
    if key.tag not in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"}:
        shown = f"{key.value} " if isinstance(key, yaml.ScalarNode) else ""
        yield key, f"the key {shown}is not a string, as the name of every field is. Put quotes around it."
    yield from _in_node(value, str(key.value))


def _in_value(node: yaml.Node, field: str) -> Iterator[tuple[yaml.Node, str]]:
    if node.tag == NULL:
        yield node, f'"{field}" has no value, so it compares nothing. Write "{field}: !absent" if it must not be set.'
    elif node.tag in TAGGED:
        mistake = TAGGED[node.tag][1](node.value if isinstance(node, yaml.ScalarNode) else None)
        if mistake:
            yield node, f"{node.tag} {mistake}"
    elif node.tag not in STANDARD:
        yield node, f'"{node.tag.replace("tag:yaml.org,2002:", "!!")}" is not known here; there are {TAGS}.'


def _not_alone(value: str | None) -> str:
    return "" if value == "" else "takes nothing after it: write it alone, or write the value alone."


def _not_a_number(value: str | None) -> str:
    try:
        return "" if math.isfinite(float(value or "nan")) else "wants a number after it, such as 3."
    except ValueError:
        return "wants a number after it, such as 3."


def _not_a_pattern(value: str | None) -> str:
    try:
        re.compile(value or "(")
    except re.error as error:
        return f'wants a regular expression after it, such as "nginx:.*": {error}.' if value else "wants a regular expression after it."
    return ""


TAGGED: dict[str, tuple[Callable[[str], Any], Callable[[str | None], str]]] = {
    "!absent": (lambda _: Absent(), _not_alone),
    "!at-least": (lambda value: AtLeast(float(value)), _not_a_number),
    "!at-most": (lambda value: AtMost(float(value)), _not_a_number),
    "!matches": (Matches, _not_a_pattern),
}
"""For each tag: what it stands for, and what is wrong with the text after it."""


def _made(make: Callable[[str], Any]) -> Callable[[_Loader, yaml.ScalarNode], Any]:
    return lambda loader, node: make(str(loader.construct_scalar(node)))


for _tag, (_make, _) in TAGGED.items():
    _Loader.add_constructor(_tag, _made(_make))
