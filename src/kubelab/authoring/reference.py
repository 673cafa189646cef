"""The step reference: every sentence with its meaning and what a person would type, as Markdown, as JSON, or found by words."""

import importlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kubelab.client.kinds import BUILT_IN
from kubelab.vocabulary import WORDS, Catalogue, Definition

HEAD = """\
# The sentences a lab can say

Written by `kubelab steps --markdown` from the definitions in `steps/`. Each sentence is listed with the keyword that it belongs to;
one with `*` may come after any of them: `Given I apply "web.yaml"` as well as `When I apply "web.yaml"`. `And` and `But` continue the
keyword before them.

The word NAMESPACE in a sentence, or in the text under it, stands for the scenario's own namespace, which has another name each time.

A sentence about what the cluster does waits: for 30 seconds, or for as long as the sentence says. Seconds in which a kubelet pulls an
image for the scenario do not count, up to five minutes; the timeline of a failure says how many they were.

Words in braces are of these types:

| type | as in | what it is |
|---|---|---|
"""
ANY_KIND = "{kind:Kind}"
"""What a sentence has in the place of a kind."""


@dataclass(frozen=True)
class Entry:
    """One step function: the sentences that it understands, its meaning, the commands that a person would type, its module."""

    sentences: tuple[str, ...]
    meaning: str
    commands: tuple[str, ...]
    module: str


def entries(catalogue: Catalogue, words: Sequence[str] = ()) -> list[Entry]:
    """The step functions in the order of their modules; if words are given, only those with all the words, the closest first."""
    functions = dict.fromkeys(definition.function for definition in catalogue)
    found = [_entry([one for one in catalogue if one.function is function]) for function in functions]
    wanted = [_kind_of(word, found) for word in words]
    return sorted((one for one in found if _has(_text(one), wanted)), key=lambda one: (_distance(one, wanted), one.module))


def markdown(catalogue: Catalogue) -> str:
    """The reference as Markdown: the types of words, then a table for each module."""
    types = [f"| `{name}` | `{word.example}` | {_cell(word.meaning)} |" for name, word in WORDS.items()]
    chapters = ["\n".join(_chapter(module, list(some))) for module, some in groupby(entries(catalogue), lambda one: one.module)]
    return HEAD + "\n".join(types) + "\n\n" + "\n\n".join(chapters) + "\n"


def as_json(some: Iterable[Entry]) -> str:
    """The entries as JSON: a list of objects with sentences, meaning, commands and module."""
    return json.dumps([vars(one) for one in some], indent=2, ensure_ascii=False)


def as_text(some: Iterable[Entry]) -> str:
    """The entries for a terminal: the sentences, then what they mean and the command, indented."""
    return "\n\n".join("\n".join([*one.sentences, f"    {one.meaning}", *(f"    $ {command}" for command in one.commands)]) for one in some)


def _entry(definitions: Sequence[Definition]) -> Entry:
    first = definitions[0]
    sentences = sorted((f"{_keyword(one)} {one.pattern}" for one in definitions), key=len)
    commands = [command.replace("{{", "{").replace("}}", "}") for command in first.by_hand]
    return Entry(tuple(sentences), first.doc, tuple(commands), first.module)


def _keyword(definition: Definition) -> str:
    return (definition.type or "*").capitalize()


def _text(entry: Entry) -> str:
    return "\n".join([*entry.sentences, entry.meaning, *entry.commands])


def _kind_of(word: str, some: Iterable[Entry]) -> str:
    """The kind as Kubernetes spells it, where the word is its name and no sentence has that word; else the word."""
    kind = next((one for one in BUILT_IN if one.lower() == word.lower()), word)
    return word if any(word.lower() in _text(one).lower() for one in some) else kind


def _has(text: str, words: Sequence[str]) -> bool:
    """Whether all the words are there; a kind is also where any kind may stand."""
    return all(word.lower() in text.lower() or (word in BUILT_IN and ANY_KIND in text) for word in words)


def _distance(entry: Entry, words: Sequence[str]) -> tuple[int, int]:
    """How far a sentence is from what was looked for: first those that have the words side by side, then the short ones."""
    text = "\n".join(entry.sentences)
    if not words:
        return (0, 0)
    if " ".join(words).lower() in text.lower():
        return (0, len(entry.sentences[0]))
    return (1 if _has(text, words) else 2, len(entry.sentences[0]))


def _chapter(module: str, some: Sequence[Entry]) -> Iterator[str]:
    about = (importlib.import_module(module).__doc__ or "").strip().split("\n")[0]
    yield f"## {module.rpartition('.')[2]}\n\n{about}\n"
    yield "| sentence | meaning | by hand |\n|---|---|---|"
    for one in some:
        sentences = "<br>".join(f"`{_cell(sentence)}`" for sentence in one.sentences)
        yield f"| {sentences} | {_cell(one.meaning)} | {'<br>'.join(f'`{_cell(command)}`' for command in one.commands)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
