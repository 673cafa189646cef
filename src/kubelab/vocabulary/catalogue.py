"""All step definitions, quick to search: which one a sentence means, which it might have meant, where two understand the same."""

import difflib
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_bdd import parsers

from kubelab.abilities import Ability
from kubelab.client.kinds import BUILT_IN
from kubelab.pytest_internals import StepFunctionContext, asks_for, known
from kubelab.vocabulary.word_values import KindName
from kubelab.vocabulary.words import WORDS

STEPS = "kubelab.steps"
"""The package whose modules hold our own step definitions."""
BELOW = {"docstring": "docstring", "table": "datatable"}
"""What may come below a step, and the parameter by which pytest-bdd passes it to the function."""
PLACEHOLDER = re.compile(r"\{(\w*)(?::(\w+))?\}")
"""A typed word in a pattern: its name and its type."""
GROUP = re.compile(r"\(\?P<(\w+)>")
"""A word in a pattern that is a regular expression: its name."""
OF_ONE = re.compile(r"\{\w+:Number\}(?=(?: \{phase:Phase\}| [a-z]*[a-rt-z])* (?:node|pod|time|Job|ReplicaSet|endpoint)\b)")
"""A number in a pattern that counts one thing."""


@dataclass(frozen=True)
class Definition:
    """One sentence that a step function understands; of several that match, those with the highest closeness count."""

    context: StepFunctionContext = field(repr=False)
    closeness: int = 0

    @property
    def type(self) -> str | None:
        """Which of given, when and then it is; None is any."""
        return self.context.type

    @property
    def pattern(self) -> str:
        """The sentence with its typed words in braces."""
        return str(self.context.parser.name)

    @property
    def function(self) -> Callable[..., object]:
        """The step function."""
        return self.context.step_func

    @property
    def module(self) -> str:
        """The module that defines it."""
        return self.function.__module__

    @property
    def place(self) -> str:
        """The file that defines it, relative to the working directory if it is below that, and the line."""
        code = inspect.unwrap(self.function).__code__
        file = Path(code.co_filename)
        shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
        return f"{shown}:{code.co_firstlineno}"

    @property
    def doc(self) -> str:
        """The first line of the function's docstring: its line in the reference."""
        return (self.function.__doc__ or "").strip().split("\n")[0]

    @property
    def by_hand(self) -> tuple[str, ...]:
        """The commands a person would type, with the sentence's words in braces."""
        return tuple(getattr(self.function, "by_hand", ()))

    def locks(self, text: str) -> set[str]:
        """What a scenario with this sentence needs for itself alone."""
        placed = {resource for value in self.words(text).values() for resource in getattr(value, "locks", ())}
        return placed | {resource.format_map(self.words(text)) for resource in getattr(self.function, "locks", ())}

    @cached_property
    def asks(self) -> frozenset[str]:
        """The fixtures that its function asks for: its parameters that are not words of the sentence."""
        words = {name for name, _ in PLACEHOLDER.findall(self.pattern)} | set(GROUP.findall(self.pattern))
        return frozenset(asks_for(self.function)) - words - set(BELOW.values())

    @cached_property
    def example(self) -> str:
        """A sentence it understands."""
        pattern = OF_ONE.sub("1", self.pattern)
        return PLACEHOLDER.sub(lambda match: WORDS[match[2]].example if match[2] in WORDS else match[1], pattern)

    @cached_property
    def keyword(self) -> str:
        """The longest plain word of the pattern: a sentence without it cannot match. "" where there is none, as in a regular expression."""
        if not isinstance(self.context.parser, parsers.parse | parsers.string):
            return ""
        return max((word for word in self.pattern.split() if not set("{}") & set(word)), key=len, default="")

    def understands(self, text: str, type_: str | None = None) -> bool:
        """Whether the sentence matches, under that keyword (None: under any)."""
        return (type_ is None or self.type in {None, type_}) and self.context.parser.is_matching(text)

    def words(self, text: str) -> dict[str, Any]:
        """The values of the typed words of a sentence that matches."""
        return self.context.parser.parse_arguments(text) or {}

    def kinds(self, text: str) -> set[str]:
        """Every kind that the sentence names or its function declares with `watches`."""
        placed = {kind for value in self.words(text).values() for kind in getattr(value, "watches", ())}
        return self.named(text) | placed | set(getattr(self.function, "watches", ()))

    def named(self, text: str) -> set[str]:
        """Every kind the sentence names."""
        words = {str(value) for value in self.words(text).values() if isinstance(value, KindName)}
        return words | {word for word in PLACEHOLDER.sub("", self.pattern).split() if word in BUILT_IN}

    def requires(self, text: str) -> set[Ability]:
        """What the cluster must be able to do for this sentence."""
        placed = {ability for value in self.words(text).values() for ability in getattr(value, "requires", ())}
        return placed | set(getattr(self.function, "requires", ()))

    def is_live(self, text: str, files: Collection[str] = ()) -> bool:
        """Whether the step only reads what is there now (`live`), in an exercise for which students write these files."""
        told = getattr(self.function, "live", None)
        if told is None:
            return False
        words = self.words(text)
        placed = all(getattr(one, "is_live", True) for one in words.values())
        return placed and all(is_so(words[name], files) for name, is_so in told.items())

    def wrong(self, text: str) -> list[str]:
        """What is wrong with words of the sentence, by the checks of its function."""
        told = getattr(self.function, "checks", {})
        words = self.words(text) if told else {}
        return [said for name, check in told.items() if (said := check(words[name]))]

    def takes(self, text: str) -> dict[str, bool]:
        """What the step takes below it, a docstring or a table, and whether it needs that."""
        said = self.words(text) if self._below else {}
        return {what: needed for what, needed in self._below.items() if BELOW[what] not in said}

    @cached_property
    def _below(self) -> dict[str, bool]:
        parameters = inspect.signature(self.function).parameters
        return {what: parameters[name].default is inspect.Parameter.empty for what, name in BELOW.items() if name in parameters}


