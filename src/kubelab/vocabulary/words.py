"""The typed words of a sentence, and what a step definition says about itself."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pytest_bdd import parsers

from kubelab.abilities import Ability
from kubelab.conditions.controllers.schedules import RECURRENCE
from kubelab.vocabulary.word_values import KindName, PlaceName, UrlText

SECONDS = {"millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0}
"""The units of a Duration."""

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True)
class Word:
    """A type of word: its regular expression, how it is read, an example, and what it is, for the reference."""

    pattern: str
    read: Callable[[str], object]
    example: str
    meaning: str

    def converter(self) -> Callable[[str], object]:
        """The word in the form that `parse` wants: a function that has its pattern."""

        def convert(text: str) -> object:
            return self.read(text)

        vars(convert)["pattern"] = self.pattern
        return convert


@dataclass(frozen=True)
class Pair:
    """A key and its value in a sentence, and the text that they are in: `app=web`, `Location: /app`."""

    key: str
    value: str
    text: str

    def __str__(self) -> str:
        return self.text


def _pair(separator: str) -> Callable[[str], Pair]:
    def read(text: str) -> Pair:
        key, _, value = _unescaped(text).partition(separator)
        return Pair(key, value, _unescaped(text))

    return read


def _quoted(text: str) -> str:
    return text[1:-1]


def _url(text: str) -> UrlText:
    return UrlText(_quoted(text))


def _names(text: str) -> list[str]:
    return _quoted(text).split(", ")


def _unescaped(text: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", text[1:-1])


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(", ")]


def _seconds(text: str) -> float:
    number, unit = text.split()
    return float(number) * SECONDS[unit.removesuffix("s")]


LABEL_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"
"""A label's key after its prefix, and a value that is not empty
(https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set)."""
KEY = rf"(?:[a-z0-9.-]+/)?{LABEL_NAME}"
"""The key of a label or an annotation."""
HOST = r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]"
"""A host name or an address; one of IP version 6 is in brackets."""
ANYTHING = r'(?:[^"\\]|\\.)'
"""A character within quotes; a quote has a backslash before it."""

COUNT = r"\d{1,15}"
"""A whole number; Kubernetes has none with more digits."""

LENGTH = r"\d{1,6}(?:\.\d{1,6})?"
"""A number of seconds or days; nothing waits longer."""

WORDS: Mapping[str, Word] = {
    "Kind": Word(r"[A-Z][A-Za-z0-9]*", KindName, "Deployment", "a kind, spelled as Kubernetes spells it"),
    "Name": Word(r'"[^"\s]+"', _quoted, '"web"', "a name in quotes, without spaces"),
    "Names": Word(r'"[^"\s,]+(?:, [^"\s,]+)*"', _names, '"web, client"', "names in one pair of quotes, separated by commas"),
    "Text": Word(rf'"{ANYTHING}+"', _unescaped, '"any text"', r"any text in quotes; \" stands for a quote"),
    "Label": Word(rf'"{KEY}=(?:{LABEL_NAME})?"', _pair("="), '"app=web"', "a label in quotes, as key=value"),
    "LabelKey": Word(rf'"{KEY}"', _quoted, '"app"', "the key of a label in quotes, without a value"),
    "Annotation": Word(rf'"{KEY}={ANYTHING}*"', _pair("="), '"team=blue"', "an annotation in quotes, as key=value"),
    "Header": Word(rf'"[A-Za-z0-9-]+: {ANYTHING}*"', _pair(": "), '"Location: /app"', "a header in quotes, as Name: value"),
    "Url": Word(rf'"https?://(?:{HOST})(?::\d{{1,5}})?(?:/[^"\s]*)?"', _url, '"http://web:80/page"', "a URL in quotes, with http or https"),
    "File": Word(r'"[^"\s]+\.[A-Za-z0-9]+"', _quoted, '"web.yaml"', "a file's name in quotes"),
    "Number": Word(COUNT, int, "3", "a whole number"),
    "Numbers": Word(rf"{COUNT}(?:, {COUNT})*", _numbers, "1, 3, 4", "whole numbers, separated by commas"),
    "Phase": Word(r"Pending|Running|Succeeded|Failed|Unknown", str, "Running", "a Pod's phase, as `status.phase` spells it"),
    "Word": Word(r"[a-z][a-z-]*", str, "first", "a word of small letters"),
    "Place": Word(
        r'from (?:a node|outside|Pod "[^"\s]+")',
        PlaceName,
        'from Pod "client"',
        "where a request is made",
    ),
    "Recurrence": Word(
        RECURRENCE,
        str,
        "every Saturday at 05:00 UTC",
        'a recurrence, whose time of day names its zone, UTC or in "Asia/Seoul"',
    ),
    "Duration": Word(rf"{LENGTH} (?:millisecond|second|minute|hour|day)s?", _seconds, "30 seconds", "a length of time with its unit"),
}
"""The typed words that `parse` knows, by name; a Duration is passed as seconds."""


def parse(text: str) -> parsers.parse:
    """A pattern of plain words and typed ones, `{name:Name}`: pytest-bdd's own parser with our types, case-sensitive."""
    return parsers.parse(text, {name: word.converter() for name, word in WORDS.items()}, case_sensitive=True)


def by_hand(*commands: str) -> Callable[[F], F]:
    """The command that a person would type for this step, with the sentence's words in braces: `by_hand("kubectl delete pod {name}")`."""
    return _noting("by_hand", commands)


def watches(*kinds: str) -> Callable[[F], F]:
    """Kinds that the step looks at although its sentence does not name them."""
    return _noting("watches", kinds)


def locks(*resources: str) -> Callable[[F], F]:
    """What the step needs for its scenario alone, with the sentence's words in braces: `locks("nodes")`, `locks("host {host}")`."""
    return _noting("locks", resources)


def requires(*abilities: Ability) -> Callable[[F], F]:
    """What the cluster must be able to do for the step: where it cannot, the scenario is skipped before it begins."""
    return _noting("requires", abilities)


def live(**words: Callable[[str, Collection[str]], bool]) -> Callable[[F], F]:
    """The step only reads what is there now, so that an exercise tagged @live may have it judged in a namespace that is not the scenario's.

    Not one that looks back over what happened since the last When. Functions say of a word, and of the files that students write, whether
    it is so: `live(line=reads)`.
    """
    return _noting("live", words)


def checks(**words: Callable[[str], str]) -> Callable[[F], F]:
    """Functions that say, before anything runs, what is wrong with a word of the sentence ("" for nothing): `checks(line=misuse)`."""
    return _noting("checks", words)


def _noting(what: str, words: object) -> Callable[[F], F]:
    def noting(function: F) -> F:
        vars(function)[what] = words
        return function

    return noting
