"""Our list of flags of kubectl's verbs agrees with the cluster's own kubectl."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kubelab.clusters.kind import KindProvider
from kubelab.clusters.settings import Settings
from kubelab.kubectl.allowed_verbs import VERBS, Verb

pytestmark = pytest.mark.cluster

FLAG = re.compile(r"^ +(?:-(\w), )?--([\w-]+)(?:=(.*))?:$", re.MULTILINE)
"""A flag in kubectl's help: its letter, its name, its default."""
UNTOLD = frozenset({"cpu-percent", "max-depth", "record"})
"""Flags that exist only in some of the versions, or in all of them but are not in the help."""
OPTIONAL = frozenset({"cascade", "dry-run", "validate"})
"""Flags that take a value only in the same word."""


def phrases(named: tuple[str, ...], verb: Verb) -> Iterator[tuple[tuple[str, ...], Verb]]:
    """The verb with each word that may follow it, for words that kubectl knows by more than one name."""
    yield named, verb
    for word, further in verb.under.items():
        yield from phrases((*named, word), further)


@pytest.fixture(scope="module")
def kubectl() -> Path:
    """The program that runs labs' commands."""
    cluster = KindProvider(Settings()).find()
    assert cluster is not None
    return cluster.kubectl


@pytest.mark.parametrize("word", VERBS)
def test_kubectl_has_the_flags_that_are_on_our_list(word: str, kubectl: Path) -> None:
    """With the same letters; each takes a value, or none, as on the list: otherwise kubectl would read the words differently."""
    for named, verb in phrases((word,), VERBS[word]):
        help_text = subprocess.run([kubectl, *named, "--help"], capture_output=True, check=True, text=True).stdout
        told = {name: (letter, default) for letter, name, default in FLAG.findall(help_text)}
        ours = {flag.rstrip("=").partition("|")[0] for flag in verb.flags.split()}
        assert ours - told.keys() <= UNTOLD, named
        assert {letter: name for name, (letter, _) in told.items() if letter and verb.short.get(letter) != name} == {}, named
        switches = {name for name in ours & told.keys() if told[name][1] in {"true", "false"} or name in OPTIONAL}
        assert {name for name in ours & told.keys() if not verb.valued[name]} == switches, named
