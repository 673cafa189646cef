"""Why a text is not YAML: the cause of each mistake, with its place and what to write."""

import pytest

from kubelab import manifests
from kubelab.errors import LabFailure

TWO = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\napiVersion: v1\nkind: Pod\n"


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (TWO, "m.yaml:4:1:", 'the key "apiVersion" is written twice, first in line 1. If another object begins here, put a line "---"'),
        ("spec:\n  a: 1\n  b: 2\n  a: 3\n", "m.yaml:4:3:", 'the key "a" is written twice, first in line 2. Keep one of them'),
        ("spec:\n  schedule: */5 * * * *\n", "m.yaml:2:14:", 'begins with * needs quotes. Write "*/5 * * * *"'),
        ("spec:\n  schedule: * * * * *\n", "m.yaml:2:14:", 'Write "* * * * *"'),
        ("- host: *.example.com\n", "m.yaml:1:10:", 'Write "*.example.com"'),
        ("a: *\n", "m.yaml:1:5:", 'Write "*"'),
        ("a: *foo\n", "m.yaml:1:4:", 'Write "*foo"'),
        ("spec:\n\treplicas: 1\n", "m.yaml:2:1:", "begins with a tab"),
        ("spec:\n  replicas: 1\n\tx: 2\n", "m.yaml:3:1:", "begins with a tab"),
        ("```yaml\napiVersion: v1\n```\n", "m.yaml:1:1:", "belongs to the page that the text was copied from"),
        ("apiVersion: v1\nkind: Pod\n```\n", "m.yaml:3:1:", "belongs to the page"),
        ("~~~\na: b\n", "m.yaml:1:", "belongs to the page"),
        ("metadata:\n  name: “web: x”\n", "m.yaml:2:13:", "“ is a curly quote"),
        ("metadata:\n  name: “web”\n", "m.yaml:2:9:", 'curly quotes, which become part of the text. Write "web"'),
        ("metadata:\n  name: \u2018web\u2019\n", "m.yaml:2:9:", 'Write "web"'),
        ("a: [“b, c”]\n", "m.yaml:1:5:", "curly quotes"),
        ("“a”: b\n", "m.yaml:1:1:", "curly quotes"),
        ("a:\u00a0b\nc: d\n", "m.yaml:1:", "non-breaking space"),
        ("a:\n\u00a0\u00a0b: c\n", "m.yaml:2:1:", "non-breaking space"),
        ('command: bash -c "echo a: b"\n', "m.yaml:1:25:", 'the value has a ": " in it'),
        ("kind: Pod\n metadata: {}\n", "m.yaml:2:10:", "indented more than line 1"),
        ("metadata:\n  name:web\n  labels: {}\n", "m.yaml:2:", 'a space is missing after the colon. Write "name: web"'),
        ("a:\n  - name: web\n    image:nginx:1.14\n\n", "m.yaml:3:", 'a space is missing after the colon. Write "image: nginx:1.14"'),
        ("metadata:\n  name: web\n  labels\nspec: {}\n", "m.yaml:3:", "the line has no key that ends with a colon and a space"),
        ("metadata:\n  name: web:\n", "m.yaml:2:12:", "Remove the colon."),
        ("a: {b: c\nd: e\n", "m.yaml:1:", "the { in this line is not closed"),
        ("a: [b\n", "m.yaml:1:", "the [ in this line is not closed"),
        ("a: [\n", "m.yaml:2:1:", "a value, or the end of a list or map, is missing"),
        ('a: "b\nc: d\n', "m.yaml:1:", "the quote that begins in this line has no end"),
        ('a: "b" c\n', "m.yaml:1:8:", "more text after the closing quote"),
        ("a: %x\n", "m.yaml:1:4:", "a value cannot begin with %"),
        ("a: & b\n", "m.yaml:1:5:", "a value cannot begin with &"),
        ("a: !foo x\n", "m.yaml:1:4:", "a value that begins with ! needs quotes"),
        ("a: - b\n", "m.yaml:1:4:", "a list does not begin in the line of its key"),
        ("spec:\n    a: 1\n  b: 2\n", "m.yaml:3:3:", "the line begins at a column where nothing above it does"),
        ("spec:\n- a: 1\n - c: 3\n", "m.yaml:3:2:", "the line begins at a column"),
        ("? {a: b}\n: c\n", "m.yaml:1:3:", "a key must be a string"),
        ("a: !!binary aGk=\n", "m.yaml:1:4:", "!!binary cannot be sent"),
        ("a: 1\nb: \x00\n", "m.yaml:", "line 2 has a control character"),
    ],
)
def test_a_mistake_is_told_by_its_cause(text: str, place: str, says: str) -> None:
    """Not by what the YAML parser met after it."""
    with pytest.raises(LabFailure) as failure:
        manifests.parse(text, "m.yaml")

    assert str(failure.value).startswith(place)
    assert "this is not YAML: " in str(failure.value)
    assert says in str(failure.value)


@pytest.mark.parametrize("value", ["it\u2019s", "'“web”'", '"\u2018a\u2019"', "he said “hi”"])
def test_curly_quotes_that_are_part_of_a_text_stay(value: str) -> None:
    """Inside straight quotes, or in the middle of a text."""
    assert manifests.fragment(f"a: {value}", "m.yaml").body["a"] == value.strip("'\"")


def test_a_time_of_day_is_a_text() -> None:
    """As Kubernetes reads it; in YAML 1.1 it would be a number of minutes."""
    assert manifests.fragment("{a: 12:30, b: 8, c: -1.5, d: 010}", "m.yaml").body == {"a": "12:30", "b": 8, "c": -1.5, "d": 8}
