"""The tags that make a feature an exercise, and what may be wrong with them: a value, the place, or what lacks beside them."""

import re
from collections.abc import Iterable, Iterator

from kubelab.authoring.finding import Finding
from kubelab.authoring.structure import Node, Source
from kubelab.authoring.tagging import names, tagged

WRONG = "wrong-tag"
EXERCISE, LIVE = "exercise", "live"
POINTS, FILE, KIND, ALLOW = "points", "file", "kind", "allow"
VALUES = {
    POINTS: (re.compile(r"[1-9]\d{0,3}"), "a whole number from 1 to 9999, as in @points:2"),
    FILE: (
        re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(?:yaml|sh)"),
        "a file's name without a folder, that ends in .yaml or .sh, as in @file:web.yaml",
    ),
    KIND: (re.compile(r"[A-Z][A-Za-z0-9]*"), "a kind, spelled as Kubernetes spells it, as in @kind:Deployment"),
    ALLOW: (
        re.compile(r"externalIPs|limits|nodeName"),
        "what exercises otherwise refuse: @allow:externalIPs, @allow:limits or @allow:nodeName",
    ),
}
"""What stands after the colon of a tag, and how a finding says it."""
OF_EXERCISES = (FILE, KIND, ALLOW)
"""What is said of a whole exercise, above its feature; and so is @live."""


def points(tags: Iterable[str]) -> int:
    """The points of the last tag that gives some: the nearest, as a pickle's tags begin with the feature's; 0 without one."""
    return next((int(value) for value in reversed(values(tags, POINTS)) if VALUES[POINTS][0].fullmatch(value)), 0)


def values(tags: Iterable[str], what: str) -> list[str]:
    """What stands after the colon of each tag of that name, in their order, each once."""
    return list(dict.fromkeys(tag.removeprefix(f"{what}:") for tag in tags if tag.startswith(f"{what}:")))


def check(feature: Node, source: Source) -> Iterator[Finding]:
    """Everything wrong with the tags of an exercise."""
    for node in tagged(feature):
        yield from _of_node(node, source, is_feature=node is feature)
    if EXERCISE in names(feature) and not values(names(feature), FILE):
        what = "this is an exercise, and no tag names the file that students write: add @file:web.yaml above it."
        yield source.finding(feature, WRONG, what)


def _of_node(node: Node, source: Source, *, is_feature: bool) -> Iterator[Finding]:
    given = names(node)
    for tag, name in zip(node["tags"], given, strict=True):
        what, colon, value = name.partition(":")
        if colon and what in VALUES and not VALUES[what][0].fullmatch(value):
            yield source.finding(tag, WRONG, f'"@{name}" cannot be meant: after the colon stands {VALUES[what][1]}.')
        is_of_exercises = name == LIVE or (colon and what in OF_EXERCISES)
        if not is_feature and (name == EXERCISE or is_of_exercises):
            yield source.finding(tag, WRONG, f'"@{name}" is said of a whole exercise: move it above "{source.keywords.features[0]}:".')
        elif is_of_exercises and EXERCISE not in given:
            yield source.finding(tag, WRONG, f'"@{name}" is for exercises, and this feature is none: add @exercise, or leave it out.')
    if len(said := values(given, POINTS)) > 1:
        yield source.finding(node, WRONG, f"@points:{' and @points:'.join(said)} stand above the same line: leave one.")
