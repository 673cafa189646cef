"""Which private parts of pytest-bdd and pytest we use, and whether they are still as they were in the versions that were tried."""

import inspect
from importlib import import_module
from importlib.metadata import version
from typing import Any, NamedTuple

import pytest

from kubelab.errors import SetupTrouble

WORKS = ("pytest-bdd>=9.0.1,<9.1", "pytest>=9.2,<9.3")
"""The versions that were tried: those of pyproject.toml."""


class Internal(NamedTuple):
    """A name in a module, and the parameters that we give it; None for what is not called."""

    module: str
    name: str
    parameters: tuple[str, ...] | None

    def __str__(self) -> str:
        return f"{self.module}.{self.name}" + ("" if self.parameters is None else f"({', '.join(self.parameters)})")


PARTS = (
    Internal("pytest_bdd.scenario", "_execute_step_function", ("request", "scenario", "step", "context")),
    Internal("pytest_bdd.scenario", "scenario_wrapper_template_registry", None),
    Internal("pytest_bdd.parser", "ScenarioTemplate.render", ("self", "context")),
    Internal("pytest_bdd.utils", "get_required_args", ("func",)),
    Internal("pytest_bdd.steps", "StepFunctionContext", ("type", "step_func", "parser", "converters", "target_fixture")),
    Internal("pytest_bdd.steps", "step_function_context_registry", None),
    Internal("pytest_bdd.compat", "get_fixture_names", ("fixturemanager",)),
    Internal("pytest_bdd.compat", "getfixturedefs", ("fixturemanager", "fixturename", "node")),
    Internal(
        "pytest_bdd.parser",
        "Feature",
        ("scenarios", "filename", "rel_filename", "language", "keyword", "name", "tags", "background", "line_number", "description"),
    ),
    Internal("pytest_bdd.parser", "Scenario", ("feature", "keyword", "name", "line_number", "steps", "description", "tags")),
    Internal("pytest_bdd.parser", "Step", ("name", "type", "indent", "line_number", "keyword", "datatable", "docstring")),
    Internal("pytest_bdd.gherkin_parser", "DataTable.from_dict", ("data",)),
    Internal("pytest", "Module._getobj", ("self",)),
    Internal("_pytest.fixtures", "FixtureManager.getfixtureinfo", ("self", "node", "func", "cls")),
    Internal("_pytest.fixtures", "FixtureManager.getfixtureclosure", ("self", "parentnode", "initialnames", "ignore_args")),
    Internal("_pytest.fixtures", "FuncFixtureInfo", ("argnames", "initialnames", "names_closure", "name2fixturedefs")),
    Internal("_pytest.fixtures", "FuncFixtureInfo.prune_dependency_tree", ("self",)),
    Internal("pytest", "Metafunc", ("definition", "fixtureinfo", "config", "cls", "module")),
    Internal("pytest", "Metafunc._recompute_direct_params_indices", ("self",)),
    Internal("_pytest._code.code", "ReprExceptionInfo", ("reprtraceback", "reprcrash")),
    Internal("_pytest._code.code", "ReprFileLocation", ("path", "lineno", "message")),
    Internal("_pytest._code.code", "ReprTracebackNative", ("tblines",)),
)
"""What must be there, beside `Session._fixturemanager`, which is an annotation only."""


def changes() -> list[str]:
    """What is missing or takes other parameters than those we give, in words; empty where everything is as expected."""
    lost = [] if "_fixturemanager" in pytest.Session.__annotations__ else ["pytest.Session._fixturemanager is missing"]
    return [*(text for part in PARTS if (text := _change(part))), *lost]


def _change(part: Internal) -> str:
    found: Any = None
    try:
        found = import_module(part.module)
        for name in part.name.split("."):
            found = getattr(found, name)
    except (ImportError, AttributeError):
        return f"{part} is missing"
    if part.parameters is None:
        return ""
    signature = inspect.signature(found)
    return "" if _takes(signature, part.parameters) else f"{part} now takes ({', '.join(signature.parameters)})"


def _takes(signature: inspect.Signature, parameters: tuple[str, ...]) -> bool:
    """Whether these parameters come first, and all others are optional."""
    further = list(signature.parameters.values())[len(parameters) :]
    optional = all(one.default is not one.empty or one.kind in {one.VAR_POSITIONAL, one.VAR_KEYWORD} for one in further)
    return optional and tuple(signature.parameters)[: len(parameters)] == parameters


def refuse_changes(found: list[str]) -> None:
    """SetupTrouble that names what changed, the versions that are here and those that work."""
    if found:
        here = f"pytest-bdd {version('pytest-bdd')} and pytest {version('pytest')}"
        changed = "\n".join(f"  {one}" for one in found)
        install = " ".join(f"'{one}'" for one in WORKS)
        raise SetupTrouble(f"kubelab does not work with {here}:\n{changed}\nIt works with {' and '.join(WORKS)}: pip install {install}")
