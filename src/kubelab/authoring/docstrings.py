"""The docstrings of steps, between two lines of three quotes: which ones have no end, and which lines belong to a step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kubelab.authoring.finding import Finding, column
from kubelab.authoring.keywords import Keywords

MARKS = ('"""', "```")
Known = Callable[[str], bool]


@dataclass(frozen=True)
class Unclosed:
    """A docstring without an end: its first line, the first line that is not part of it (from 1), and the place of its mark."""

    start: int
    end: int
    column: int
    mark: str

    def finding(self, lines: Sequence[str], shown: str) -> Finding:
        """The finding: where it begins, and where it should end."""
        after = f', before "{lines[self.end - 1].strip()}" (line {self.end})' if self.end <= len(lines) else ""
        what = f"the text that begins here has no end: write {self.mark} on a line of its own below it{after}."
        return Finding(shown, self.start, self.column, "unclosed-docstring", what)


def unclosed(lines: Sequence[str], keywords: Keywords, known: Known) -> Iterator[Unclosed]:
    """The docstrings that have no end, or go on past a line that cannot be part of them: one with a keyword, indented less."""
    at = 0
    while at < len(lines):
        mark = _opened(lines, at, keywords)
        close = next((one for one in range(at + 1, len(lines)) if lines[one].strip().startswith(mark)), None) if mark else at
        end = _end(lines, at, close, keywords, known) if mark else at
        if end != close:
            yield Unclosed(at + 1, end + 1, lines[at].index(mark) + 1, mark)
        at = end + (end == close)


def below(lines: Sequence[str], at: int) -> Iterator[int]:
    """The numbers (from 1) of the lines of a table or a docstring below the line with this number."""
    mark = ""
    for number in range(at + 1, len(lines) + 1):
        text = lines[number - 1].strip()
        if not mark and text and not text.startswith(("|", *MARKS)):
            return
        if text:
            yield number
        if text.startswith(mark or MARKS):
            if mark:
                return
            mark = text[:3]


def _opened(lines: Sequence[str], at: int, keywords: Keywords) -> str:
    """The mark with which a line begins a docstring, "" where it does not."""
    text = lines[at].strip()
    if not text.startswith(MARKS):
        return ""
    above = (line.strip() for line in reversed(lines[:at]))
    before = next((line for line in above if line and not line.startswith("#")), "")
    return text[:3] if keywords.is_step(before) else ""


def _end(lines: Sequence[str], at: int, close: int | None, keywords: Keywords, known: Known) -> int:
    """Where a docstring ends, from 0: at its mark, or at the first line that is not part of it."""
    within = range(at + 1, len(lines) if close is None else close)
    outside = next((one for one in within if _is_outside(lines[at], lines[one], keywords, known)), close)
    if outside is not None:
        return outside
    return next((one for one in within if _begins(lines[one], keywords)), len(lines))


def _is_outside(opening: str, line: str, keywords: Keywords, known: Known) -> bool:
    """Whether a line begins a step or section and is indented less than a docstring, or as much if it is a known sentence."""
    if not _begins(line, keywords):
        return False
    further = column(opening) - column(line)
    return further > 0 or (further == 0 and known(line.strip().partition(" ")[2]))


def _begins(line: str, keywords: Keywords) -> bool:
    text = line.strip()
    return bool(keywords.section_of(text)) or (keywords.is_step(text) and not text.startswith("*"))
