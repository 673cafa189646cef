"""The text under `matches:`: anything in it that could not be compared is refused."""

from collections.abc import Sequence
from typing import Any

import pytest

from kubelab.client.explanation import misplaced
from kubelab.client.fields import Keys
from kubelab.client.kinds import BUILT_IN
from kubelab.client.schema import schema_of
from kubelab.conditions.fields.expectations import Absent, AtLeast, AtMost, Matches
from kubelab.conditions.fields.partial import of_kind, parse
from kubelab.errors import LabFailure
from tests.unit.client.openapi import APPS


def test_tags() -> None:
    """The four tags, also without a value before a bracket; an alias stands for its anchor, a date is text."""
    assert parse("{a: !absent, b: {c: !absent}, d: !at-least 3, e: !at-most 2.5, f: !matches x.*}") == {
        "a": Absent(),
        "b": {"c": Absent()},
        "d": AtLeast(3),
        "e": AtMost(2.5),
        "f": Matches("x.*"),
    }
    same = {"b": "2020-01-01"}
    assert parse("a: &x {b: 2020-01-01}\nc: *x\nd: {<<: *x}") == {"a": same, "c": same, "d": same}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the text under the sentence: it is empty, so it compares nothing"),
        ("# only a comment", "it is empty, so it compares nothing"),
        ("null", "it is empty, so it compares nothing"),
        ("{}", "sentence:1: the map is empty, so it compares nothing"),
        ("3", "sentence:1: this is not a map of fields"),
        ("- a", "this is not a map of fields"),
        ("!absent", "this is not a map of fields"),
        ("a: 1\nb: null", 'sentence:2: "b" has no value, so it compares nothing. Write "b: !absent"'),
        ("a:\n  b:\n", 'sentence:2: "b" has no value'),
        ("a: [1, null]", '"a" has no value'),
        ("a: {b: []}", 'an empty list compares nothing. Write "b: !absent"'),
        ("a: [!absent]", '"!absent" stands for a whole field'),
        ("a: !absent x", "!absent takes nothing after it"),
        ("a: !absent {x: 1}", "!absent takes nothing after it"),
        ("a: !at-least many", "!at-least wants a number after it, such as 3"),
        ("a: !at-least", "!at-least wants a number"),
        ("a: !at-most .nan", "!at-most wants a number"),
        ("a: !at-most [1]", "!at-most wants a number"),
        ("a: !matches '('", "!matches wants a regular expression after it"),
        ("a: !matches", "!matches wants a regular expression after it"),
        ("a: 1\nb: !absnet", 'sentence:2: "!absnet" is not known here; there are !absent, !at-least 3'),
        ("a: !!binary aGk=", '"!!binary" is not known here'),
        ("a: !!set {b}", '"!!set" is not known here'),
        ("on: x", "the key on is not a string"),
        ("1: x", "the key 1 is not a string"),
        ("? [a]\n: b", "the key is not a string"),
        ("a: 1\na: 2", 'sentence:2:1: this is not YAML: the key "a" is written twice, first in line 1'),
        ("a: &x {b: *x}", "this alias contains itself"),
        ("a: 1\n---\nb: 2", 'sentence:2:1: this is not YAML: a second document begins here. Remove the line "---"'),
        ("a: “x”", "curly quotes"),
        ("a: [", "this is not YAML"),
    ],
)
def test_what_could_not_be_compared_is_refused(text: str, told: str) -> None:
    """With its line, and what to write instead; nothing passes without having been compared."""
    with pytest.raises(LabFailure) as failure:
        parse(text)

    assert told in str(failure.value)


class Knowing:
    """A client that knows the fields of a Deployment."""

    def __init__(self) -> None:
        self.asked: list[tuple[Keys, ...]] = []

    def misplaced(self, kind: str, paths: Sequence[Keys], part: Any) -> Any:
        """The real lookup, without a request."""
        self.asked.append(tuple(paths))
        return misplaced(paths, part, schema_of(APPS, BUILT_IN[kind]))


def test_a_misspelt_name_that_may_be_absent_is_refused() -> None:
    """It would always be absent, and the mistake would go unnoticed; other misspelt names are noticed."""
    client: Any = Knowing()
    fine = "spec: {paused: 1, template: {metadata: {labels: {any: !absent}}, spec: {containers: [{ports: [{hostPort: !at-most 9}]}]}}}"

    assert of_kind(client, "Deployment", fine)["spec"]["paused"] == 1
    assert client.asked == [
        (("spec", "template", "metadata", "labels", "any"), ("spec", "template", "spec", "containers", 0, "ports", 0, "hostPort"))
    ]
    for text in ("spec: {replica: !absent}", "spec: {replica: !at-most 3}"):
        with pytest.raises(LabFailure, match=r"the text under the sentence: spec\.replica is not a field .* Did you mean replicas"):
            of_kind(client, "Deployment", text)
    with pytest.raises(LabFailure, match=r"spec\.strategy\.type\.x is not a field|spec\.stratgy"):
        of_kind(client, "Deployment", "spec: {stratgy: {type: !absent}}")
    assert of_kind(client, "Job", "spec: {whatever: !absent}")
