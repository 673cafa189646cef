"""Hundreds of broken manifests and features: real ones, changed as people, editors and attackers change them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
FILES = [file for glob in ("*/*.yaml", "*/solutions/*/*.yaml") for file in (ROOT / "manifests").glob(glob)]
MANIFESTS = sorted(file.read_text() for file in FILES if file.stem != "variants")
FEATURES = sorted(file.read_text() for file in (ROOT / "features").glob("*/*.feature"))
"""Manifests and features as labs have them."""
YAML_PIECES = (
    *"\t\0\x07\u00a0\u201c\u2019\ufeff\u2028*&!%@`|>'\"{}[]:,#?-=~",
    *(
        "---\n",
        "...\n",
        "- ",
        "? ",
        ": ",
        "&a ",
        "*a",
        "<<: *a\n",
        "&a [*a]",
        "&a {<<: *a}",
        "<<: 3",
        "!!set {a, b}",
        "!!binary aGk=",
        "\r",
    ),
    *("!!python/object:os.system x", "!!int x", "!!map 3", "!!timestamp [1]", ".nan", "-.inf", "0b_", "1e999", "9" * 5000, "2020-13-45"),
    *("[" * 200, "{a: " * 200, "- " * 200, "\n  ", "\n", "null", "on", "[]", "{}", "metadata: []", "spec: 3\n", "items: [3, null]\n"),
    *(
        "kind: List\n",
        "apiVersion: [v1]\n",
        "name: ../../x\n",
        "name: a?b#c d\n",
        'name: "\\0"\n',
        '"\\ud800"',
        "namespace: {}\n",
        "x" * 3000,
    ),
)
GHERKIN_PIECES = (
    *"\t\0\x07\u00a0\u201c\ufeff\u2028|@#*<>\"':\\/",
    *("\n", "\r\n", "Feature: ", "Rule: ", "Background:\n", "Scenario: ", "Scenario Outline: ", "Examples:\n", "| a | b |\n", "| a |\n"),
    *(
        '"""\n',
        "```\n",
        "Given ",
        "When ",
        "Then ",
        "And ",
        "* ",
        "@tag ",
        "@exclusive\n",
        "@skip ",
        "@parametrize ",
        "@usefixtures ",
        "<n>",
        "::",
    ),
    *(
        "# language: ko\n",
        "# language: xx\n",
        "\\|",
        "[",
        "]",
        "e\u0301",
        "\U0001f600",
        "x" * 3000,
        'Given I apply "a.yaml"\n',
        "\u200f",
        "NAMESPACE-x",
        "9" * 5000,
        "1e999",
    ),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=12),
    st.sampled_from(
        ["", "..", "../x", "a/b", "NAMESPACE", "NAMESPACE-x", "kube-system", "nginx:1.18", "None", "0x_", "12:30", "*", "\u2028"]
    ),
    st.dates(),
    st.binary(max_size=3),
)
KEYS = st.one_of(
    st.text(max_size=5), st.integers(), st.booleans(), st.none(), st.sampled_from(["name", "spec", "containers", "image", "items"])
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6)
"""What may replace any value."""


def changed(texts: Sequence[str], pieces: Sequence[str]) -> st.SearchStrategy[str]:
    """One of the texts in which up to four pieces have replaced up to 40 characters each."""
    cut = st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(pieces))
    return st.builds(_cut, st.sampled_from(texts), st.lists(cut, min_size=1, max_size=4))


def _cut(text: str, cuts: Sequence[tuple[float, int, str]]) -> str:
    for place, length, piece in cuts:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + length :]
    return text


def misshapen(texts: Sequence[str]) -> st.SearchStrategy[str]:
    """One of the manifests in which odd values have replaced up to three of its own."""
    swap = st.tuples(st.lists(st.integers(0, 9), min_size=1, max_size=6), VALUES)
    return st.builds(_swapped, st.sampled_from(texts), st.lists(swap, min_size=1, max_size=3))


def _swapped(text: str, swaps: Sequence[tuple[Sequence[int], Any]]) -> str:
    documents = list(yaml.load_all(text, yaml.CSafeLoader))
    for way, value in swaps:
        _put(documents, way, value)
    return yaml.dump_all(documents, Dumper=yaml.CSafeDumper, allow_unicode=True)


def _put(thing: Any, way: Sequence[int], value: Any) -> None:
    """Put the value at the end of the path, each number of which selects one of the entries."""
    for depth, number in enumerate(way):
        keys = list(thing) if isinstance(thing, dict) else range(len(thing)) if isinstance(thing, list) else ()
        if not keys:
            return
        key = keys[number % len(keys)]
        if depth == len(way) - 1 or not isinstance(thing[key], dict | list):
            thing[key] = value
            return
        thing = thing[key]


def manifests() -> st.SearchStrategy[str]:
    """Broken ones."""
    return changed(MANIFESTS, YAML_PIECES) | misshapen(MANIFESTS)


def features() -> st.SearchStrategy[str]:
    """Broken ones."""
    return changed(FEATURES, GHERKIN_PIECES)
