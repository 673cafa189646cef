"""Parts of pytest-bdd and pytest that may change: each is checked by name, so that the text says what a new version broke."""

import re
import runpy
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from pytest_bdd import parser, steps

from kubelab import pytest_internals
from kubelab.errors import SetupTrouble
from kubelab.pytest_internals import parts
from kubelab.pytest_internals.parts import PARTS, WORKS, Internal

scenario = import_module("pytest_bdd.scenario")
ROOT = Path(__file__).parents[2]
PUBLIC = re.compile(r"from pytest_bdd import (given|when|then|step|parsers|, )+$")


@pytest.mark.parametrize("part", PARTS, ids=str)
def test_a_part_is_there_and_takes_what_we_give_it(part: Internal) -> None:
    """In the version that is installed."""
    assert parts._change(part) == ""


def test_nothing_has_changed() -> None:
    """Including the part that Session has."""
    assert parts.changes() == []


def test_a_part_that_is_gone_is_named_at_import_with_the_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble of the run, with the command that fixes it."""
    monkeypatch.delattr(scenario, "_execute_step_function")
    monkeypatch.delattr(pytest.Session, "_fixturemanager", raising=False)
    monkeypatch.delitem(pytest.Session.__annotations__, "_fixturemanager")

    with pytest.raises(SetupTrouble) as trouble:
        runpy.run_path(pytest_internals.__file__)

    text = str(trouble.value)
    assert re.match(r"kubelab does not work with pytest-bdd [\d.]+ and pytest [\d.]+:\n", text)
    assert "  pytest_bdd.scenario._execute_step_function(request, scenario, step, context) is missing\n" in text
    assert "  pytest.Session._fixturemanager is missing\n" in text
    assert text.endswith("pip install 'pytest-bdd>=9.0.1,<9.1' 'pytest>=9.2,<9.3'")


def test_a_module_that_is_gone_is_named_too() -> None:
    """Not by an ImportError."""
    part = Internal("pytest_bdd.elsewhere", "name", None)

    assert parts._change(part) == "pytest_bdd.elsewhere.name is missing"


@pytest.mark.parametrize(
    ("module", "name", "now"),
    [
        (scenario, "_execute_step_function", lambda request, step, context: (request, step, context)),
        (scenario, "_execute_step_function", lambda request, scenario, step, context, more: (request, scenario, step, context, more)),
        (parser, "Step", lambda name, type: (name, type)),  # noqa: A006
    ],
)
def test_other_parameters_are_named(monkeypatch: pytest.MonkeyPatch, module: object, name: str, now: object) -> None:
    """Fewer, in another order, or an additional required one."""
    monkeypatch.setattr(module, name, now)

    [text] = parts.changes()

    assert f".{name}(" in text
    assert " now takes (" in text


def test_one_more_parameter_that_need_not_be_given_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    """If ours come first."""
    monkeypatch.setattr(steps, "StepFunctionContext", lambda type, step_func, parser, converters, target_fixture, more=None, **rest: rest)  # noqa: A006, ARG005

    assert parts.changes() == []


def test_the_package_asks_for_the_versions_that_were_tried() -> None:
    """One place says what works."""
    package = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert set(WORKS) <= set(package["dependencies"])


def test_no_other_module_uses_such_parts() -> None:
    """Other modules use only what pytest-bdd and pytest document."""
    files = [file for folder in ("src/kubelab", "steps") for file in (ROOT / folder).rglob("*.py") if "pytest_internals" not in file.parts]
    lines = [line.strip() for file in files for line in file.read_text().splitlines()]
    imports = [line for line in lines if re.match(r"(from|import) _?pytest(_bdd)?\b", line)]

    assert len(imports) > 10
    assert [line for line in imports if line != "import pytest" and not PUBLIC.match(line)] == []
    assert [line for line in lines if "._fixturemanager" in line] == []
