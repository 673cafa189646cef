"""The command that a person would type for a sentence."""

import re

import pytest

from kubelab.pytest_internals import StepFunctionContext
from kubelab.vocabulary import Definition, by_hand, catalogue, parse
from kubelab.vocabulary.typed_commands import typed

CATALOGUE = catalogue()


@pytest.mark.parametrize(
    ("sentence", "commands"),
    [
        ('I delete Deployment "web"', ["kubectl delete deployment web --wait=false"]),
        ('Deployment "web" is rolled out within 1 minute', ["kubectl rollout status deployment web"]),
        ('I run "kubectl scale rs web --replicas=3"', ["kubectl scale rs web --replicas=3"]),
        ('Pod "web" is Running', ["kubectl get pod web -o jsonpath={.status.phase}"]),
        ('I apply "web.yaml"', ["kubectl apply -f web.yaml"]),
    ],
)
def test_the_words_of_the_sentence_are_in_the_command(sentence: str, commands: list[str]) -> None:
    """Kinds in lower case."""
    [definition] = CATALOGUE.matching(sentence)

    assert typed(definition, sentence) == commands


def test_every_sentence_has_its_command() -> None:
    """No word is left in braces, except those of jsonpath and JSON."""
    for definition in CATALOGUE:
        for command in typed(definition, definition.example):
            left = re.sub(r"jsonpath=\S+|'\{.*\}'", "", command)
            assert not set("{}") & set(left), command


@by_hand("kubectl wait pod {name} --timeout={limit}", "kubectl get pod {name} -o jsonpath={.status.phase}")
def of_somebody() -> None:
    """A step in a user's own conftest."""


def test_what_cannot_be_filled_in_stays() -> None:
    """A word that the sentence does not have stays as it is, and so do braces that are not words."""
    definition = Definition(StepFunctionContext(type="then", step_func=of_somebody, parser=parse('web {name:Name} "comes"')))

    assert typed(definition, 'web "a" "comes"') == [
        "kubectl wait pod a --timeout=LIMIT",
        "kubectl get pod {name} -o jsonpath={.status.phase}",
    ]
