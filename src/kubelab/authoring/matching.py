"""Which step definition each sentence means; what is wrong with a sentence, or with what is below it, becomes a finding."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence

from kubelab.authoring.feature import ScenarioText, Step
from kubelab.authoring.finding import Finding
from kubelab.authoring.step_arguments import misgiven
from kubelab.vocabulary import Catalogue, Definition, misfits

Matching = Callable[[str, str | None], list[Definition]]
"""The catalogue's `matching`, or a cached one: most sentences of a file are there many times."""
UNFILLED = re.compile(r"<[^<>\s]+>")
"""What Examples should have filled."""


def bind(
    scenario: ScenarioText, catalogue: Catalogue, shown: str, matching: Matching
) -> tuple[list[tuple[Step, Definition]], list[Finding]]:
    """Each step with its definition, and a finding for each step without exactly one definition, or with wrong arguments."""
    found = [(step, matching(step.text, step.type)) for step in scenario.steps]
    ends = [*(step.line for step in scenario.steps[1:]), sys.maxsize]
    findings = [
        Finding(shown, step.line, step.column, code, what)
        for (step, definitions), end in zip(found, ends, strict=False)  # without steps there is one end
        for code, what in _judged(step, end, definitions, catalogue, {finding.line for finding in scenario.findings})
    ]
    return [] if findings or scenario.findings else [(step, definitions[0]) for step, definitions in found], findings


def _judged(step: Step, end: int, found: Sequence[Definition], catalogue: Catalogue, told: set[int]) -> Iterator[tuple[str, str]]:
    """The code and the message for what is wrong with a step, which ends before a line; what lines that are `told` explain is left out."""
    if step.line in told or (told and UNFILLED.search(step.text)):
        return
    if not found:
        yield "undefined-step", _undefined(step, catalogue)
    elif len(found) > 1:
        yield "ambiguous-step", _ambiguous(step, found)
    else:
        yield from (("wrong-word", wrong) for wrong in found[0].wrong(step.text))
        below_is_read = not any(step.line < line < end for line in told)
        yield from misgiven(step, found[0], catalogue) if below_is_read else ()


def _ambiguous(step: Step, found: Sequence[Definition]) -> str:
    meanings = "".join(f"\n    {one.place}  {one.pattern}" for one in sorted(found, key=lambda one: one.place))
    return f'"{step.text}" has {len(found)} definitions: make one of them narrower, or remove it{meanings}'


def _undefined(step: Step, catalogue: Catalogue) -> str:
    elsewhere = {str(one.type).capitalize() for one in catalogue.matching(step.text)}
    if elsewhere:
        return f'"{step.text}" is a sentence for {" or ".join(sorted(elsewhere))}, not for {step.type.capitalize()}.'
    wrong = misfits(catalogue, step.text, step.type)
    if wrong:
        return f'no step matches "{step.text}": {"; ".join(wrong)}.'
    near = catalogue.nearest(step.text, step.type)
    meant = "".join(f"\n    {step.type.capitalize()} {example}" for example in near)
    remedy = f" Did you mean one like{meant}" if near else " See which there are: kubelab steps"
    return f'no step matches "{step.text}".{remedy}'
