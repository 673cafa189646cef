"""The limits that keep the code readable: small modules, short functions, and no module name twice."""

import ast
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
MODULES = sorted(file for folder in ("src/kubelab", "steps") for file in (ROOT / folder).rglob("*.py"))


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From the first statement after the docstring to the last; 0 if there is only a docstring."""
    statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def test_the_lines_of_a_body_are_counted_without_its_docstring() -> None:
    """Also if there is nothing else, as in a Protocol."""
    text = 'def two():\n    """Words."""\n    x = (\n        1)\n\ndef none():\n    """Words."""\n\ndef one(): return 1\n'
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]

    assert {function.name: body_lines(function) for function in functions} == {"two": 2, "none": 0, "one": 1}


def test_no_module_has_more_than_200_lines() -> None:
    """A larger one contains something that belongs into a module of its own."""
    lines = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in MODULES}

    assert len(lines) > 300
    assert {name: count for name, count in lines.items() if count > 200} == {}


def test_functions_are_short() -> None:
    """Half of them have at most 4 lines, nine out of ten at most 12."""
    nodes = [node for file in MODULES for node in ast.walk(ast.parse(file.read_text()))]
    lines = [body_lines(node) for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert median(lines) <= 4
    assert quantiles(lines, n=10)[-1] <= 12


def test_no_module_name_is_there_twice() -> None:
    """A name alone says where something is; only `__init__` and `__main__` may repeat."""
    names = Counter(file.name for file in MODULES if not file.stem.startswith("__"))

    assert {name: count for name, count in names.items() if count > 1} == {}
