"""Hints: the paragraphs of a scenario's description that begin with "Hint:"; a scenario of an exercise has at most one."""

import re
from collections.abc import Iterator

from kubelab.authoring.exercise_tags import EXERCISE
from kubelab.authoring.finding import Finding
from kubelab.authoring.structure import Node, Source, scenarios
from kubelab.authoring.tagging import names

HINT = "Hint:"
PARAGRAPH = re.compile(rf"^[ \t]*{HINT}(.*(?:\n(?![ \t]*(?:{HINT}|$)).*)*)", re.MULTILINE)
"""From the word up to the next blank line, or to the next such word."""


def of(description: str) -> list[str]:
    """The hints of a description, each in one line and without the word before it."""
    return [" ".join(match[1].split()) for match in PARAGRAPH.finditer(description)]


def check(feature: Node, source: Source) -> Iterator[Finding]:
    """The scenarios of an exercise that have more than one."""
    for part in scenarios(feature) if EXERCISE in names(feature) else ():
        if len(found := of(part.node["description"])) > 1:
            message = f'the scenario "{part.node["name"]}" has {len(found)} paragraphs that begin with "{HINT}": a student is shown one.'
            yield source.finding(part.node, "second-hint", f"{message} Put them together.")
