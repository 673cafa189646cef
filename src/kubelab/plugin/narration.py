"""Follows the scenarios that run: for those who watch, and so that each report carries what its sentences waited for."""

from collections.abc import Generator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.pytest_bdd_scenarios import LAB
from kubelab.plugin.story import Narrator

if TYPE_CHECKING:
    from kubelab.pytest_internals import Feature, Scenario, Step

NARRATOR = pytest.StashKey[Narrator]()
WAITS = "kubelab_waits"
"""Where the report of a scenario carries its waits, as JSON: `records.scenario_record.Wait` with the place and the text of its sentence."""
NOTED = pytest.StashKey[list[dict[str, Any]]]()
"""The waits of an item so far."""


def pytest_configure(config: pytest.Config) -> None:
    """Nothing runs yet."""
    config.stash[NARRATOR] = Narrator()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Follow one of our own scenarios from its setup on, and let go of it after its teardown."""
    narrator = item.config.stash[NARRATOR]
    if isinstance(item, ScenarioItem):
        narrator.begin(item.name)
    try:
        return (yield)
    finally:
        narrator.end()


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: "Scenario") -> None:
    """Follow a scenario that pytest-bdd runs too; one that runs again has waited for nothing."""
    item: pytest.Item = request.node
    item.stash[NOTED] = []
    if not isinstance(item, ScenarioItem):
        item.config.stash[NARRATOR].begin(scenario.name)


@pytest.hookimpl(optionalhook=True, trylast=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, step: "Step") -> None:
    """A sentence begins: last, since its text is the one that runs."""
    request.config.stash[NARRATOR].begin_sentence(step, request.node.stash.get(LAB, None))


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest, feature: "Feature") -> None:
    """It was so."""
    _end_sentence(request.node, feature, good=True)


@pytest.hookimpl(optionalhook=True)
def pytest_bdd_step_error(request: pytest.FixtureRequest, feature: "Feature") -> None:
    """It was not so, or could not be judged."""
    _end_sentence(request.node, feature, good=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the report of what ran carry its waits."""
    report = yield
    if call.when == "call" and item.stash.get(NOTED, []):
        vars(report)[WAITS] = item.stash[NOTED]
    return report


def _end_sentence(item: pytest.Item, feature: "Feature", *, good: bool) -> None:
    told = item.config.stash[NARRATOR].end_sentence(item.stash.get(LAB, None), good=good)
    place = feature.rel_filename
    item.stash[NOTED] += [{**asdict(wait), "place": f"{place}:{sentence.line}", "sentence": sentence.text} for sentence, wait in told]
