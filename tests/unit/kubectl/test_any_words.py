"""Any combination of kubectl's words: none passes with a flag that is not listed for its verb."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kubelab import kubectl
from kubelab.errors import LabFailure
from kubelab.kubectl.allowed_verbs import VERBS, Verb
from kubelab.kubectl.command import take_apart
from kubelab.kubectl.parsing import NotRun
from kubelab.kubectl.refused_verbs import ENDLESS, LEAVING

FLAGS = Path(__file__).with_name("flags.txt").read_text().split()
"""Every flag of kubectl 1.36 and 1.37, of all verbs: "output|o=" is --output or -o with a value."""
LONG = [flag.partition("|")[0].rstrip("=") for flag in FLAGS]
SHORT = sorted({letter.rstrip("=") for flag in FLAGS if (letter := flag.partition("|")[2])})
VALUES = ["pods", "web", "node", "nodes/x", "wide", "other", "false", "client", "a=b", "x-", "-", "--", "=", "", "kube-system", "all"]
MANY = settings(max_examples=1000, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
"""The same examples each time, so that a commit is either green or not."""

values = st.sampled_from(VALUES)
long = st.sampled_from(LONG)
shorts = st.text(st.sampled_from(SHORT), min_size=1, max_size=4)
words = st.one_of(
    values,
    long.map("--{}".format),
    st.tuples(long, values).map("--{0[0]}={0[1]}".format),
    long.map(lambda name: f"--{name.replace('-', '_')}"),
    shorts.map("-{}".format),
    st.tuples(shorts, values).map("-{0[0]}{0[1]}".format),
    st.tuples(shorts, values).map("-{0[0]}={0[1]}".format),
)


def phrases(named: tuple[str, ...], verb: Verb) -> Iterator[tuple[str, ...]]:
    """The verb with each of the words that may follow it."""
    yield named
    for word, further in verb.under.items():
        yield from phrases((*named, word), further)


PHRASES = [phrase for word, verb in VERBS.items() for phrase in phrases((word,), verb)]


def verb_of(named: tuple[str, ...]) -> Verb:
    """Its entry in the table."""
    verb = Verb(under=VERBS)
    for word in named:
        verb = verb.under[word]
    return verb


@MANY
@given(before=st.lists(words, max_size=2), phrase=st.sampled_from(PHRASES), after=st.lists(words, max_size=6))
def test_no_flag_passes_that_is_not_on_the_list(before: list[str], phrase: tuple[str, ...], after: list[str]) -> None:
    """A command that passes has the same meaning when it is parsed again, so that kubectl cannot read it differently."""
    line = shlex.join(["kubectl", *before, *phrase, *after])
    try:
        command = kubectl.allowed(line, "lab-1")
    except LabFailure:
        return
    listed = verb_of(command.named).valued
    for word in command.words[len(command.named) :]:
        name = word[2:].partition("=")[0]
        assert not word.startswith("-") or word == "-" or name in listed, line
        assert not word.startswith("--") or listed[name] <= ("=" in word), line
    assert command.inner == () or verb_of(command.named).inner, line
    again = take_apart(shlex.join(["kubectl", *command.words, *command.inner]))
    assert (again.named, again.said, again.inner) == (command.named, command.said, command.inner), line


@pytest.mark.parametrize("phrase", PHRASES, ids=" ".join)
def test_each_flag_is_on_the_list_or_refused(phrase: tuple[str, ...]) -> None:
    """Never passed to kubectl unchecked."""
    for name in sorted(set(LONG) - verb_of(phrase).valued.keys()):
        with pytest.raises(NotRun):
            take_apart(f"kubectl {' '.join(phrase)} --{name}=x")


def test_few_verbs_have_flags_that_lead_out_or_never_end() -> None:
    """In the other verbs they mean something else, or the command ends all the same."""
    places = {"namespace", "all-namespaces", "filename"}
    dangerous = (LEAVING.keys() | ENDLESS.keys()) - places

    assert {(*phrase, name) for phrase in PHRASES for name in verb_of(phrase).valued if name in dangerous} == {
        ("config", "set-context", "cluster"),
        ("config", "set-context", "user"),
        ("create", "clusterrolebinding", "user"),
        ("create", "rolebinding", "user"),
        ("exec", "stdin"),
        ("exec", "tty"),
        ("explain", "recursive"),
        ("rollout", "status", "watch"),
        ("set", "subject", "user"),
    }