@dataclass(frozen=True)
class Catalogue:
    """Step definitions; `matching` looks only at those whose longest plain word is in the sentence."""

    definitions: tuple[Definition, ...]

    def __iter__(self) -> Iterator[Definition]:
        return iter(self.definitions)

    def matching(self, text: str, type_: str | None = None) -> list[Definition]:
        """The definitions that understand the sentence, of the closest place only: a conftest's before ours."""
        found = [one for word in {"", *text.split()} for one in self._by_keyword.get(word, ()) if one.understands(text, type_)]
        closest = max((one.closeness for one in found), default=0)
        return [one for one in found if one.closeness == closest]

    def nearest(self, text: str, type_: str | None = None, count: int = 3) -> list[str]:
        """Examples of the definitions most like the sentence, best first; quoted words and numbers do not count."""
        examples = {_bare(one.example): one.example for one in self if type_ is None or one.type in {None, type_}}
        return [examples[near] for near in difflib.get_close_matches(_bare(text), examples, count, cutoff=0.5)]

    @cached_property
    def _by_keyword(self) -> dict[str, list[Definition]]:
        index = defaultdict(list)
        for definition in self.definitions:
            index[definition.keyword].append(definition)
        return dict(index)


def catalogue() -> Catalogue:
    """The catalogue of our own steps: every definition in the modules of kubelab.steps."""
    modules = [importlib.import_module(module) for module in step_modules()]
    own = {id(vars(module)) for module in modules}  # if a module was imported again, its earlier functions do not count
    return defined((context, 0) for context in known() if id(getattr(context.step_func, "__globals__", None)) in own)


def step_modules() -> list[str]:
    """The names of the modules of kubelab.steps, in order, none of them imported."""
    package = importlib.import_module(STEPS)
    return sorted(f"{STEPS}.{module.name}" for module in pkgutil.iter_modules(package.__path__))


def defined(contexts: Iterable[tuple[StepFunctionContext, int]]) -> Catalogue:
    """The catalogue of the given definitions, each with its closeness."""
    return Catalogue(tuple(Definition(context, closeness) for context, closeness in contexts))


def _bare(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r'"[^"]*"', '""', text))
