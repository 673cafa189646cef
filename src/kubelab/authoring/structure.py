"""Checks of a feature's structure: nothing that was written may silently not run."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kubelab.authoring.finding import Finding
from kubelab.authoring.keywords import Keywords
from kubelab.authoring.misplaced import BACKGROUND

SHOWN = 5
"""How many lines with the same title a finding names."""
Node = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """The file of a syntax tree: its name in findings, its lines, the allowed tags, and the known sentences."""

    shown: str
    lines: list[str]
    keywords: Keywords
    tags: frozenset[str]
    known: Callable[[str], bool]

    def finding(self, node: Node, code: str, message: str) -> Finding:
        """A finding at a node's place."""
        return Finding(self.shown, node["location"]["line"], node["location"].get("column", 1), code, message)


@dataclass(frozen=True)
class Part:
    """A scenario or outline in the tree, the title of its rule ("" without one), and the lines up to what follows it."""

    node: Node
    rule: str = ""
    rule_node: Node | None = None

    @property
    def id(self) -> str:
        """The parser's number for it."""
        return str(self.node["id"])

    @property
    def line(self) -> int:
        """The line of its title."""
        return int(self.node["location"]["line"])

    def row(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The cells of the Examples row with one of these numbers, () without."""
        return next((self._rows[one] for one in ids if one in self._rows), ())

    @cached_property
    def _rows(self) -> Mapping[str, tuple[str, ...]]:
        rows = (row for examples in self.node["examples"] for row in examples.get("tableBody", ()))
        return {row["id"]: tuple(cell["value"] for cell in row["cells"]) for row in rows}


def scenarios(feature: Node) -> Iterator[Part]:
    """Every scenario and outline of a feature, including those under rules."""
    for child in feature["children"]:
        if "scenario" in child:
            yield Part(child["scenario"])
        for inner in child.get("rule", {}).get("children", ()):
            if "scenario" in inner:
                yield Part(inner["scenario"], child["rule"]["name"], child["rule"])


def steps(feature: Node) -> Iterator[Node]:
    """Every step of a feature, including those of backgrounds."""
    for child in feature["children"]:
        for section in (child, *child.get("rule", {}).get("children", ())):
            yield from (section.get("scenario") or section.get("background") or {}).get("steps", ())


def homes(feature: Node) -> Callable[[Finding], list[Part]]:
    """A function that gives the scenarios that a finding belongs to: one, all under a background, or none."""
    starts = sorted(_starts(feature), key=lambda start: start[0])
    lines, everything = [line for line, _ in starts], list(scenarios(feature))

    def of(finding: Finding) -> list[Part]:
        at = bisect_right(lines, finding.line)
        parts = starts[at - 1][1] if at else []
        if finding.code != BACKGROUND:
            return parts
        rule = parts[0].rule_node if parts else None
        return [part for part in everything if rule is None or part.rule_node is rule]

    return of


def _starts(feature: Node) -> Iterator[tuple[int, list[Part]]]:
    everything = list(scenarios(feature))
    yield feature["location"]["line"], []
    for part in everything:
        yield min([part.line, *(tag["location"]["line"] for tag in part.node["tags"])]), [part]
    for child in feature["children"]:
        if "background" in child:
            yield child["background"]["location"]["line"], everything
        if "rule" in child:
            yield from _rule_starts(child["rule"], [part for part in everything if part.rule_node is child["rule"]])


def _rule_starts(rule: Node, under: list[Part]) -> Iterator[tuple[int, list[Part]]]:
    yield rule["location"]["line"], under
    for child in rule["children"]:
        if "background" in child:
            yield child["background"]["location"]["line"], under


def check(feature: Node, source: Source) -> Iterator[Finding]:
    """Everything wrong with a feature's structure."""
    parts = list(scenarios(feature))
    if not parts:
        yield source.finding(feature, "no-scenario", f'the feature "{feature["name"]}" has no scenario: add "Scenario:" and its steps.')
    for part in parts:
        yield from _empty(part.node, source)
        yield from _examples(part.node, source)
    yield from _twins(parts, source)


def _empty(scenario: Node, source: Source) -> Iterator[Finding]:
    if not scenario["steps"]:
        yield source.finding(scenario, "empty-scenario", f'the scenario "{scenario["name"]}" has no steps: it would always pass.')


def _examples(scenario: Node, source: Source) -> Iterator[Finding]:
    rows = [examples for examples in scenario["examples"] if examples.get("tableBody")]
    for examples in scenario["examples"]:
        if not examples.get("tableBody"):
            yield source.finding(examples, "empty-examples", f'these Examples of "{scenario["name"]}" have no row: nothing would run.')
    columns = {cell["value"] for examples in rows for cell in examples["tableHeader"]["cells"]}
    for step in scenario["steps"]:
        wanted = re.findall(r"<([^<>\s]+)>", step["text"])
        for word in [word for word in wanted if scenario["examples"] and rows and word not in columns]:
            yield source.finding(step, "unknown-placeholder", f'"<{word}>" is not a column of the Examples of "{scenario["name"]}".')
        if wanted and not scenario["examples"]:
            yield source.finding(step, "empty-examples", f'"<{wanted[0]}>" has no Examples to fill it: add "Examples:" with a table.')


def _twins(parts: Sequence[Part], source: Source) -> Iterator[Finding]:
    by_title = defaultdict(list)
    for part in parts:
        by_title[part.node["name"]].append(part)
    for title, twins in by_title.items():
        for part in twins if len(twins) > 1 else ():
            others = ", ".join(str(twin.line) for twin in twins[: SHOWN + 1] if twin is not part)
            more = f" and {len(twins) - SHOWN - 1} more" if len(twins) > SHOWN + 1 else ""
            message = f'the title "{title}" is also used in line {others}{more}: give each scenario a title of its own.'
            yield source.finding(part.node, "duplicate-title", message)
