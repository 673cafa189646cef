"""Which step definitions a feature file sees: ours, those of plugins, and those of the conftests above it, the closest first."""

from collections.abc import Iterator
from typing import Any

import pytest

from kubelab.pytest_internals import StepFunctionContext, context_of, fixtures, refuse_without
from kubelab.vocabulary import STEPS, Catalogue, defined, step_modules

FOLDERS = pytest.StashKey[dict[Any, Catalogue]]()
"""The catalogue of each folder: a feature file has no definitions of its own."""
CATALOGUES = pytest.StashKey[dict[frozenset[tuple[int, int]], Catalogue]]()


def visible(node: pytest.Collector) -> Catalogue:
    """The catalogue of a feature file; files that see the same definitions share one. SetupTrouble where pytest-bdd takes no part."""
    refuse_without(node.config.hook)
    _load(node.config)
    by_folder = node.config.stash.setdefault(FOLDERS, {})
    if node.parent not in by_folder:
        by_folder[node.parent] = _shared(node)
    return by_folder[node.parent]


def _shared(node: pytest.Collector) -> Catalogue:
    contexts = list(_visible(node))
    shared = node.config.stash.setdefault(CATALOGUES, {})
    return shared.setdefault(frozenset((id(context), closeness) for context, closeness in contexts), defined(contexts))


def _load(config: pytest.Config) -> None:
    """Make our steps fixtures of the session, once the first feature file needs them: a run without labs does not pay for them."""
    for module in step_modules():
        if not config.pluginmanager.hasplugin(module):
            config.pluginmanager.import_plugin(module)


def _visible(node: pytest.Collector) -> Iterator[tuple[StepFunctionContext, int]]:
    for fixture in fixtures(node):
        if context := context_of(fixture.func):
            yield context, _closeness(context, fixture.baseid)


def _closeness(context: StepFunctionContext, base: str) -> int:
    """0 for our own; for others, higher the deeper the folder of the conftest."""
    own = context.step_func.__module__.startswith(STEPS + ".")
    return 0 if own else 1 + len([part for part in base.split("/") if part])
