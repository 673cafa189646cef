"""Lines that Gherkin reads as a description, but that were meant to begin a step or a section."""

from collections.abc import Iterator, Sequence

from kubelab.authoring.finding import Finding
from kubelab.authoring.finding import column as column_of
from kubelab.authoring.misplaced import misplaced
from kubelab.authoring.structure import Node, Source
from kubelab.authoring.unreadable import MISTYPED, UnreadableLine


def check(feature: Node, source: Source) -> Iterator[Finding]:
    """Lines of prose that were meant as keywords: Gherkin reads `Givne …` right after a title as a description."""
    for node in _described(feature):
        in_steps = "steps" in node or "tableBody" in node
        for line, column, text in _prose(node, source.lines):
            if source.keywords.section_of(text):
                yield misplaced(source.lines, line, source.keywords, source.shown)
            elif said := _meant(text, source, in_steps=in_steps):
                yield Finding(source.shown, line, column, MISTYPED, said)


def _meant(text: str, source: Source, *, in_steps: bool) -> str:
    """The message for a line of prose that was meant as a section or, `in_steps`, as a step; "" for others."""
    keywords, rest = source.keywords, text.partition(" ")[2]
    is_ours = in_steps and (source.known(text) or (rest and source.known(rest)))
    if in_steps and (bullet := keywords.bullet(text)):
        return f'"{text}" is read as a description: leave out "{bullet}", as a step begins with its keyword.'
    foreign = UnreadableLine(source.lines, keywords, source.known, source.shown).foreign(text) if is_ours else ""
    if foreign or (is_ours and source.known(text)):
        return foreign or f'"{text}" is read as a description: a step begins with {", ".join(keywords.steps)}.'
    meant = keywords.section_meant(text) or (keywords.step_meant(text) if in_steps else "") or (keywords.steps[0] if is_ours else "")
    return f'"{text}" is read as a description; was "{meant}" meant?' if meant else ""


def _described(feature: Node) -> Iterator[Node]:
    yield feature
    for child in feature["children"]:
        for section in (child, *child.get("rule", {}).get("children", ())):
            node = section.get("scenario") or section.get("background") or section["rule"]
            yield node
            yield from node.get("examples", ())


def _prose(node: Node, lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    at = node["location"]["line"]
    for text in filter(None, (line.strip() for line in node["description"].split("\n"))):
        at = next((number for number in range(at + 1, len(lines) + 1) if lines[number - 1].strip() == text), at)
        yield at, column_of(lines[at - 1]), text
