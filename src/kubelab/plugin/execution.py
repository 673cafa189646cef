"""Runs a scenario's steps with pytest-bdd; after a failed Then the following Thens still run, the next When does not.

`pytest.fail` ends the scenario, whether a step calls it or a plugin, such as one that limits the test's time.
"""

import inspect
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from kubelab import pytest_internals as bdd
from kubelab.authoring import Feature, ScenarioText, Step
from kubelab.diagnostics import evidence
from kubelab.errors import LabFailure, NotHere, SetupTrouble
from kubelab.plugin import blame, disk
from kubelab.plugin.performed import Performed, performing

if TYPE_CHECKING:
    from kubelab.diagnostics import Section
    from kubelab.scenario import Scenario
    from kubelab.vocabulary import Definition


class PerformedItem(Protocol):
    """What running a scenario needs of its pytest item; `line` follows the step that runs, `performed` has those that have run."""

    text: ScenarioText
    feature: Feature
    bound: Sequence[tuple[Step, "Definition"]]
    line: int
    performed: list[Performed]

    @property
    def ihook(self) -> Any:
        """The hooks of pytest, as the item's folder sees them."""


@dataclass(frozen=True)
class StepFailure:
    """A sentence that failed, its error, and the evidence."""

    step: Step
    error: BaseException
    evidence: Sequence["Section"] = ()


class ScenarioFailed(LabFailure):
    """The sentences of a scenario that failed; the first one gives the text."""

    def __init__(self, failures: Sequence[StepFailure]) -> None:
        super().__init__("\n".join(f"{failure.step}\n{failure.error}" for failure in failures))
        self.failures = tuple(failures)


class ScenarioInTrouble(SetupTrouble):
    """The run could not go on at a sentence; failures before it are told too."""

    def __init__(self, step: Step, trouble: SetupTrouble, failures: Sequence[StepFailure]) -> None:
        super().__init__(str(trouble))
        self.step, self.failures = step, tuple(failures)


def perform(request: pytest.FixtureRequest, lab: "Scenario") -> None:
    """Run every step; ScenarioFailed at the end if sentences failed, ScenarioInTrouble at once if the run cannot go on."""
    __tracebackhide__ = True
    item: PerformedItem = request.node
    scenario = _scenario(item.feature, item.text, lab.manifests.spelled)
    hook, told = item.ihook, {"request": request, "feature": scenario.feature, "scenario": scenario}
    hook.pytest_bdd_before_scenario(**told)
    try:
        failures = _steps(request, lab, scenario)
    except ScenarioInTrouble as trouble:
        if _asks_too_much(trouble, lab):
            pytest.skip(f"{item.feature.shown}:{trouble.step.line}  {trouble.step}\n{trouble}".replace("\n", "\n  "))
        raise
    finally:
        hook.pytest_bdd_after_scenario(**told)
    if failures:
        item.line = failures[0].step.line
        raise ScenarioFailed(failures)


def _asks_too_much(trouble: ScenarioInTrouble, lab: "Scenario") -> bool:
    """Whether somebody else's cluster cannot do this, and nothing had failed before; one of ours can do everything."""
    return isinstance(trouble.__cause__, NotHere) and not trouble.failures and not lab.cluster.can.ours


def _steps(request: pytest.FixtureRequest, lab: "Scenario", scenario: bdd.Scenario) -> list[StepFailure]:
    __tracebackhide__ = True
    item: PerformedItem = request.node
    failures, before = list[StepFailure](), ""
    for (step, definition), bdd_step in zip(item.bound, scenario.steps, strict=True):
        if failures and {step.type, failures[-1].step.type} != {"then"}:
            break
        if step.type == "when" != before:
            lab.mark()
        before, item.line = step.type, step.line
        try:
            with performing(item.performed, lab, step):
                error = _step(request, scenario, bdd_step, definition, (step, failures))
            _blame_the_cluster(error, lab, step, failures)
            if error:
                failures.append(_failure(lab, step, error, failures))
        except pytest.skip.Exception:
            if failures:  # what is known already is not skipped
                break
            raise
        except pytest.fail.Exception as end:  # of a timeout, say: the time of all sentences is up
            failures.append(_failure(lab, step, end, failures))
            break
    return failures


def _failure(lab: "Scenario", step: Step, error: BaseException, before: Sequence[StepFailure]) -> StepFailure:
    """The failure of a sentence; only the first one gets evidence, since it explains the rest."""
    lab.failed_at = min(lab.failed_at, lab.clock())
    return StepFailure(step, error, () if before else evidence(lab, error))


def _step(
    request: pytest.FixtureRequest,
    scenario: bdd.Scenario,
    bdd_step: bdd.Step,
    definition: "Definition",
    story: tuple[Step, Sequence[StepFailure]],
) -> BaseException | None:
    __tracebackhide__ = True
    step, failures = story
    try:
        _refuse_async(definition)
        with disk.told():
            bdd.execute(request, scenario, bdd_step, definition.context)
    except AssertionError as error:
        return error
    except SetupTrouble as trouble:
        raise ScenarioInTrouble(step, trouble, failures) from trouble
    except Exception as mistake:
        for failure in failures:
            mistake.add_note(f"Before it, this failed:\n{failure.step}\n{failure.error}")
        raise
    return None


def _blame_the_cluster(error: BaseException | None, lab: "Scenario", step: Step, failures: Sequence[StepFailure]) -> None:
    """ScenarioInTrouble if the error is the cluster's fault and not the lab's."""
    if error is not None and (trouble := blame.of_cluster(lab, error, step, is_first=not failures)):
        raise ScenarioInTrouble(step, trouble, failures) from trouble


def _refuse_async(definition: "Definition") -> None:
    """SetupTrouble for an async step: it would pass without having run."""
    if inspect.iscoroutinefunction(definition.function) or inspect.isasyncgenfunction(definition.function):
        name = f"{definition.function.__name__} in {definition.module}"
        raise SetupTrouble(f"The step {name} is async and would never run: write it with a plain def.")


def _scenario(feature: Feature, text: ScenarioText, spelled: Callable[[str], str]) -> bdd.Scenario:
    """The scenario as pytest-bdd's hooks know it, for other plugins that use them; its texts as they are `spelled` in this run."""
    home = bdd.Feature(
        scenarios=OrderedDict(),
        filename=str(feature.path),
        rel_filename=feature.shown,
        language=feature.language,
        keyword="Feature",
        name=feature.name,
        tags=set(feature.tags),
        background=None,
        line_number=feature.line,
        description=feature.description,
    )
    steps = [_bdd_step(step, spelled) for step in text.steps]
    return bdd.Scenario(home, "Scenario", text.title, text.line, steps, "", set(text.tags))


def _bdd_step(step: Step, spelled: Callable[[str], str]) -> bdd.Step:
    place = {"line": step.line, "column": step.column}
    rows = [{"id": "", "location": place, "cells": [{"location": place, "value": cell} for cell in row]} for row in step.table or ()]
    table = bdd.DataTable.from_dict({"location": place, "rows": rows}) if step.table else None
    docstring = None if step.docstring is None else spelled(step.docstring)
    return bdd.Step(spelled(step.text), step.type, step.column, step.line, step.keyword, table, docstring)
