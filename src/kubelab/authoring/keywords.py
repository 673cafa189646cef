"""Keywords of Gherkin in the feature's language, and the lines that were meant to begin with one."""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gherkin.dialect import Dialect

from kubelab.authoring.finding import Finding

PROSE = frozenset(
    {
        "a",
        "all",
        "an",
        "any",
        "are",
        "as",
        "at",
        "bit",
        "but",
        "can",
        "each",
        "even",
        "give",
        "gives",
        "has",
        "have",
        "he",
        "hen",
        "her",
        "here",
        "how",
        "in",
        "it",
        "its",
        "let",
        "on",
        "one",
        "our",
        "put",
        "than",
        "that",
        "the",
        "them",
        "then's",
        "there",
        "these",
        "they",
        "this",
        "those",
        "we",
        "what",
        "where",
        "which",
        "while",
        "who",
        "why",
        "you",
        "your",
    }
)
"""Words with which a description may well begin, though some are but a letter away from a keyword."""
LIKENESS = 0.74
"""How alike a word and a keyword must be, from 0 to 1, for the word to be taken as mistyped."""


@dataclass(frozen=True)
class Keywords:
    """The words that begin a step, those that begin a section (written with a colon), and those among them that are missed most."""

    steps: tuple[str, ...]
    sections: tuple[str, ...]
    titled: tuple[str, ...]

    @classmethod
    def of(cls, language: str) -> "Keywords":
        """Those of a language, `en` or `ko`."""
        spoken: Any = Dialect.for_name(language)
        steps = [*spoken.given_keywords, *spoken.when_keywords, *spoken.then_keywords, *spoken.and_keywords, *spoken.but_keywords]
        titled = [*spoken.scenario_outline_keywords, *spoken.scenario_keywords, *spoken.background_keywords]
        sections = [*titled, *spoken.examples_keywords, *spoken.rule_keywords, *spoken.feature_keywords]
        steps = [word.strip() for word in steps if word.strip() != "*"]
        # "Example pods are …" begins a sentence of prose as well as "Example: …" begins a scenario.
        return cls(tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(sections)), tuple(word for word in titled if word != "Example"))

    def step_meant(self, line: str) -> str:
        """The step keyword that a line was meant to begin with: `Givne …`, `given …`, `Then: …`; "" where it is prose."""
        first = line.split(maxsplit=1)[0] if line.split() else ""
        return "" if first.lower() in PROSE else _nearest(first.rstrip(":"), self.steps)

    def section_meant(self, line: str) -> str:
        """The section that a line was meant to begin: `Scenaro: …`, `Scenario …`; "" where it is prose."""
        head, colon, _ = line.partition(":")
        if colon:
            return _nearest(head, self.sections)
        return next((word for word in self.titled if line == word or line.startswith(word + " ")), "")


def unreadable(error: Any, lines: Sequence[str], shown: str) -> Finding:
    """What to say about a line that the parser refused."""
    line, column = error.location["line"], error.location.get("column") or 1
    text = lines[line - 1].strip() if line <= len(lines) else ""
    english = Keywords.of("en")
    meant = english.step_meant(text) or english.section_meant(text)
    if "inconsistent cell count" in str(error):
        return Finding(shown, line, column, "parse-error", "this table row has another number of cells than the first one.")
    if not text or not re.search(r"got '", str(error)):
        return Finding(shown, line, column, "parse-error", re.sub(r"^\(\d+:\d+\): ", "", str(error)) + ".")
    if meant and not text.startswith(meant + " "):
        return Finding(shown, line, column, "mistyped-keyword", f'"{text}" cannot be read; was "{meant}" meant?')
    return Finding(shown, line, column, "parse-error", f'"{text}" cannot stand here: a step begins with {", ".join(english.steps)}.')


def _nearest(word: str, keywords: Sequence[str]) -> str:
    if word in keywords:
        return word
    lower = {_letters(keyword): keyword for keyword in keywords}
    alike = difflib.get_close_matches(_letters(word), lower, 1, LIKENESS)
    return lower[alike[0]] if alike else ""


def _letters(word: str) -> str:
    """Small letters, a Hangul syllable as the letters it is made of: one of them mistyped is a small difference."""
    return unicodedata.normalize("NFD", word.lower())
