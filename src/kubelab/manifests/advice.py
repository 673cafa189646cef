"""Why a text is not YAML: the cause a person can see in the line, and what to write instead."""

import re

import yaml

from kubelab.manifests.composer import TooMuch
from kubelab.manifests.loader import Misread, Twice
from kubelab.manifests.yaml_mistakes import MISTAKES, Trouble

TOP = frozenset({"apiVersion", "kind", "metadata", "spec"})
"""The keys that begin a second object when they come again."""
LONGEST = 500
"""The most characters of an advice, which may quote the line."""


def broken(error: yaml.YAMLError, text: str, shown: str) -> str:
    """One line: place, cause and what to write; `shown` names the text."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return f"{shown}: this is not YAML: {_unreadable(error, text)}"
    began = getattr(error, "context_mark", None) or mark
    lines = text.splitlines()
    trouble = Trouble(
        _said(error), str(getattr(error, "context", "")), lines, mark.line + 1, mark.column + 1, began.line + 1, began.column + 1
    )
    if isinstance(error, TooMuch):
        return f"{shown}:{trouble.line}:{trouble.column}: {trouble.problem}"
    line, advice = _twice(error, mark) if isinstance(error, Twice) else _cause(error, trouble)
    said = advice if len(advice) <= LONGEST else f"{advice[:LONGEST]}…"
    return f"{shown}:{line}{f':{trouble.column}' if line == trouble.line else ''}: this is not YAML: {said}"


def _cause(error: yaml.YAMLError, trouble: Trouble) -> tuple[int, str]:
    if isinstance(error, Misread):
        return trouble.line, f"{trouble.problem}."
    for mistake in MISTAKES:
        found = mistake(trouble)
        if found:
            return found
    return trouble.line, f"{trouble.problem}. Look at the line and its indentation, and at those of the line before it."


def _twice(error: Twice, mark: yaml.Mark) -> tuple[int, str]:
    begins = error.key in TOP and mark.column == 0
    advice = 'If another object begins here, put a line "---" before it.' if begins else "Keep one of them."
    return mark.line + 1, f'the key "{error.key}" is written twice, first in line {error.first.line + 1}. {advice}'


def _said(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error)


def _unreadable(error: yaml.YAMLError, text: str) -> str:
    """What to do about a character that is not allowed in YAML."""
    position = getattr(error, "position", None)
    if position is None:
        return f"{' '.join(str(error).split())}. Save the file as plain text in UTF-8."
    found = next((line for line, one in enumerate(text.splitlines(), 1) if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", one)), 0)
    return f"{f'line {found} ' if found else 'it '}has a control character. Remove it, or save the file as plain text."
