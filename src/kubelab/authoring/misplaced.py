"""The messages for sections in the wrong place."""

from collections.abc import Iterator, Sequence

from kubelab.authoring.finding import Finding
from kubelab.authoring.keywords import Keywords

BACKGROUND = "misplaced-background"
"""The code for a Background in the wrong place: the scenarios that it was meant for cannot run."""
OTHER = "misplaced-keyword"


def misplaced(lines: Sequence[str], line: int, keywords: Keywords, shown: str) -> Finding:
    """The finding for a section at the line of this number (from 1), and where it belongs."""
    text = lines[line - 1].strip()
    word, column = keywords.section_of(text), lines[line - 1].index(text) + 1
    if word in keywords.backgrounds:
        return Finding(shown, line, column, BACKGROUND, _background(lines, line, keywords))
    if word in keywords.features:
        first = next((at for at, known in _sections(lines, line, keywords) if known in keywords.features), 1)
        what = f"the file has a feature already (line {first}): a file has one. Write this one into a file of its own"
        return Finding(shown, line, column, OTHER, f'{what}, or as "{keywords.rules[0]}:".')
    if word in keywords.examples:
        return Finding(shown, line, column, OTHER, f'"{text}" is not allowed here: it belongs below the steps of a scenario outline.')
    return Finding(shown, line, column, OTHER, f'"{text}" is not allowed here: a section of another kind was begun above it.')


def _background(lines: Sequence[str], line: int, keywords: Keywords) -> str:
    """Why a Background is in the wrong place: after a scenario or another Background of its feature or rule, or below tags."""
    above = list(_sections(lines, line, keywords))
    home = max((at for at, word in above if word in (*keywords.rules, *keywords.features)), default=1)
    word = keywords.section_of(lines[line - 1].strip())
    second = next((at for at, other in above if at > home and other in keywords.backgrounds), 0)
    if second:
        return f"there is a {word} already (line {second}): write all its steps below that one."
    first = next((at for at, _ in above if at > home), 0)
    if first:
        what = f'a {word} comes first, before "{lines[first - 1].strip()}" (line {first})'
        return f"{what}: move it there, as its steps run before those of every scenario."
    return f"a {word} is not allowed here: it comes directly below its feature or rule."


def _sections(lines: Sequence[str], line: int, keywords: Keywords) -> Iterator[tuple[int, str]]:
    """The sections above a line, each with its own line."""
    for at, text in enumerate(lines[: line - 1], 1):
        if word := keywords.section_of(text.strip()):
            yield at, word
