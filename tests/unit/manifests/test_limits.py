"""YAML that grows, nests or repeats itself beyond any manifest is refused at once, with its place; so is what JSON cannot express."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kubelab import manifests
from kubelab.errors import LabFailure
from kubelab.manifests import Limits

HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
SECONDS, MEGABYTES = 5.0, 200
"""The most for one text, on a machine that is busy: alone, the slowest takes 0.3 s."""


def times(text: str, levels: int) -> str:
    """Lines each of which refers to the one before it nine times."""
    return "".join(f"a{one}: &a{one} {text.format(', '.join([f'*a{one - 1}'] * 9))}\n" for one in range(1, levels))


BOMBS = {
    "aliases": (f"a0: &a0 [x, x]\n{times('[{}]', 12)}", "m.yaml:9:", "the aliases (*name) in here stand for more than"),
    "merges": (f"a0: &a0 {{x: y}}\n{times('{{<<: [{}]}}', 12)}", "m.yaml:9:", "the aliases (*name) in here stand for more than"),
    "a long text": (f"a: &a {'x' * 500_000}\nb: [*a, *a, *a]\n", "m.yaml:5:4:", "1000000 characters"),
    "a chain": ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 200)), "m.yaml:103:", "nested more than 100 deep"),
    "lists": ("a: " + "[" * 300_000, "m.yaml:4:", "nested more than 100 deep"),
    "closed lists": ("a: " + "[" * 200 + "]" * 200, "m.yaml:4:", "nested more than 100 deep"),
    "maps": ("a: " + "{a: " * 200_000, "m.yaml:4:", "nested more than 100 deep"),
    "dashes": ("a:\n" + "- " * 300_000, "m.yaml:5:", "nested more than 100 deep"),
    "keys": ("? " * 300_000, "m.yaml:4:", "nested more than 100 deep"),
    "values": (f"a: [{'a,' * 250_000}]\n", "m.yaml:4:4:", "there are more than the 100000 values"),
    "an alias in itself": ("a: &a [*a]\n", "m.yaml:4:4:", "this alias contains itself"),
    "a merge of itself": ("a: &a {<<: *a}\n", "m.yaml:4:4:", "this alias contains itself"),
    "an anchor twice": ("a: &a b\nc: &a d\n", "m.yaml:5:4:", "first in line 4. Give it another name"),
    "documents": (f"---\n{HEAD}" * 1000, "m.yaml:4001:", "more than the 1000 documents"),
    "empty documents": ("---\n" * 200_000, "m.yaml:1004:", "more than the 1000 documents"),
    "a megabyte": ("a: " + "x" * 1_000_000, "m.yaml: ", "larger than the 1 MB that are read"),
    "a long line": ("a: *" + "x " * 300_000, "m.yaml:4:4:", "begins with * needs quotes"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_grows_beyond_any_manifest_is_refused_at_once(name: str) -> None:
    """With limited work, in a few words that name the place."""
    text, place, says = BOMBS[name]
    began = time.process_time()

    with pytest.raises(LabFailure) as failure:
        manifests.parse(HEAD + text, "m.yaml")

    assert time.process_time() - began < SECONDS
    assert str(failure.value).startswith(place)
    assert says in str(failure.value)
    assert len(str(failure.value)) < 700


def test_a_bomb_takes_no_more_memory_than_there_may_be() -> None:
    """The worst ones, in a process of its own."""
    program = "import re, sys; from kubelab import errors, manifests\ntry: manifests.parse(sys.stdin.read(), 'm.yaml')\n"
    program += "except errors.LabFailure: print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) // 1024)"
    done = subprocess.run([sys.executable, "-c", program], input=HEAD + BOMBS["values"][0], capture_output=True, text=True, check=True)

    assert int(done.stdout) < MEGABYTES


def test_aliases_and_merges_as_people_write_them_are_read() -> None:
    """A key of the map itself takes precedence over a merged one, and the first merged map over later ones, in any order."""
    text = "base: &base {a: 1, b: 2}\nx: {deep: &deep {<<: *base, b: 3}}\ny: {<<: [*deep, *base], c: [*base, *base]}\n"

    body = manifests.fragment(text, "m.yaml").body

    assert body["x"] == {"deep": {"a": 1, "b": 3}}
    assert body["y"] == {"a": 1, "b": 3, "c": [{"a": 1, "b": 2}] * 2}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: .nan", ".nan is not a number that can be sent"),
        ("a: -.inf", "-.inf is not a number"),
        ("a: 1.0e+999", "1.0e+999 is not a number"),
        ("a: 0b_", "0b_ is not a number"),
        ("a: 0x" + "f" * 9000, "is not a number"),
        ("a: " + "9" * 9000, "is not a number"),
        ("a: !!int x", "x is not a number"),
        ("a: !!float x", "x is not a number"),
        ("a: !!bool x", "x is not a number"),
        ("a: !!int [1]", "expected a scalar"),
        ("a: !!timestamp [1]", "expected a scalar"),
        ("a: !!map x", "expected a mapping"),
        ("a: !!seq x", "expected a sequence"),
        ("a: !!set {x, y}", "!!set cannot be sent"),
        ("a: !!omap [x: y]", "!!omap cannot be sent"),
        ("a: !!binary aGk=", "!!binary cannot be sent"),
        ("a: !!python/object:os.system x", "needs quotes"),
        ("a: {<<: 3}", 'after "<<:" stands the alias of a map'),
        ("a: {on: b}", "on is read as true or false, and a key must be a string. Put quotes around it"),
        ("a: {~: b}", "~ is read as nothing"),
        ("? \n: b", "the missing key is read as nothing"),
        ("{[a]: b}", "a key must be a string, not a map or a list"),
        ("!!null a: b", "is read as nothing"),
        ("!!binary aGk=: b", "Remove !!binary"),
        ("!!seq a: b", "Remove !!seq"),
        ("a: b\0", "a control character"),
        ('a: "\\ud800"', "this is not YAML"),
    ],
)
def test_what_json_has_not_is_refused_with_its_place(text: str, says: str) -> None:
    """Before anything is sent."""
    with pytest.raises(LabFailure, match=r"^m\.yaml:\d*") as failure:
        manifests.fragment(text, "m.yaml")

    assert says in str(failure.value)


def test_numbers_and_dates_are_texts_where_they_are_keys() -> None:
    """As kubectl sends them; "=" is text anywhere."""
    body = manifests.fragment("{80: a, 1.5: b, 2020-01-01: c, =: =, '<<': d, \"on\": e}", "m.yaml").body

    assert body == {"80": "a", "1.5": "b", "2020-01-01": "c", "=": "=", "<<": "d", "on": "e"}


def test_a_setting_allows_more(tmp_path: Path) -> None:
    """For text, documents and values."""
    file = tmp_path / "m.yaml"
    file.write_text(f"---\n{HEAD}data: {{a: {'x' * 700}}}\n" * 1500)

    with pytest.raises(LabFailure, match=r"m\.yaml: this is larger than the 1 MB that are read\. .*--lab-manifest-limit 10$"):
        manifests.read(file, "m.yaml")
    assert len(manifests.read(file, "m.yaml", Limits(2))) == 1500


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """In words, with its name."""
    with pytest.raises(LabFailure, match=r"^m\.yaml: this file cannot be read: Is a directory\.$"):
        manifests.read(tmp_path, "m.yaml")


def test_a_thousand_documents_cost_what_they_hold() -> None:
    """The whole text is not read again for each."""
    text = f"---\n{HEAD}data: {{a: {'x' * 800}}}\n" * 1000
    began = time.process_time()

    assert len(manifests.parse(text, "m.yaml")) == 1000
    assert time.process_time() - began < SECONDS
