"""Scenarios that a Python module binds with pytest-bdd's `scenarios()` or `@scenario`: pytest-bdd runs them, with our steps if needed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.plugin import solutions
from kubelab.plugin.items import Bound, Needs, ScenarioItem
from kubelab.plugin.options import chosen

if TYPE_CHECKING:
    from kubelab.authoring import Feature
    from kubelab.manifests import Solution
    from kubelab.pytest_internals import Scenario, Step

LAB = pytest.StashKey[Any]()
"""The world of a test that uses the fixture `lab`."""


@dataclass(frozen=True)
class BoundScenario(Needs):
    """A scenario that pytest-bdd runs, as far as our steps understand its sentences."""

    path: Path
    feature: "Feature"
    manifest_limit: float
    bound: Bound = ()
    solution: "Solution | None" = None


Subject = ScenarioItem | BoundScenario
"""What fixtures need to know of a scenario."""


def subject(item: pytest.Item) -> Subject | None:
    """The scenario of a test: one that we run, or one that pytest-bdd runs; None for any other test."""
    if isinstance(item, ScenarioItem) or not isinstance(item, pytest.Function):
        return item if isinstance(item, ScenarioItem) else None
    from kubelab.pytest_internals import rendered  # noqa: PLC0415

    scenario = rendered(item.function, getattr(getattr(item, "callspec", None), "params", {}))
    return _bound(item, scenario) if scenario else None


def _bound(item: pytest.Function, scenario: "Scenario") -> BoundScenario:
    from kubelab.authoring import Feature, Step  # noqa: PLC0415
    from kubelab.plugin.definitions import visible  # noqa: PLC0415

    feature = Feature(Path(scenario.feature.filename), scenario.feature.rel_filename, scenario.feature.name)
    catalogue = visible(item)
    steps = [Step(step.keyword, step.type, step.name, step.line_number, docstring=step.docstring) for step in scenario.steps]
    bound = [(step, definition) for step in steps for definition in catalogue.matching(step.text, step.type)]
    return BoundScenario(feature.path, feature, chosen(item.config).manifest_limit, bound, solutions.of_file(item.config, feature.path))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the files that a Python module of this session binds: first, so that other plugins do not count their scenarios."""
    ours = {item.path for item in items if isinstance(item, ScenarioItem)}
    bound = _bound_files(items) if ours else set()
    theirs = {path for path in ours if realpath(path) in bound}
    left = [item for item in items if not isinstance(item, ScenarioItem) or item.path not in theirs]
    if theirs:
        from kubelab.pytest_internals import uncount  # noqa: PLC0415

        uncount(config, len(items) - len(left))
        items[:] = left


def _bound_files(items: Sequence[pytest.Item]) -> set[str]:
    """The feature files that the modules of these items bind."""
    from kubelab.pytest_internals import bound_files  # noqa: PLC0415

    modules = {id(item.module): item.module for item in items if isinstance(item, pytest.Function) and not isinstance(item, ScenarioItem)}
    return {realpath(path) for module in modules.values() for path in bound_files(module)}


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_bdd_apply_tag(tag: str) -> bool | None:
    """A tag of ours that carries data is no marker: nobody could register it. First, whichever plugin was installed before the other."""
    from kubelab.authoring.tagging import OURS  # noqa: PLC0415

    return True if ":" in tag and OURS.fullmatch(tag) else None


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: "Scenario") -> None:
    """Make our steps available to a scenario that has a sentence which only they understand."""
    if not isinstance(request.node, ScenarioItem):
        with suppress(SetupTrouble):  # of a version that does not fit: pytest-bdd says which step it does not find
            from kubelab.plugin.definitions import lend  # noqa: PLC0415

            lend(request.node, scenario.steps)


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, scenario: "Scenario", step: "Step", step_func: Any) -> None:
    """What our own items do before a step: begin a new stretch at each When, and put the namespace in place of the word NAMESPACE.

    A project may have a fixture `lab` of its own, so that this is done for steps of ours only.
    """
    if isinstance(request.node, ScenarioItem):
        return
    from kubelab.plugin.definitions import is_ours  # noqa: PLC0415
    from kubelab.pytest_internals import asks_for  # noqa: PLC0415

    if is_ours(step_func) and "lab" in asks_for(step_func):
        request.getfixturevalue("lab")
    lab = request.node.stash.get(LAB, None)
    if lab is None:
        return
    at = scenario.steps.index(step)
    if step.type == "when" and (at == 0 or scenario.steps[at - 1].type != "when"):
        lab.mark()
    step.name = lab.manifests.spelled(step.name)
    step.docstring = None if step.docstring is None else lab.manifests.spelled(step.docstring)
