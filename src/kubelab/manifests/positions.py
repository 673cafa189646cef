"""Where in a YAML text a field is."""

from collections.abc import Sequence

import yaml


def line_of(node: yaml.Node, keys: Sequence[str | int]) -> int:
    """The line (from 1) of the field at these keys, or of the last field on the way that exists."""
    mark = node.start_mark
    for key in keys:
        found = _entry(node, key)
        if found is None:
            break
        mark, node = found[0].start_mark, found[1]
    return int(mark.line) + 1


def node_at(node: yaml.Node, keys: Sequence[str | int]) -> yaml.Node | None:
    """The node at these keys, or the last one on the way that exists."""
    for key in keys:
        found = _entry(node, key)
        if found is None:
            return None
        node = found[1]
    return node


def _entry(node: yaml.Node, key: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((one, value) for one, value in node.value if one.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None
