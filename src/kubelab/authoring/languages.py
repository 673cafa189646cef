"""Gherkin's languages: what they are called, whose a keyword is, and what it is called in another one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gherkin.dialect import DIALECTS

from kubelab.client.likeness import nearest

SECTIONS = ("feature", "rule", "background", "scenarioOutline", "scenario", "examples")
"""What begins a section, in Gherkin's own names: the keyword is followed by a colon."""
STEPS = ("given", "when", "then", "and", "but")
FAVOURED = ("en", "ko")
"""Languages that are thought of first where a keyword belongs to several."""
SHORT = 3
"""Letters of a name in which too many others would be found."""
ANY = "*"
"""What may begin a step in every language."""
_KNOWN: Mapping[str, Any] = DIALECTS


def is_known(code: str) -> bool:
    """Whether Gherkin has a language of this short name."""
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
    """What a keyword of a language is in another one."""
    role = next(role for role in (*SECTIONS, *STEPS) if word in words(code, [role]))
    return words(wanted, [role])[0]


def likeliest(lines: Sequence[str], codes: Sequence[str]) -> str:
    """Of these languages the one with whose keywords most of the lines begin."""
    return max(codes, key=lambda code: sum(line.strip().startswith(_beginnings(code)) for line in lines))


def called(text: str) -> str:
    """The short name of the language that was meant by a name, its own or its English one; "" where none is like it."""
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
