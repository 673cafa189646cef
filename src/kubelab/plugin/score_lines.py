"""What a line of --lab-score says of an objective: its outcome, and of one that is not reached the sentence, the cause and the text."""

from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin.solutions import Assessment

if TYPE_CHECKING:
    from kubelab.plugin.items import ScenarioItem

VERSION = 1
PASSED, FAILED, NOT_GRADED = "passed", "failed", "not graded"


def line(assessment: Assessment, title: str, outcome: str, told: dict[str, Any]) -> dict[str, Any]:
    """The line for the objective of that title; `told` has what is to be said beside its outcome."""
    objective = assessment.objective(title)
    return {
        "version": VERSION,
        "student": assessment.student,
        "exercise": assessment.exercise.name,
        "objective": objective.title,
        "line": objective.line,
        "of": objective.points,
        "points": objective.points if outcome == PASSED else 0,
        "outcome": outcome,
        "sentence": "",
        "expected": "",
        "last_saw": "",
        "cause": "",
        "hint": objective.hint,
        "text": "",
        "seconds": 0.0,
        "kubernetes": "",
        **told,
    }


def outcome(report: pytest.TestReport) -> str:
    """What the report means for the objective: what was skipped, or was trouble of the run, is nobody's failure."""
    if report.passed:
        return PASSED
    return FAILED if report.failed and report.when == "call" else NOT_GRADED


def told(item: "ScenarioItem", report: pytest.TestReport, error: BaseException | None) -> dict[str, Any]:
    """Why the objective is not reached, or not graded; nothing where it is reached."""
    if report.passed or error is None:
        return {}
    if report.skipped:
        return _skipped(item, report)
    from kubelab.plugin import failure_text  # noqa: PLC0415  (only a failure needs it)

    return {
        "sentence": failure_text.sentence(item),
        **_compared(item, error),
        "cause": failure_text.why(item, error),
        "text": failure_text.told(item, error) or report.longreprtext,
    }


def _compared(item: "ScenarioItem", error: BaseException) -> dict[str, str]:
    """What the first sentence that was not so expected and saw."""
    from kubelab.plugin.failure_text import as_named  # noqa: PLC0415

    first = next((failure.error for failure in getattr(error, "failures", ())), None)
    return {name: as_named(item, getattr(first, name, "")) for name in ("expected", "last_saw")}


def _skipped(item: "ScenarioItem", report: pytest.TestReport) -> dict[str, str]:
    """The reason, and before it the sentence where it begins with one."""
    reason = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else report.longreprtext
    first, _, rest = reason.partition("\n")
    sentence = first if rest and first.startswith(f"{item.feature.shown}:") else ""
    return {"sentence": sentence, "cause": (rest if sentence else first).strip().partition("\n")[0], "text": reason}
