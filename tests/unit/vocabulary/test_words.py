"""The typed words of sentences."""

import re

import pytest

from kubelab.vocabulary import WORDS, KindName, parse


@pytest.mark.parametrize(
    ("pattern", "sentence", "words"),
    [
        ("{kind:Kind} {name:Name} is there", 'DaemonSet "x.y-z" is there', {"kind": "DaemonSet", "name": "x.y-z"}),
        ("I apply {file:File}", 'I apply "sub/web.yaml"', {"file": "sub/web.yaml"}),
        ("it says {text:Text}", r'it says "a \"b\" \\c"', {"text": r'a "b" \c'}),
        ("it has {n:Number} pods", "it has 12 pods", {"n": 12}),
        ("within {limit:Duration}", "within 30 seconds", {"limit": 30.0}),
        ("within {limit:Duration}", "within 1 minute", {"limit": 60.0}),
        ("within {limit:Duration}", "within 1.5 hours", {"limit": 5400.0}),
        ("within {limit:Duration}", "within 100 milliseconds", {"limit": 0.1}),
        ("{limit:Duration} ago", "2 days ago", {"limit": 172800.0}),
        ("it is due {when:Recurrence}", "it is due on day 1 of every month at 23:30 UTC", {"when": "on day 1 of every month at 23:30 UTC"}),
        ("it is due {when:Recurrence}", 'it is due every day at 09:00 in "Asia/Seoul"', {"when": 'every day at 09:00 in "Asia/Seoul"'}),
        ("the {which:Word} one", "the first one", {"which": "first"}),
    ],
)
def test_words_arrive_as_values(pattern: str, sentence: str, words: dict[str, object]) -> None:
    """Without their quotes, in seconds."""
    assert parse(pattern).parse_arguments(sentence) == pytest.approx(words)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{kind:Kind} {name:Name} is there", 'daemonset "x" is there'),
        ("{kind:Kind} {name:Name} is there", "DaemonSet x is there"),
        ("{kind:Kind} {name:Name} is there", 'DaemonSet "two words" is there'),
        ("{kind:Kind} {name:Name} is there", 'DaemonSet "x" Is there'),
        ("I apply {file:File}", 'I apply "web"'),
        ("within {limit:Duration}", "within 30"),
        ("within {limit:Duration}", "within 30 s"),
        ("it is due {when:Recurrence}", "it is due every Saturday at 5:00 UTC"),
        ("it is due {when:Recurrence}", "it is due every Saturday at 05:00"),
        ("it is due {when:Recurrence}", "it is due every Saturday at 05:00 in Asia/Seoul"),
    ],
)
def test_what_is_spelled_otherwise_does_not_match(pattern: str, sentence: str) -> None:
    """There is one way to write each."""
    assert not parse(pattern).is_matching(sentence)


def test_a_kind_is_known_as_one() -> None:
    """So that a scenario knows which kinds to watch."""
    assert isinstance(parse("{kind:Kind}").parse_arguments("Pod")["kind"], KindName)


@pytest.mark.parametrize("name", WORDS)
def test_every_word_reads_its_own_example(name: str) -> None:
    """The reference shows valid examples."""
    assert parse(f"{{it:{name}}}").is_matching(WORDS[name].example)


@pytest.mark.parametrize("word", ["9" * 5000 + " seconds", "1e999 seconds", "1000000 days"])
def test_an_absurd_duration_does_not_match(word: str) -> None:
    """It is a finding of the sentence, with the form of a duration."""
    assert not re.fullmatch(WORDS["Duration"].pattern, word)
    assert not re.fullmatch(WORDS["Number"].pattern, "9" * 5000)
