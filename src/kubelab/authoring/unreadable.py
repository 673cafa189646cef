"""The message for a line that the parser refused: what it was meant to be, and where such a line belongs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kubelab.authoring import keyword_languages
from kubelab.authoring.docstrings import MARKS
from kubelab.authoring.finding import Finding, column
from kubelab.authoring.keywords import Keywords
from kubelab.authoring.misplaced import misplaced

MISTYPED = "mistyped-keyword"
BROKEN = "parse-error"
END = "unexpected end of file"
"""The parser's name for the end of the file."""


@dataclass(frozen=True)
class UnreadableLine:
    """Lines of a file in a language, some of which the parser refuses; `known` recognizes known sentences."""

    lines: list[str]
    keywords: Keywords
    known: Callable[[str], bool]
    shown: str

    def finding(self, error: Any) -> Finding:
        """The finding for one error of the parser's."""
        line = len(self.lines) + 1 if END in str(error) else error.location["line"]
        text, above = self._text(line), self._above(line)
        if self._text(above).startswith("@") and not text.startswith("@"):
            return self._at(above, BROKEN, f'"{self._text(above)}" is not allowed here: {_tags_stand(text)}.')
        if not text:
            return self._at(above, BROKEN, "the file ends here, though something must follow.")
        if self.keywords.section_of(text):
            return misplaced(self.lines, line, self.keywords, self.shown)
        return self._at(line, *self._said(line, str(error)))

    def foreign(self, text: str) -> str:
        """The message for a line that begins with a keyword of another language; "" for other lines."""
        word, code = self.keywords.foreign(text)
        if not code or not (code in keyword_languages.FAVOURED or self._is_known(text.partition(" ")[2])):
            return ""
        here = keyword_languages.name(self.keywords.language)
        meant = keyword_languages.translated(word, code, self.keywords.language)
        return f'"{word}" is {keyword_languages.name(code)}; in {here}, the language of this file, it is "{meant}".'

    def _text(self, line: int) -> str:
        return self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""

    def _above(self, line: int) -> int:
        """The last line above this one that is not empty or a comment; 0 where there is none."""
        return next((at for at in range(line - 1, 0, -1) if self._text(at)[:1] not in {"", "#"}), 0)

    def _at(self, line: int, code: str, what: str) -> Finding:
        return Finding(self.shown, line, column(self.lines[line - 1]), code, what)

    def _is_known(self, sentence: str) -> bool:
        return bool(sentence) and self.known(sentence)

    def _said(self, line: int, error: str) -> tuple[str, str]:
        """The code, and what is wrong."""
        text = self._text(line)
        if broken := self._of_parser(line, error) or _of_no_step(text):
            return BROKEN, broken
        if bullet := self.keywords.bullet(text):
            return MISTYPED, f'"{text}" cannot be read: leave out "{bullet}", as a step begins with its keyword.'
        if foreign := self.foreign(text):
            return MISTYPED, foreign
        meant = self.keywords.step_meant(text) or self.keywords.section_meant(text)
        if meant and not text.startswith(meant + " "):
            return MISTYPED, f'"{text}" cannot be read; was "{meant}" meant?'
        return self._without_keyword(text)

    def _of_parser(self, line: int, error: str) -> str:
        """The message where the parser says more than that it expected something else."""
        if "inconsistent cell count" in error:
            first = next(at for at in range(line, 0, -1) if not self._text(self._above(at)).startswith("|"))
            has, wanted = _cells(self._text(line)), _cells(self._text(first))
            return f"the cells of this row are {has}, those of the first row (line {first}) {wanted}: each is between two |."
        if "may not contain whitespace" in error:
            return f'"{self._text(line)}" cannot be read: a tag has no spaces, and each begins with @.'
        return "" if " got '" in error else re.sub(r"^\(\d+:\d+\): ", "", error) + "."

    def _without_keyword(self, text: str) -> tuple[str, str]:
        steps = ", ".join(self.keywords.steps)
        first, _, rest = text.partition(" ")
        if self.known(text):
            return MISTYPED, f'"{text}" has no keyword before it: a step begins with {steps}.'
        if self._is_known(rest):
            return MISTYPED, f'"{first}" is not a keyword: a step begins with {steps}.'
        return BROKEN, f'"{text}" is not allowed here: a step begins with {steps}.'


def _tags_stand(below: str) -> str:
    follows = f'"{below}" follows' if below else "the file ends"
    return f"tags belong directly above a feature, a rule, a scenario or Examples, and here {follows}"


def _of_no_step(text: str) -> str:
    """The message for a docstring or a table that is not below a step; "" for other lines."""
    if text.startswith(MARKS):
        return f"{text[:3]} is not allowed here: a text belongs directly below the step that takes it."
    if text.startswith("|"):
        return "a table is not allowed here: it belongs directly below the step that takes it, or below Examples."
    return ""


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row)) - 1
