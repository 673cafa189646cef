"""Which step definitions a feature file sees: ours, those of plugins, and those of the conftests above it, the closest first."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from kubelab.pytest_internals import Step, StepFunctionContext, context_of, fixtures, refuse_without
from kubelab.vocabulary import STEPS, Catalogue, Definition, defined, step_modules
from kubelab.vocabulary import catalogue as ours

FOLDERS = pytest.StashKey[dict[Any, Catalogue]]()
"""The catalogue of each folder, since a feature file has no definitions of its own, and of each module that binds one."""
CATALOGUES = pytest.StashKey[dict[frozenset[tuple[int, int]], Catalogue]]()


def visible(node: pytest.Item | pytest.Collector) -> Catalogue:
    """The catalogue for a feature file or a test, shared by those that see the same definitions. SetupTrouble without pytest-bdd."""
    refuse_without(node.config.hook)
    by_folder = node.config.stash.setdefault(FOLDERS, {})
    if node.parent not in by_folder:
        by_folder[node.parent] = _shared(node)
    return by_folder[node.parent]


def lend(item: pytest.Item, steps: Sequence[Step]) -> None:
    """Let pytest-bdd find our own steps from now on, if a scenario that it runs has a sentence which only they understand."""
    others = [Definition(context) for context, closeness in _others(item)]
    unknown = [step for step in steps if not any(one.understands(step.name, step.type) for one in others)]
    if unknown and _any_is_ours(unknown):
        for module in step_modules():
            item.config.pluginmanager.import_plugin(module)


def is_ours(function: Callable[..., object]) -> bool:
    """Whether a step function is one of our own vocabulary."""
    return function.__module__.startswith(STEPS + ".")


def _any_is_ours(steps: Sequence[Step]) -> bool:
    book = ours()
    return any(book.matching(step.name, step.type) for step in steps)


def _shared(node: pytest.Item | pytest.Collector) -> Catalogue:
    contexts = [*((one.context, one.closeness) for one in ours()), *_others(node)]
    shared = node.config.stash.setdefault(CATALOGUES, {})
    return shared.setdefault(frozenset((id(context), closeness) for context, closeness in contexts), defined(contexts))


def _others(node: pytest.Item | pytest.Collector) -> Iterator[tuple[StepFunctionContext, int]]:
    """The definitions that are not ours; the deeper the folder of a conftest, the higher their closeness."""
    for fixture in fixtures(node):
        context = context_of(fixture.func)
        if context and not is_ours(context.step_func):
            yield context, 1 + len([part for part in fixture.baseid.split("/") if part])
