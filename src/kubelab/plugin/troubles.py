"""What goes wrong before a scenario's first sentence is trouble of the run, told with the sentence that it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kubelab.errors import LabFailure, SetupTrouble

if TYPE_CHECKING:
    from kubelab.plugin.pytest_bdd_scenarios import Subject


@contextmanager
def troubled(subject: "Subject | None" = None) -> Iterator[None]:
    """Before the first sentence nothing can have failed; a kind that the cluster does not know is told with the sentence that names it."""
    try:
        yield
    except LabFailure as failure:
        place = next(_naming(subject, str(failure)), "") if subject else ""
        raise SetupTrouble(f"{place}{failure}") from failure


def _naming(subject: "Subject", text: str) -> Iterator[str]:
    for step, definition in subject.bound:
        if any(f'"{kind}"' in text for kind in definition.kinds(step.text)):
            yield f"{subject.feature.shown}:{step.line}:{step.column}: unknown-kind "
