"""Sentences that would be understood except for a word of the wrong form: which word, and what it should be."""

import re
from collections.abc import Iterator

from kubelab.vocabulary.catalogue import PLACEHOLDER, Catalogue, Definition
from kubelab.vocabulary.words import WORDS

QUOTED = r'"(?:[^"\\]|\\.)*"'
"""Anything in quotes."""
LOOSE = {"Kind": r"\S+", "Number": r"\S+", "Numbers": r"\S+", "Duration": r"\S+(?: \S+)?", "Recurrence": r"(?:every|on) .+"}
"""What may be in place of these words; for other words without quotes, nothing is guessed."""


def misfits(catalogue: Catalogue, text: str, type_: str | None = None) -> list[str]:
    """What is wrong with the words of a sentence, by the definitions of the catalogue that fit it best; empty where none is close."""
    found = [wrong for one in catalogue if one.type in {None, type_} and (wrong := list(_wrong(one, text)))]
    fewest = min(map(len, found), default=0)
    return list(dict.fromkeys(wrong for each in found if len(each) == fewest for wrong in each))


def _wrong(definition: Definition, text: str) -> Iterator[str]:
    """Each word that does not have the form of its type, in a sentence whose other words are the definition's."""
    match = re.fullmatch(_loosened(definition.pattern), text)
    for at, (_, type_) in enumerate(PLACEHOLDER.findall(definition.pattern) if match else ()):
        word, said = WORDS.get(type_), match[at + 1] if match else ""
        if word is not None and not re.fullmatch(word.pattern, said):
            yield f"{said} is not {word.meaning}: write it as in {word.example}"


def _loosened(pattern: str) -> str:
    """The regular expression of a sentence with anything in place of its typed words."""
    plain = PLACEHOLDER.split(pattern)
    texts, types = plain[::3], plain[2::3]
    words = [f"({_anything(type_)})" for type_ in types]
    return "".join(part for pair in zip(map(re.escape, texts), [*words, ""], strict=True) for part in pair)


def _anything(type_: str) -> str:
    word = WORDS.get(type_)
    if word is None:
        return r"\S+"
    return rf"{QUOTED}|\S+" if word.example.startswith('"') else LOOSE.get(type_, word.pattern)
