"""Gherkin's languages: their names, which ones have a keyword, and its translation into another one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gherkin.dialect import DIALECTS

from kubelab.client.likeness import nearest

SECTIONS = ("feature", "rule", "background", "scenarioOutline", "scenario", "examples")
"""The roles of keywords that begin a section, by Gherkin's own names: they are followed by a colon."""
STEPS = ("given", "when", "then", "and", "but")
FAVOURED = ("en", "ko")
"""Languages that are preferred where a keyword belongs to several."""
SHORT = 3
"""Up to this length, too many names would be similar."""
ANY = "*"
"""What can begin a step in every language."""
_KNOWN: Mapping[str, Any] = DIALECTS


def is_known(code: str) -> bool:
    """Whether Gherkin has a language with this code."""
    return code in _KNOWN


def name(code: str) -> str:
    """The language's English name, "Korean" for "ko"."""
    return str(_KNOWN[code]["name"])


def words(code: str, roles: Sequence[str]) -> list[str]:
    """The language's keywords for these roles, each once."""
    return list(dict.fromkeys(word.strip() for role in roles for word in _KNOWN[code][role] if word.strip() != ANY))


def speaking(word: str, roles: Sequence[str]) -> list[str]:
    """The languages in which the word is a keyword of one of these roles."""
    return [code for code in dict.fromkeys((*FAVOURED, *_KNOWN)) if word in words(code, roles)]


def translated(word: str, code: str, wanted: str) -> str:
    """The translation of a language's keyword into another language."""
    role = next(role for role in (*SECTIONS, *STEPS) if word in words(code, [role]))
    return words(wanted, [role])[0]


def likeliest(lines: Sequence[str], codes: Sequence[str]) -> str:
    """The one of these languages whose keywords begin the most lines."""
    return max(codes, key=lambda code: sum(line.strip().startswith(_beginnings(code)) for line in lines))


def called(text: str) -> str:
    """The code of the language that was meant by a name, native or English; "" where none is similar."""
    names = dict(_names())
    alike = nearest(text, names) if len(text) > SHORT else []
    return names.get(text) or next((names[near] for near in alike), "")


def _beginnings(code: str) -> tuple[str, ...]:
    return (*(f"{word}:" for word in words(code, SECTIONS)), *(f"{word} " for word in words(code, STEPS)))


def _names() -> Iterator[tuple[str, str]]:
    for code, spoken in _KNOWN.items():
        yield code, code
        yield spoken["name"], code
        yield spoken["native"], code
