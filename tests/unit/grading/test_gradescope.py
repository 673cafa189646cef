"""Gradescope's results.json."""

import json

from kubelab.grading import gradescope

from .small_class import POD, RS_LAB, SCALED, UP, class_of_four, failed, grade, open_, passed, results


def test_each_graded_student_has_a_file() -> None:
    """Without the student whose work is not graded: a score of the rest would count as the whole."""
    assert set(gradescope.texts(class_of_four())) == {"ann", "bob", "cy"}


def test_the_file_has_a_test_for_each_objective() -> None:
    """With all fields of a failure, and nothing more for a success."""
    found = json.loads(gradescope.texts(class_of_four())["bob"])

    assert (found["score"], found["extra_data"]) == (1, {"max_score": 3})
    assert [(one["name"], one["score"], one["max_score"], one["status"], one["visibility"]) for one in found["tests"]] == [
        ("A ReplicaSet of your own: Two Pods are ready", 1, 1, "passed", "visible"),
        ("A ReplicaSet of your own: Scaled in to one", 0, 2, "failed", "visible"),
    ]
    assert [one["output"].splitlines() for one in found["tests"]] == [
        [],
        [
            'controllers/rs_lab.feature:22  Then ReplicaSet "web" has 1 ready pod',
            "expected   1 ready pod",
            "last saw   web, 2 wanted, 2 ready",
            "why        spec.replicas is 2",
            "hint       kubectl scale --help",
        ],
    ]


def test_what_was_refused_is_said_once() -> None:
    """For the whole submission."""
    assert json.loads(gradescope.texts(class_of_four())["cy"])["output"] == (
        'A ReplicaSet of your own: There is no file "rs-lab.yaml" in what was handed in.'
    )


def test_a_score_is_that_of_all_exercises() -> None:
    """If one of them is not graded, there is no file."""
    pod = passed(POD.goals[0])
    whole = results(grade("ann", passed(UP), failed(SCALED)), grade("ann", pod, exercise=POD.name), exercises=[RS_LAB, POD])
    part = results(grade("ann", passed(UP), open_(SCALED)), grade("ann", pod, exercise=POD.name), exercises=[RS_LAB, POD])

    assert json.loads(gradescope.texts(whole)["ann"])["score"] == 2
    assert gradescope.texts(part) == {}
