"""The step reference: every sentence with its meaning and what a person would type, as Markdown, as JSON, or found by words."""

import importlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

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


@dataclass(frozen=True)
class Entry:
    """One step function: the sentences that it understands, its meaning, the commands that a person would type, its module."""

    sentences: tuple[str, ...]
    meaning: str
    commands: tuple[str, ...]
    module: str


def entries(catalogue: Catalogue, words: Sequence[str] = ()) -> list[Entry]:
    """The step functions in the order of their modules; if words are given, only those with all the words."""
    functions = dict.fromkeys(definition.function for definition in catalogue)
    found = [_entry([one for one in catalogue if one.function is function]) for function in functions]
    return sorted((one for one in found if _speaks_of(one, words)), key=lambda one: one.module)


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


def _speaks_of(entry: Entry, words: Sequence[str]) -> bool:
    text = " ".join([*entry.sentences, entry.meaning, *entry.commands]).lower()
    return all(word.lower() in text for word in words)


def _chapter(module: str, some: Sequence[Entry]) -> Iterator[str]:
    about = (importlib.import_module(module).__doc__ or "").strip().split("\n")[0]
    yield f"## {module.rpartition('.')[2]}\n\n{about}\n"
    yield "| sentence | meaning | by hand |\n|---|---|---|"
    for one in some:
        sentences = "<br>".join(f"`{_cell(sentence)}`" for sentence in one.sentences)
        yield f"| {sentences} | {_cell(one.meaning)} | {'<br>'.join(f'`{_cell(command)}`' for command in one.commands)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
