"""The parts of pytest-bdd and pytest that we use although they may change in any version: all are here, and are checked at import."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.pytest_internals.parts import changes, refuse_changes

refuse_changes(changes())

from _pytest._code.code import ReprExceptionInfo, ReprFileLocation, ReprTracebackNative
from pytest_bdd import compat
from pytest_bdd.gherkin_parser import DataTable
from pytest_bdd.parser import Feature, Scenario, Step
from pytest_bdd.scenario import _execute_step_function, scenario_wrapper_template_registry
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry
from pytest_bdd.utils import get_required_args

__all__ = [
    "DataTable",
    "Feature",
    "Scenario",
    "Step",
    "StepFunctionContext",
    "asks_for",
    "bound_files",
    "calls_of",
    "context_of",
    "execute",
    "failure_text",
    "fixtures",
    "fixtures_of",
    "known",
    "parametrized",
    "refuse_without",
    "rendered",
    "uncount",
    "with_fixtures",
]


def known() -> Iterable[StepFunctionContext]:
    """What pytest-bdd knows about every step definition that was imported."""
    return step_function_context_registry.values()


def context_of(function: Any) -> StepFunctionContext | None:
    """What pytest-bdd knows about a fixture's function, where it is a step definition."""
    return step_function_context_registry.get(function)


def asks_for(function: Callable[..., object]) -> Sequence[str]:
    """The names of the words and fixtures that a step function must be given."""
    return get_required_args(function)


def bound_files(module: ModuleType) -> set[Path]:
    """The feature files that `scenarios()` and `@scenario` bind in a module."""
    functions = [one for one in vars(module).values() if inspect.isfunction(one)]
    templates = [scenario_wrapper_template_registry.get(one) for one in functions]
    return {Path(template.feature.filename) for template in templates if template}


def rendered(function: Callable[..., object], parameters: Mapping[str, Any]) -> Scenario | None:
    """The scenario that pytest-bdd runs as this function, an outline filled in; None for any other function."""
    template = scenario_wrapper_template_registry.get(function) if inspect.isfunction(function) else None
    return template.render(parameters.get("_pytest_bdd_example", {})) if template else None


def uncount(config: pytest.Config, items: int) -> None:
    """Have the terminal count fewer items as collected, by that number."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if hasattr(reporter, "_numcollected"):
        reporter._numcollected -= items  # noqa: SLF001


def fixtures(node: pytest.Item | pytest.Collector) -> Iterator[pytest.FixtureDef[object]]:
    """Every fixture that a node sees, also those that another one of the same name overrides."""
    manager = node.session._fixturemanager  # noqa: SLF001
    for name in compat.get_fixture_names(manager):
        yield from compat.getfixturedefs(manager, name, node) or ()


def fixtures_of(node: pytest.Collector, function: Any) -> Any:
    """The fixtures that a test function below a node asks for, as `pytest.Function` takes them."""
    return node.session._fixturemanager.getfixtureinfo(node, function, None)  # type: ignore[arg-type]  # noqa: SLF001


def parametrized(node: pytest.Collector, names: Iterable[str]) -> dict[str, Any]:
    """The fixtures with parameters among those of these names and those that they ask for in turn."""
    manager = node.session._fixturemanager  # noqa: SLF001
    known = tuple(name for name in names if compat.getfixturedefs(manager, name, node))
    _, found = manager.getfixtureclosure(node, known, frozenset())
    return {name: definitions for name, definitions in found.items() if definitions[-1].params is not None}


def with_fixtures(info: Any, more: Mapping[str, Any]) -> Any:
    """A copy of what `fixtures_of` gives, with more fixtures: the parameters of one test must not change the others."""
    return replace(info, names_closure=[*info.names_closure, *more], name2fixturedefs={**info.name2fixturedefs, **more})


def calls_of(item: pytest.Function) -> Sequence[Any]:
    """The sets of parameters that fixtures and plugins give a test, as `pytest.Function` takes them; none for a test without parameters."""
    info: Any = item._fixtureinfo  # noqa: SLF001
    tests: Any = pytest.Metafunc(item, info, item.config, cls=None, module=item.module, _ispytest=True)  # type: ignore[arg-type]
    item.ihook.pytest_generate_tests(metafunc=tests)
    if tests._calls:  # noqa: SLF001
        tests._recompute_direct_params_indices()  # noqa: SLF001
        info.prune_dependency_tree()
    return tests._calls  # type: ignore[no-any-return]  # noqa: SLF001


def failure_text(text: str, path: Path, line: int, cause: str) -> Any:
    """A failure as a text, in the form that a report has and workers can send; `cause` is its line for --tb=line, the summary and JUnit."""
    return ReprExceptionInfo(ReprTracebackNative([text + "\n"] if text else []), ReprFileLocation(str(path), line, cause))


def execute(request: pytest.FixtureRequest, scenario: Scenario, step: Step, context: StepFunctionContext) -> None:
    """Run one step as pytest-bdd does: its hooks, its arguments from the sentence, the others from fixtures."""
    __tracebackhide__ = True
    _execute_step_function(request, scenario, step, context)


def refuse_without(hooks: Any) -> None:
    """SetupTrouble where pytest-bdd does not take part in this run: its hooks are then not specified, even if a plugin implements them."""
    if not hooks.pytest_bdd_before_step.has_spec():
        raise SetupTrouble("kubelab needs the plugin pytest-bdd, which does not take part in this run: leave out -p no:pytest-bdd")
