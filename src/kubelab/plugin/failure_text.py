"""The text for a failed scenario: sentence, what was expected and seen, the first lines of some evidence, how to run it again."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.errors import ImageTrouble, LabFailure, SetupTrouble
from kubelab.plugin.command_lines import again, look
from kubelab.plugin.execution import ScenarioFailed, ScenarioInTrouble, StepFailure
from kubelab.plugin.options import chosen

if TYPE_CHECKING:
    from kubelab.diagnostics import Section
    from kubelab.plugin.items import ScenarioItem
    from kubelab.scenario import Scenario

INDENT = "  "
SECTIONS, LINES, WIDTH = 4, 4, 240
"""How much evidence is in the text of a failure: sections, lines of each, characters of a line."""
WHY = "why"
"""The section of the causes: it comes first, before the timeline, and with it the other sections are shorter."""
SHORTER = 2
"""Sections beside the causes, and lines of each but the first."""
TITLE = 10
"""The most characters of a title beside its section's first line; a longer title is on a line above."""


def told(item: "ScenarioItem", error: BaseException) -> str:
    """The text for a failure or trouble; "" for a mistake in Python, which pytest shows best."""
    if isinstance(error, ScenarioFailed):
        return "\n".join([*_failures(item, error.failures), *_ways(item, error.failures)])
    if isinstance(error, ScenarioInTrouble):
        cause = error.__cause__
        text = str(error) if isinstance(cause, ImageTrouble) else as_named(item, str(error))
        trouble, about = [_where(item, error.step.line, str(error.step)), _indented(text)], getattr(cause, "pod", None)
        return "\n".join([*_failures(item, error.failures), *trouble, *_ways(item, error.failures, about)])
    return str(error) if isinstance(error, SetupTrouble | LabFailure) else ""


def cause(item: "ScenarioItem", error: BaseException) -> str:
    """In one line which sentence was not so, and why: for where there is no room for more."""
    step = error.failures[0].step if isinstance(error, ScenarioFailed) else getattr(error, "step", None)
    return f"{step}: {why(item, error)}" if step else why(item, error)


def why(item: "ScenarioItem", error: BaseException) -> str:
    """In one line why."""
    return as_named(item, _why(error.failures[0]) if isinstance(error, ScenarioFailed) else _first_line(str(error)))


def _why(failure: StepFailure) -> str:
    """The first cause in the evidence; else what was last seen, or what the failure says."""
    causes = [line for section in failure.evidence if section.title == WHY for line in section.lines]
    saw = getattr(failure.error, "last_saw", "") or str(failure.error)
    return _first_line(causes[0] if causes else saw)


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]


def sentence(item: "ScenarioItem") -> str:
    """The step that ran last, with its place: for a mistake in Python."""
    return next((_where(item, step.line, str(step)) for step in item.text.steps if step.line == item.line), "")


def _failures(item: "ScenarioItem", failures: Sequence[StepFailure]) -> Iterator[str]:
    lab: Scenario | None = item.funcargs.get("lab")  # type: ignore[assignment]
    hinting = next((failure for failure in failures if getattr(failure.error, "hint", "")), None)
    for failure in failures:
        yield _where(item, failure.step.line, str(failure.step))
        said, story = words_of(failure.error)
        why = [one for one in failure.evidence if one.title == WHY]
        rest = [one for one in failure.evidence if one.title not in {WHY, *(["timeline"] if story else [])}]
        shown = [*_evidence(rest[:1]), *_evidence(rest[1:SHORTER], SHORTER)] if why else _evidence(rest)
        once = story if failure is failures[0] else []
        hint = [f"{INDENT}hint       {getattr(failure.error, 'hint', '')}"] if failure is hinting else []
        for line in [_indented(said), *_evidence(why), *map(_indented, once), *shown, *hint]:
            yield lab.manifests.images.says(line) if lab else line


def as_named(item: "ScenarioItem", text: str) -> str:
    """The text with the images named as the scenario names them."""
    lab: Scenario | None = item.funcargs.get("lab")  # type: ignore[assignment]
    return lab.manifests.images.says(text) if lab else text


def _evidence(sections: Sequence["Section"], many: int = LINES) -> Iterator[str]:
    """The first lines of the most telling sections, of logs the last ones, causes whole; all of it is in the folder of --lab-evidence."""
    for section in sections[:SECTIONS]:
        beside = len(section.title) <= TITLE
        if not beside:
            yield f"{INDENT}{section.title}"
        lines = section.lines[-many:] if section.title.startswith("logs") else section.lines[:many]
        for at, line in enumerate(lines):
            shown = line if section.title == WHY else line[:WIDTH]
            yield f"{INDENT}{section.title if beside and at == 0 else '':<{TITLE}} {shown}"


def _where(item: "ScenarioItem", line: int, sentence: str) -> str:
    return f"{item.feature.shown}:{line}  {sentence}"


def words_of(error: BaseException) -> tuple[str, list[str]]:
    """What a failure says, and its timeline; for a plain assertion of a step in a conftest at least where it is."""
    if isinstance(error, LabFailure):
        said, found, story = error.seen.partition("\ntimeline ")
        return said, [f"timeline {story}"] if found else []
    if isinstance(error, pytest.fail.Exception):
        return str(error), []
    place = extract_tb(error.__traceback__)[-1]
    return "\n".join(filter(None, [str(error), f"{Path(place.filename).name}:{place.lineno}: {place.line}"])), []


def _ways(item: "ScenarioItem", failures: Sequence[StepFailure], troubled: Any = None) -> Iterator[str]:
    """How to go on: the commands that run it again and show the cluster, first the object that the trouble is about."""
    yield f"{INDENT}again      {again(item)}"
    lab: Scenario | None = item.funcargs.get("lab")  # type: ignore[assignment]
    if lab is not None:
        for one in lab.manifests.images.used():
            yield f"{INDENT}image      {one.lab} is {one.runs} here: {one.because}"
        named = (thing for failure in failures for thing in getattr(failure.error, "about", ()))
        about = troubled or next(chain(_deciding(failures), named), None)
        kept = "" if chosen(item.config).keep in {"failed", "all"} else "   (kept with --lab-keep failed)"
        yield f"{INDENT}look       {look(lab, about)}{kept}"


def _deciding(failures: Sequence[StepFailure]) -> Iterator[Any]:
    """The deciding objects, as far as the evidence has them."""
    yield from (thing for failure in failures for section in failure.evidence for thing in section.about)


def _indented(text: str) -> str:
    return "\n".join(INDENT + line for line in text.split("\n"))
