"""Keywords of Gherkin in the feature's language, and the lines that were meant to begin with one."""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kubelab.authoring import keyword_languages

PROSE = frozenset(
    {
        "a",
        "about",
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
"""Words with which a description may begin, although some are only a letter away from a keyword."""
BULLET = re.compile(r"(?:[-•+]|\d+[.)])\s+")
"""What begins an entry of a list."""
LIKENESS = 0.74
"""How similar a word and a keyword must be, from 0 to 1, for the word to count as mistyped."""


@dataclass(frozen=True)
class Keywords:
    """A language's words that begin a step, and those that begin a section (written with a colon).

    `backgrounds`, `examples`, `features` and `rules` are the words for these sections.
    """

    language: str
    steps: tuple[str, ...]
    sections: tuple[str, ...]
    titled: tuple[str, ...]
    backgrounds: tuple[str, ...]
    examples: tuple[str, ...]
    features: tuple[str, ...]
    rules: tuple[str, ...]

    @classmethod
    @cache
    def of(cls, language: str) -> "Keywords":
        """Those of a language, such as `en` or `ko`."""

        def words(*roles: str) -> tuple[str, ...]:
            return tuple(keyword_languages.words(language, roles))

        # "Example pods are …" begins a sentence of prose as well as "Example: …" begins a scenario.
        titled = tuple(word for word in words("scenarioOutline", "scenario", "background") if word != "Example")
        sections = words("scenarioOutline", "scenario", "background", "examples", "rule", "feature")
        steps = words(*keyword_languages.STEPS)
        return cls(language, steps, sections, titled, words("background"), words("examples"), words("feature"), words("rule"))

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

    def feature_meant(self, line: str) -> str:
        """The feature keyword, where a line was meant to begin with it: `Feture: …`, `feature: …`, `Feature …`."""
        head = line.partition(":")[0] if ":" in line else line.split(maxsplit=1)[0]
        return _nearest(head.strip(), self.features)

    def section_of(self, line: str) -> str:
        """The section that a line begins, "" where it begins none."""
        head, colon, _ = line.partition(":")
        return head if colon and head in self.sections else ""

    def is_step(self, line: str) -> bool:
        """Whether a line begins a step."""
        return line.startswith((f"{keyword_languages.ANY} ", *(f"{word} " for word in self.steps)))

    def bullet(self, line: str) -> str:
        """What is before a step on a line, as in a list: `- Given …`, `1. Given …`; "" where there is nothing."""
        match = BULLET.match(line)
        return match[0].strip() if match and self.is_step(line[match.end() :]) else ""

    def foreign(self, line: str) -> tuple[str, str]:
        """The keyword of another language that a line begins with, and that language; "" twice where there is none."""
        head, colon, _ = line.partition(":")
        word, roles = (head, keyword_languages.SECTIONS) if colon and '"' not in head else (line.partition(" ")[0], keyword_languages.STEPS)
        codes = [code for code in keyword_languages.speaking(word, roles) if code != self.language]
        return (word, codes[0]) if codes else ("", "")


def _nearest(word: str, keywords: Sequence[str]) -> str:
    if word in keywords:
        return word
    known = {_letters(keyword): keyword for keyword in keywords}
    letters = _letters(word)
    turned = [one for at in range(1, len(letters)) if (one := _turned(letters, at)) in known]
    alike = turned or difflib.get_close_matches(letters, known, 1, LIKENESS)
    return known[alike[0]] if alike else ""


def _turned(letters: str, at: int) -> str:
    """The letters with one of them and the one before it in the other order: `Adn` is `And`."""
    return letters[: at - 1] + letters[at] + letters[at - 1] + letters[at + 1 :]


def _letters(word: str) -> str:
    """Lower-case letters, with a Hangul syllable as the letters it is made of: one of them mistyped is a small difference."""
    return unicodedata.normalize("NFD", word.lower())
