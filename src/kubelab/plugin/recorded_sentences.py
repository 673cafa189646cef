"""The sentences of a record: how each came out, how long it took and waited, and what a person would type."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kubelab.errors import LabFailure, SetupTrouble
from kubelab.plugin.execution import ScenarioInTrouble
from kubelab.plugin.failure_text import words_of
from kubelab.records.scenario_record import ERROR, FAILED, NOT_RUN, PASSED, SKIPPED, Answers, Sentence, Wait
from kubelab.vocabulary.typed_commands import typed

if TYPE_CHECKING:
    from kubelab.authoring import Step
    from kubelab.plugin.items import ScenarioItem
    from kubelab.plugin.performed import Performed
    from kubelab.vocabulary import Definition

Says = Callable[[str], str]


def sentences(item: "ScenarioItem", error: BaseException | None, began: float, says: Says) -> Iterator[Sentence]:
    """Every sentence in order; `error` is what ended the scenario, times count from a time of its clock."""
    ran = {one.step: one for one in item.performed}
    definitions = dict(item.bound)
    for step in item.text.steps:
        told = _plain(step, definitions.get(step))
        yield _ran(told, ran[step], error, began, says) if step in ran else told


def unperformed(steps: Sequence["Step"]) -> list[Sentence]:
    """The sentences of a scenario of which nothing is known."""
    return [_plain(step, None) for step in steps]


def answers(item: "ScenarioItem", began: float) -> Iterator[Answers]:
    """How many requests each Pod answered, for the sentences that counted them."""
    for one in item.performed:
        for target, counts in (noted.look.answers for noted in one.waits if noted.look.answers):
            yield from (Answers(one.ended - began, one.step.line, target, pod, count) for pod, count in sorted(counts.items()))


def _plain(step: "Step", definition: "Definition | None") -> Sentence:
    commands = typed(definition, step.text) if definition else ()
    return Sentence(step.line, step.keyword, step.text, step.type, NOT_RUN, kubectl="\n".join(commands))


def _ran(told: Sentence, one: "Performed", error: BaseException | None, began: float, says: Says) -> Sentence:
    outcome, why = _outcome(one, error)
    return replace(
        told,
        outcome=outcome,
        began=one.began - began,
        took=one.ended - one.began,
        waits=tuple(_named(noted.wait, says) for noted in one.waits),
        expected=says(getattr(why, "expected", "")),
        seen=says(getattr(why, "last_saw", "")),
        error=says(_error(why)) if why else "",
    )


def _outcome(one: "Performed", error: BaseException | None) -> tuple[str, BaseException | None]:
    """How a sentence came out, and the error that says why."""
    failed = next((failure for failure in getattr(error, "failures", ()) if failure.step == one.step), None)
    if failed:
        return FAILED, failed.error
    if isinstance(error, ScenarioInTrouble) and error.step == one.step:
        return ERROR, error.__cause__
    if one.raised is None:
        return PASSED, None
    if isinstance(error, pytest.skip.Exception) or isinstance(one.raised, pytest.skip.Exception):
        return SKIPPED, one.raised
    return FAILED, one.raised


def _error(why: BaseException) -> str:
    """What an error says beside what was expected and seen."""
    if isinstance(why, LabFailure):
        return why.text
    if isinstance(why, SetupTrouble | pytest.skip.Exception):
        return str(why)
    return words_of(why)[0] if isinstance(why, AssertionError | pytest.fail.Exception) else f"{type(why).__name__}: {why}"


def _named(wait: Wait, says: Says) -> Wait:
    return replace(wait, expected=says(wait.expected), seen=says(wait.seen))
