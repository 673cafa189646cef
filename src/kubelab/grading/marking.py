"""The mark of an objective, from the record of the scenario that judged it: nothing else is asked."""

from kubelab.grading.marks import FAILED, NOT_GRADED, PASSED, Mark
from kubelab.grading.score_reading import ScoreLine
from kubelab.records import scenario_record
from kubelab.records.scenario_record import ObjectiveFacts, ScenarioRecord, Sentence

OUTCOMES = {scenario_record.PASSED: PASSED, scenario_record.FAILED: FAILED}
"""What an outcome means for the objective: what was skipped, or was trouble of the run, is nobody's failure."""


def line(record: ScenarioRecord, objective: ObjectiveFacts) -> ScoreLine:
    """The mark with whose it is, and the version of the cluster, "" where the scenario did not get as far as a namespace."""
    return ScoreLine(record.student, objective.exercise, _mark(record, objective), record.run.kubernetes if record.namespace else "")


def _mark(record: ScenarioRecord, objective: ObjectiveFacts) -> Mark:
    outcome, of = OUTCOMES.get(record.outcome, NOT_GRADED), record.points or 0
    return Mark(
        objective=objective.title,
        line=record.line,
        of=of,
        points=of if outcome == PASSED else 0,
        outcome=outcome,
        hint=objective.hint,
        seconds=round(record.took, 2),
        **_why(record),
    )


def _why(record: ScenarioRecord) -> dict[str, str]:
    """Why the objective is not reached, or not graded; nothing where it is reached."""
    if record.outcome == scenario_record.PASSED:
        return {}
    if record.outcome == scenario_record.SKIPPED:
        return _skipped(record, record.text or record.reason)
    ended, failed = _first(record, record.outcome), _first(record, scenario_record.FAILED)
    return {
        "sentence": f"{record.feature}:{ended.line}  {ended.keyword} {ended.text}" if ended else "",
        "expected": failed.expected if failed else "",
        "last_saw": failed.seen if failed else "",
        "cause": record.why,
        "text": record.text,
    }


def _skipped(record: ScenarioRecord, reason: str) -> dict[str, str]:
    """The reason, and before it the sentence where it begins with one."""
    first, _, rest = reason.partition("\n")
    sentence = first if rest and first.startswith(f"{record.feature}:") else ""
    return {"sentence": sentence, "cause": (rest if sentence else first).strip().partition("\n")[0], "text": reason}


def _first(record: ScenarioRecord, outcome: str) -> Sentence | None:
    """The first sentence that came out so."""
    return next((one for one in record.sentences if one.outcome == outcome), None)
