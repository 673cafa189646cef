"""What is below a step, a docstring or a table: whether its definition needs it, and takes it."""

from collections.abc import Iterator

from kubelab.authoring.feature import Step
from kubelab.vocabulary import Catalogue, Definition

TEXT, TABLE = "docstring", "table"
LOOKS = {TEXT: 'a text below it, between two lines of """', TABLE: "a table below it, its rows written as | one | two |"}
OTHER = {TEXT: TABLE, TABLE: TEXT}
CALLED = {TEXT: "text", TABLE: "table"}
SHOWN = 3
"""How many sentences are shown that take a docstring or a table."""


def misgiven(step: Step, definition: Definition, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The code and the message for each thing that is missing below a step, or is there although the step takes none."""
    given = {what for what, there in ((TEXT, step.docstring), (TABLE, step.table)) if there is not None}
    takes = definition.takes(step.text)
    missing = [what for what, needed in takes.items() if needed and what not in given]
    for what in missing:
        instead = f", not a {CALLED[OTHER[what]]}" if OTHER[what] in given - takes.keys() else ""
        yield f"missing-{what}", f'"{step.text}" needs {LOOKS[what]}{instead}.{_meaning(definition)}'
    for what in sorted(given - takes.keys()) if not missing else ():
        yield f"unexpected-{what}", f'"{step.text}" takes no {CALLED[what]} below it.{_others(what, step, catalogue)}'


def _meaning(definition: Definition) -> str:
    return f" What the step does: {definition.doc}" if definition.doc else ""


def _others(what: str, step: Step, catalogue: Catalogue) -> str:
    """The sentences that take it, by an example of each."""
    taking = [one.example for one in catalogue if one.type in {None, step.type} and what in one.takes(one.example)]
    shown = "".join(f"\n    {step.type.capitalize()} {example}" for example in taking[:SHOWN])
    return f" Leave it out, or write a sentence that takes one, as{shown}" if shown else " Leave it out."
