"""A scenario as a record, from its item and pytest's report: built once, when its last sentence has run, from what is known by then.

How it was judged is always wanted: scores and JUnit's properties are made of it. What was seen is added where the record is kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin.command_lines import again
from kubelab.plugin.failure_text import as_named, cause, told, why
from kubelab.plugin.recorded_sentences import answers, sentences
from kubelab.records.scenario_record import ERROR, FAILED, PASSED, SKIPPED, ObjectiveFacts, RunFacts, RunningImage, ScenarioRecord, Section

if TYPE_CHECKING:
    from kubelab.authoring import Feature, ScenarioText
    from kubelab.plugin.items import ScenarioItem
    from kubelab.plugin.solutions import Assessment
    from kubelab.scenario import Scenario


def recorded(
    item: "ScenarioItem", report: pytest.TestReport, error: BaseException | None, setup: pytest.CallInfo[None], run: RunFacts
) -> ScenarioRecord:
    """How it was judged as of this report, which decides; `error` is what it tells, `setup` the time before the first sentence."""
    lab: Scenario | None = item.funcargs.get("lab")  # type: ignore[assignment]
    began = lab.store.began if lab else 0.0
    return ScenarioRecord(
        id=item.nodeid,
        scenario=item.title if item.assessment and item.assessment.student else item.name,
        outcome=_outcome(report),
        run=run,
        setup=setup.duration,
        again=again(item),
        sentences=tuple(sentences(item, error, began, partial(as_named, item))),
        **described(item.feature, item.text, item.title, item.assessment),
        **(_timed(lab) if lab else {"began": iso(datetime.fromtimestamp(setup.start, UTC)), "seconds": setup.duration}),
        **_told(item, report, error),
    )


def seen(record: ScenarioRecord, item: "ScenarioItem", error: BaseException | None) -> ScenarioRecord:
    """The same with what the scenario saw, from its store; unchanged where it has none."""
    lab: Scenario | None = item.funcargs.get("lab")  # type: ignore[assignment]
    return replace(record, **_of_world(item, lab, error, partial(as_named, item))) if lab else record


def described(feature: "Feature", text: "ScenarioText", title: str, assessment: "Assessment | None") -> dict[str, Any]:
    """What the feature says of a scenario, and of the objective that it judges."""
    return {
        "feature": feature.shown,
        "name": feature.name,
        "goal": feature.description.strip(),
        "chapter": Path(feature.shown).parent.name,
        "line": text.line,
        "tags": tuple(sorted(text.tags)),
        **(_objective(assessment, title) if assessment else {"points": text.points or None}),
    }


def late(record: ScenarioRecord, item: "ScenarioItem", report: pytest.TestReport, error: BaseException | None) -> ScenarioRecord:
    """The same after trouble in the teardown: what had passed or was skipped is an error, what had failed stays so."""
    trouble = _told(item, report, error)
    text = "\n\n".join(filter(None, [record.text, trouble["text"]]))
    if record.outcome in {FAILED, ERROR}:
        return replace(record, text=text)
    return replace(record, outcome=ERROR, cause=trouble["cause"], why=trouble["why"], text=text)


def _objective(assessment: "Assessment", title: str) -> dict[str, Any]:
    found = assessment.objective(title)
    facts = ObjectiveFacts(assessment.exercise.name, found.title, found.hint)
    return {"student": assessment.student, "points": found.points, "objective": facts}


def _outcome(report: pytest.TestReport) -> str:
    if report.passed or report.skipped:
        return PASSED if report.passed else SKIPPED
    return FAILED if report.when == "call" else ERROR


def _told(item: "ScenarioItem", report: pytest.TestReport, error: BaseException | None) -> dict[str, Any]:
    """Why it did not pass: the cause and the text of a failure, the reason of what is skipped; of an expected failure all of them."""
    expected = getattr(report, "wasxfail", None)
    reason = f"expected to fail: {expected}".removesuffix(": ") if expected is not None else ""
    if report.skipped and expected is None:
        return {"reason": _skipped(report)}
    if error is None:  # it passed; or it did, and was expected to fail
        first = report.longreprtext.split("\n")[0]
        return {"reason": reason, "cause": first, "why": first, "text": report.longreprtext}
    text, crash = told(item, error), getattr(report.longrepr, "reprcrash", None)
    line = cause(item, error) if text or crash is None else crash.message.split("\n")[0]
    return {"reason": reason, "cause": line, "why": why(item, error), "text": text or report.longreprtext}


def _skipped(report: pytest.TestReport) -> str:
    return report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else report.longreprtext


def _timed(lab: "Scenario") -> dict[str, Any]:
    """Where the scenario was, and when."""
    seconds = lab.clock() - lab.store.began
    return {"began": iso(datetime.now(UTC) - timedelta(seconds=seconds)), "seconds": seconds, "namespace": lab.namespace}


def _of_world(item: "ScenarioItem", lab: "Scenario", error: BaseException | None, says: Callable[[str], str]) -> dict[str, Any]:
    """What the scenario saw, from its store."""
    from kubelab.plugin.recorded_timeline import events, state_changes  # noqa: PLC0415  (only a record that is kept needs it)

    began, changes = lab.store.began, lab.store.last_view().changes
    return {
        "timeline": tuple(state_changes(changes, began, says)),
        "events": tuple(events(changes, began, says)),
        "answers": tuple(answers(item, began)),
        "evidence": tuple(_evidence(getattr(error, "failures", ()), says)),
        "images": tuple(RunningImage(one.lab, one.runs, one.because) for one in lab.manifests.images.used()),
    }


def _evidence(failures: Iterable[Any], says: Callable[[str], str]) -> Iterable[Section]:
    for section in (section for failure in failures for section in failure.evidence):
        yield Section(section.title, tuple(map(says, section.lines)))


def iso(time: datetime) -> str:
    """A time of day as records have it, with milliseconds."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
