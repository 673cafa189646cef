"""The mistakes that make a text invalid YAML: each is recognized by its line, and says what to write instead."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kubelab.manifests.composer import TOO_DEEP
from kubelab.manifests.loader import DOUBLE, SINGLE

CLOSERS = {"mapping": ("{", "}"), "sequence": ("[", "]")}


@dataclass(frozen=True)
class Trouble:
    """What YAML's reader said, and where (lines and columns from 1): the place, and where the value that it was reading began."""

    problem: str
    context: str
    lines: Sequence[str]
    line: int
    column: int
    began: int
    began_column: int

    @property
    def text(self) -> str:
        """The line."""
        return self.at(self.line)

    @property
    def rest(self) -> str:
        """The line from the place on."""
        return self.text[max(0, self.column - 1) :].strip()

    def at(self, line: int) -> str:
        """A line of the text, "" for one that does not exist."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""


def _fence(trouble: Trouble) -> tuple[int, str] | None:
    """A line of Markdown around the YAML."""
    at = next((line for line in (trouble.line, 1) if re.match(r"\s*(```|~~~)", trouble.at(line))), None)
    return (at, "this line belongs to the page that the text was copied from. Remove it, and the one like it at the end.") if at else None


def _curly(trouble: Trouble) -> tuple[int, str] | None:
    found = re.search(f"[{DOUBLE}{SINGLE}]", trouble.text)
    return (trouble.line, f"{found[0]} is a curly quote. Write straight ones: \" or '.") if found else None


def _non_breaking(trouble: Trouble) -> tuple[int, str] | None:
    at = next((line for line in (trouble.line, trouble.line - 1) if "\u00a0" in trouble.at(line)), None)
    return (at, "this line has a non-breaking space, copied from a page. Type its spaces again.") if at else None


def _tab(trouble: Trouble) -> tuple[int, str] | None:
    tab = "\t" in trouble.text[: len(trouble.text) - len(trouble.text.lstrip())] or trouble.rest.startswith("\t")
    return (trouble.line, "the line begins with a tab. YAML is indented with spaces only.") if tab else None


def _star(trouble: Trouble) -> tuple[int, str] | None:
    if "alias" not in f"{trouble.context} {trouble.problem}":
        return None
    value = re.search(r"\*.*", trouble.text)
    meant = value[0].rstrip(" ,]}") if value else "*"
    return trouble.line, f'a value that begins with * needs quotes. Write "{meant}" with them.'


def _anchor(trouble: Trouble) -> tuple[int, str] | None:
    if trouble.problem != "second occurrence":
        return None
    return trouble.line, f"this anchor (&name) is there twice, first in line {trouble.began}. Give it another name."


def _deep(trouble: Trouble) -> tuple[int, str] | None:
    return (trouble.line, TOO_DEEP) if "maximum nesting" in trouble.problem else None


def _documents(trouble: Trouble) -> tuple[int, str] | None:
    return (trouble.line, 'a second document begins here. Remove the line "---".') if "another document" in trouble.problem else None


def _special(trouble: Trouble) -> tuple[int, str] | None:
    if "cannot start any token" not in trouble.problem and "while scanning an anchor" not in trouble.context:
        return None
    first = trouble.text[trouble.began_column - 1 :][:1] or "this"
    return trouble.line, f"a value cannot begin with {first} unless it has quotes. Put quotes around the whole value."


def _tag(trouble: Trouble) -> tuple[int, str] | None:
    if "for the tag" not in trouble.problem:
        return None
    return trouble.line, "a value that begins with ! needs quotes. Put quotes around the whole value."


def _colon(trouble: Trouble) -> tuple[int, str] | None:
    """A second `: ` in a line, a key without a space after its colon, or an indentation too deep."""
    if "mapping values are not allowed" not in trouble.problem:
        return None
    if re.search(r":(\s|$)", trouble.text[: trouble.column - 1]):
        if trouble.rest == ":":
            return trouble.line, "a colon ends the line, so that YAML takes the value for another key. Remove the colon."
        return trouble.line, 'the value has a ": " in it, so that YAML takes it for another key. Put quotes around the whole value.'
    before = next((line for line in range(trouble.line - 1, 0, -1) if trouble.at(line).strip()), 0)
    if _is_cramped(trouble.at(before)):
        return before, _spaced(trouble.at(before))
    return trouble.line, f"the line is indented more than line {before}, which already has a value. Begin both at the same column."


def _is_cramped(line: str) -> bool:
    """Whether a line is a key and a value without a space between them."""
    return bool(re.fullmatch(r"\s*(- )?[\w./-]+:[^\s:]\S*", line))


def _spaced(line: str) -> str:
    return f'a space is missing after the colon. Write "{line.strip().replace(":", ": ", 1)}".'


def _without_colon(line: str) -> str:
    """What to write in place of a line in which no key ends."""
    return _spaced(line) if _is_cramped(line) else "the line has no key that ends with a colon and a space. Write one."


def _open(trouble: Trouble) -> tuple[int, str] | None:
    if "quoted scalar" in trouble.context:
        return trouble.began, "the quote that begins in this line has no end. Close it."
    kind = next((kind for kind in CLOSERS if f"flow {kind}" in trouble.context), "")
    if "expected node content" in trouble.problem:
        return trouble.line, "a value, or the end of a list or map, is missing here."
    if not kind:
        return None
    opened, closed = CLOSERS[kind]
    where = "" if trouble.began == trouble.line else f" Line {trouble.line} is still read as part of it."
    return trouble.began, f"the {opened} in this line is not closed, or a comma is missing in it. Close it with {closed}.{where}"


def _quoted(trouble: Trouble) -> tuple[int, str] | None:
    """Text after a closing quote."""
    before = trouble.text[: trouble.column - 1].rstrip()
    if "did not find expected key" not in trouble.problem or not before.endswith(('"', "'")):
        return None
    return trouble.line, "there is more text after the closing quote. Put one pair of quotes around the whole value."


def _indentation(trouble: Trouble) -> tuple[int, str] | None:
    if not re.search("did not find expected (key|'-' indicator)|could not find expected ':'|block .* not allowed", trouble.problem):
        return None
    if "could not find expected ':'" in trouble.problem and trouble.began < trouble.line:
        return trouble.began, _without_colon(trouble.at(trouble.began))
    if trouble.rest.startswith("- ") and trouble.text.strip() != trouble.rest:
        return trouble.line, "a list does not begin in the line of its key. Write each item, with its dash, in a line of its own below."
    return trouble.line, (
        "the line begins at a column where nothing above it does, or has no colon and space. "
        "Begin it at the same column as the keys, or the dashes, that it stands beside."
    )


MISTAKES: tuple[Callable[[Trouble], tuple[int, str] | None], ...] = (
    _fence,
    _non_breaking,
    _tab,
    _star,
    _anchor,
    _deep,
    _curly,
    _open,
    _documents,
    _special,
    _tag,
    _colon,
    _quoted,
    _indentation,
)
"""What the mistake may be, the most certain first."""
