"""How a feature file begins: with its language, if that is not English, and with its feature; else nothing below can be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kubelab.authoring import keyword_languages
from kubelab.authoring.finding import Finding
from kubelab.authoring.keyword_languages import FAVOURED, SECTIONS
from kubelab.authoring.keywords import Keywords

HEADER = re.compile(r"\s*#\s*language\s*:\s*([a-zA-Z_-]+)\s*")
"""How Gherkin reads a file's language."""
MISWRITTEN = re.compile(r"\s*#\s*lang(?:uage)?\b\W*(\w[\w-]*)\s*", re.IGNORECASE)
"""A comment that was meant to give the language."""
ENGLISH = "en"


@dataclass(frozen=True)
class Opening:
    """The beginning of a file: its language, the line that says it (0 for none), and the line of its title."""

    lines: Sequence[str]
    language: str
    said_at: int
    title_at: int

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Opening":
        """The opening of a file with these lines."""
        title = next((at for at, line in enumerate(lines, 1) if line.strip() and line.strip()[0] not in "#@"), 0)
        tags = next((at for at, line in enumerate(lines, 1) if line.strip().startswith("@")), title)
        before = min(filter(None, (title, tags)), default=len(lines) + 1)
        said = next((at for at, line in enumerate(lines[: before - 1], 1) if HEADER.fullmatch(line)), 0)
        match = HEADER.fullmatch(lines[said - 1]) if said else None
        return cls(lines, match[1] if match else ENGLISH, said, title)

    def finding(self, shown: str) -> Finding | None:
        """What keeps the whole file from being read; None if it can be read."""
        return next(self._findings(shown), None)

    @property
    def _head(self) -> str:
        """What is before the colon of the title."""
        return self.lines[self.title_at - 1].strip().partition(":")[0] if self.title_at else ""

    def _findings(self, shown: str) -> Iterator[Finding]:
        if not keyword_languages.is_known(self.language):
            yield Finding(shown, self.said_at, 1, "wrong-language", _unknown(self.language, self._spoken()))
        elif self._head in Keywords.of(self.language).features:
            return
        elif spoken := self._spoken():
            yield self._of_language(shown, spoken)
        else:
            yield self._of_feature(shown)

    def _spoken(self) -> str:
        """The language whose keyword begins the file; "" for the one that the file says, or for none."""
        codes = keyword_languages.speaking(self._head, SECTIONS)
        return "" if self.language in codes or not codes else keyword_languages.likeliest(self.lines, codes)

    def _of_language(self, shown: str, spoken: str) -> Finding:
        """The finding for a wrong or missing language."""
        word, said = self._head, f'"# language: {spoken}"'
        name = keyword_languages.name(spoken)
        meant = keyword_languages.translated(word, spoken, self.language)
        if self.said_at:
            other = f'or "{meant}" for "{word}"'
            text = (
                f'the file says here that it is in {keyword_languages.name(self.language)}, but "{word}" (line {self.title_at}) is {name}'
            )
            return Finding(shown, self.said_at, 1, "wrong-language", f"{text}: write {said}, {other}.")
        at = next((at for at, line in enumerate(self.lines, 1) if _means(line, spoken)), 0)
        if at > self.title_at:
            return Finding(shown, at, 1, "wrong-language", f'this line is too late: move it above "{word}" (line {self.title_at}).')
        if at:
            return Finding(shown, at, 1, "wrong-language", f'"{self.lines[at - 1].strip()}" is only a comment: write {said}.')
        text = f'"{word}" is {name} for "{meant}", but the file does not say that it is in {name}: write {said} above it'
        return Finding(shown, self.title_at, 1, "wrong-language", f"{text}, as the first line.")

    def _of_feature(self, shown: str) -> Finding:
        """The finding for a missing title, or a mistyped keyword of it."""
        keywords = Keywords.of(self.language)
        feature, at = keywords.features[0], max(1, self.title_at)
        text = self.lines[at - 1].strip() if self.title_at else ""
        column = self.lines[at - 1].find(text) + 1 if text else 1
        if self._head in keywords.sections:
            what = f'there is no "{feature}:" above "{text}": a file begins with it and a title.'
            return Finding(shown, at, column, "no-feature", what)
        if text and keywords.feature_meant(text):
            return Finding(shown, at, column, "mistyped-keyword", f'"{text}" cannot be read; was "{feature}:" meant?')
        if text:
            what = f'"{text}" is not allowed here: a file begins with "{feature}:" and a title.'
            return Finding(shown, at, column, "no-feature", what)
        return Finding(shown, 1, 1, "no-feature", f'this file has no feature: it begins with "{feature}:" and a title.')


def _means(line: str, spoken: str) -> bool:
    match = MISWRITTEN.fullmatch(line)
    return match is not None and keyword_languages.called(match[1]) == spoken


def _unknown(said: str, spoken: str) -> str:
    """The message for a language that Gherkin does not have."""
    meant = spoken or keyword_languages.called(said)
    if not meant:
        some = " and ".join(f'"{code}" for {keyword_languages.name(code)}' for code in FAVOURED)
        return f'there is no language "{said}": write its short name, such as {some}, or leave this line out for English.'
    return f'there is no language "{said}": {keyword_languages.name(meant)} is "# language: {meant}".'
