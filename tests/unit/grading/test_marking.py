"""The mark of an objective, from the record of its scenario."""

from dataclasses import replace
from typing import Any

import pytest

from kubelab.grading import FAILED, NOT_GRADED, PASSED, Mark, marking
from kubelab.grading.score_reading import ScoreLine
from kubelab.records.scenario_record import ObjectiveFacts, RunFacts, ScenarioRecord, Sentence

OBJECTIVE = ObjectiveFacts("pods/lab", "It runs", "look at its image")
GIVEN, THEN, AND = (
    Sentence(5, "Given", "a Pod", "given", "passed", began=2.0, took=0.5),
    Sentence(6, "Then", "it is so", "then", "passed", began=2.5, took=1.0),
    Sentence(7, "And", "it stays so", "then", "passed", began=3.5, took=0.5),
)
RECORD = ScenarioRecord(
    id="features/pods/lab.feature::It runs[ann]",
    feature="features/pods/lab.feature",
    name="A Pod",
    goal="",
    chapter="pods",
    scenario="It runs",
    line=4,
    outcome="passed",
    began="2026-03-01T10:00:01.250Z",
    seconds=4.0,
    run=RunFacts("1f", "2026-03-01T10:00:00Z", "0.1.0", "1.36.3"),
    points=2,
    student="ann",
    objective=OBJECTIVE,
    setup=7.0,
    namespace="lab-1",
    sentences=(GIVEN, THEN, AND),
)
NOT_SO, NOR_SO = (replace(one, outcome="failed", expected="1 Pod", seen="0 Pods") for one in (THEN, AND))
TROUBLE = replace(AND, outcome="error", error="the API server is gone")


def mark(*sentences: Sentence, **change: Any) -> Mark:
    """The mark of such a record."""
    return marking.line(replace(RECORD, sentences=sentences or RECORD.sentences, **change), OBJECTIVE).mark


def test_what_passed_has_its_points() -> None:
    """And says nothing else; its time is that of its setup and its sentences."""
    expected = Mark("It runs", 4, of=2, points=2, outcome=PASSED, hint="look at its image", seconds=9.0)

    assert marking.line(RECORD, OBJECTIVE) == ScoreLine("ann", "pods/lab", expected, "1.36.3")


def test_what_failed_says_why() -> None:
    """By its first sentence that was not so."""
    found = mark(GIVEN, NOT_SO, replace(NOR_SO, seen="another"), outcome="failed", cause="Then it is so: no", why="no", text="all of it")

    assert (found.outcome, found.points, found.of) == (FAILED, 0, 2)
    assert found.sentence == "features/pods/lab.feature:6  Then it is so"
    assert (found.expected, found.last_saw, found.cause, found.text) == ("1 Pod", "0 Pods", "no", "all of it")


def test_trouble_is_told_with_its_own_sentence() -> None:
    """And with what the failure before it saw."""
    found = mark(GIVEN, NOT_SO, TROUBLE, outcome="error", why="it is gone")

    assert (found.outcome, found.points) == (NOT_GRADED, 0)
    assert found.sentence == "features/pods/lab.feature:7  And it stays so"
    assert (found.expected, found.last_saw, found.cause) == ("1 Pod", "0 Pods", "it is gone")


def test_trouble_before_the_first_sentence_has_no_sentence() -> None:
    """Nor a cluster, where there was no namespace; its time is that of the setup."""
    sentences = [replace(one, outcome="not run", began=None, took=0.0) for one in RECORD.sentences]
    record = replace(RECORD, outcome="error", sentences=tuple(sentences), seconds=7.0, namespace="")

    line = marking.line(record, OBJECTIVE)

    assert (line.mark.sentence, line.mark.last_saw, line.kubernetes, line.mark.seconds) == ("", "", "", 7.0)


@pytest.mark.parametrize(
    ("reason", "sentence", "cause"),
    [
        ("not today", "", "not today"),
        ("two\nlines", "", "two"),
        (
            "features/pods/lab.feature:5  Given a Pod\n  There is no room.\n  More.",
            "features/pods/lab.feature:5  Given a Pod",
            "There is no room.",
        ),
    ],
)
def test_what_is_skipped_is_not_graded(reason: str, sentence: str, cause: str) -> None:
    """For its reason, which may begin with a sentence."""
    found = mark(outcome="skipped", reason=reason)

    assert (found.outcome, found.points) == (NOT_GRADED, 0)
    assert (found.sentence, found.cause, found.text) == (sentence, cause, reason)
