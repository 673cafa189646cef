"""Mistakes in a student's files are found before anything runs, as far as possible."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kubelab.client.schema import Schema
from kubelab.exercises import Exercise
from kubelab.practice.first_look import look

GOOD = "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: rs-mainui}\nspec:\n  replicas: 2\n"
SCHEMA = Schema(
    {},
    {
        "properties": {
            "apiVersion": {},
            "kind": {},
            "metadata": {"properties": {"name": {}, "labels": {"additionalProperties": {}}}},
            "spec": {"properties": {"replicas": {}, "template": {"properties": {"ports": {"items": {"properties": {"port": {}}}}}}}},
        }
    },
)


def known(_body: Mapping[str, Any]) -> Schema:
    """The same schema for every kind."""
    return SCHEMA


def seen(work: Path, exercise: Exercise, text: str) -> tuple[str, ...]:
    """The mistakes in a manifest, with a known schema."""
    (work / "rs-lab.yaml").write_text(text)
    return look(work, exercise, known).mistakes


def test_files_may_be_missing_or_blank_at_first(exercise: Exercise, work: Path) -> None:
    """If one of them has some text, it can be checked."""
    (work / "rs-lab.sh").write_text("#!/bin/sh\n\n# nothing\n---\n")
    blank = look(work, exercise)
    (work / "rs-lab.sh").write_text("kubectl get pods")
    begun = look(work, exercise)
    (work / "rs-lab.yaml").write_text(GOOD)

    assert blank.absent == ("rs-lab.yaml is not there yet.", "rs-lab.sh has nothing in it yet.")
    assert not blank.is_begun
    assert (begun.absent, begun.is_begun, begun.mistakes) == (("rs-lab.yaml is not there yet.",), True, ())
    assert look(work, exercise).absent == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind: [ReplicaSet", "rs-lab.yaml:1: this is not YAML: the [ in this line is not closed"),
        ("kind: ReplicaSet\n", 'rs-lab.yaml:1: this is not a Kubernetes object: it needs "apiVersion" and "kind"'),
        (
            GOOD.replace("apps/v1", "extensions/v1beta1"),
            'rs-lab.yaml:1: ReplicaSet "rs-mainui": there is no ReplicaSet in extensions/v1beta1; ReplicaSet is in apps/v1.',
        ),
        (
            GOOD.replace("apps/v1", "v1").replace("ReplicaSet", "Pod"),
            'rs-lab.yaml:2: Pod "rs-mainui": this exercise asks for ReplicaSet, and for no other kind.',
        ),
        (
            GOOD.replace("ReplicaSet", "Replicaset"),
            'rs-lab.yaml:2: Replicaset "rs-mainui": this exercise asks for ReplicaSet, and for no other kind. Write "kind: ReplicaSet".',
        ),
        (
            GOOD.replace("{name: rs-mainui}", "{name: rs-mainui, namespace: default}"),
            'rs-lab.yaml:3: ReplicaSet "rs-mainui": it sets the namespace "default", and each objective has a new one of its own.',
        ),
        (
            GOOD.replace("replicas", "replica"),
            'rs-lab.yaml:5: ReplicaSet "rs-mainui": spec.replica is not a field of this kind. Did you mean replicas?',
        ),
        (
            GOOD + "  template:\n    ports:\n      - port: 1\n      - porrt: {a: 1}\n",
            'rs-lab.yaml:9: ReplicaSet "rs-mainui": spec.template.ports[1].porrt is not a field of this kind. Did you mean port?',
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(exercise: Exercise, work: Path, text: str, told: str) -> None:
    """One message for each, none for its consequences."""
    [mistake] = seen(work, exercise, text)

    assert mistake.startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("echo hello\n", 'rs-lab.sh:1: "echo hello" is not a kubectl command, and no shell reads this file.'),
        ("kubectl get pods | head\n", 'rs-lab.sh:1: "|" needs a shell, and no shell reads this file.'),
        ("# so\nkubectl get pods\nkubectl drain node-1\n", "rs-lab.sh:3: This kubectl command is not run:"),
    ],
)
def test_commands_are_looked_at_too(exercise: Exercise, work: Path, text: str, told: str) -> None:
    """Lines that are not commands, and commands that no lab may run."""
    (work / "rs-lab.sh").write_text(text)

    [mistake] = look(work, exercise).mistakes

    assert mistake.startswith(told)


def test_commands_that_may_be_run_are_no_mistake(exercise: Exercise, work: Path) -> None:
    """Even with a name that begins with the namespace's."""
    (work / "rs-lab.sh").write_text("kubectl scale rs rs-mainui --replicas=1\nkubectl delete namespace NAMESPACE-team --wait=false\n")

    assert look(work, exercise).mistakes == ()


def test_every_object_is_looked_at(exercise: Exercise, work: Path) -> None:
    """Even in the same file."""
    mistakes = seen(work, exercise, GOOD.replace("replicas", "replica") + "---\n" + GOOD.replace("apps/v1", "apps/v1beta1"))

    assert [one.partition(' "')[0] for one in mistakes] == ["rs-lab.yaml:5: ReplicaSet", "rs-lab.yaml:7: ReplicaSet"]


def test_what_is_right_has_no_mistake(exercise: Exercise, work: Path) -> None:
    """Also if a map has free keys, the kind is unknown, or a value is not valid: the API server reports that itself."""
    labelled = GOOD.replace("{name: rs-mainui}", "{name: rs-mainui, labels: {any: thing}}").replace(": 2", ": two")

    assert seen(work, exercise, labelled) == ()
    assert look(work, exercise).mistakes == ()


def test_an_exercise_without_kinds_takes_all(exercise: Exercise, work: Path) -> None:
    """In older versions, too, if they are still served."""
    free = Exercise(exercise.name, exercise.feature, "T", "", ("a.yaml",), (), exercise.objectives)
    (work / "a.yaml").write_text("apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\n")

    assert look(work, free).mistakes == ()


def test_a_file_that_is_not_text_is_a_mistake(exercise: Exercise, work: Path) -> None:
    """It counts neither as missing nor as blank."""
    (work / "rs-lab.yaml").write_bytes(b"\xff\xfe\x00")

    [mistake] = look(work, exercise).mistakes
    assert mistake.startswith("rs-lab.yaml: this is not UTF-8 text")
