"""Which tags there are, and the message for an unknown one."""

import re
from collections.abc import Iterator

from kubelab.authoring.finding import Finding
from kubelab.authoring.structure import Node, Source, scenarios
from kubelab.client.likeness import nearest

OURS = re.compile(r"slow|exclusive|exercise|live|(?:allow|file|hint|kind|points):\S+")
"""The tags that mean something; a project's registered pytest markers are allowed besides."""
SPELLED = ("allow:FIELD", "exclusive", "exercise", "file:NAME", "hint:NAME", "kind:KIND", "live", "points:N", "slow")
UNSPOKEN = frozenset({"filterwarnings", "parametrize", "skipif", "tryfirst", "trylast", "usefixtures", "xdist_group"})
"""Markers of pytest itself that need an argument, which a tag does not have."""


def check(feature: Node, source: Source) -> Iterator[Finding]:
    """The tags that nobody knows, with those there are."""
    for tag in (tag for node in tagged(feature) for tag in node["tags"]):
        name = tag["name"].lstrip("@")
        if not OURS.fullmatch(name) and name not in source.tags:
            yield source.finding(tag, "unknown-tag", _unknown(name, source.tags))


def tagged(feature: Node) -> list[Node]:
    """What tags may stand above: the feature, its rules, its scenarios and their Examples."""
    nodes = [feature, *(child["rule"] for child in feature["children"] if "rule" in child), *(part.node for part in scenarios(feature))]
    return nodes + [examples for part in scenarios(feature) for examples in part.node["examples"]]


def names(node: Node) -> list[str]:
    """The tags of a node in their order, without @."""
    return [tag["name"].lstrip("@") for tag in node["tags"]]


def _unknown(name: str, registered: frozenset[str]) -> str:
    known = sorted({*SPELLED, *registered} - UNSPOKEN)
    near = nearest(name, known)[:1]
    meant = "".join(f" Did you mean @{one}?" for one in near)
    listed = ", ".join(f"@{one}" for one in known)
    add = f' To add one, write "{name}: what it means" under markers in pytest.ini, or in the settings file that you have.'
    # A marker has no colon: only our own tags have a value.
    return f'there is no tag "@{name}".{meant} There are {listed}.{"" if ":" in name else add}'
