"""What the running scenario has done so far, with a clock of the test's own."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from kubelab.conditions import pods
from kubelab.errors import LabFailure
from kubelab.plugin.story import Narrator
from kubelab.waiting import stays, until
from tests.unit.objects import pod
from tests.unit.scripted import Lab


def sentence(text: str, line: int = 4) -> Any:
    """A step as pytest-bdd has it."""
    return SimpleNamespace(keyword="Then", name=text, line_number=line)


def test_a_sentence_that_is_over_tells_its_longest_wait(lab: Lab) -> None:
    """All of its waits are returned, those of earlier sentences are not; a stretch has no limit."""
    narrator = Narrator()
    narrator.begin("It is replaced")
    narrator.begin_sentence(sentence("it is so"), cast("Any", lab))
    lab.at(5, pod(ready=True))
    until(lab, pods.ready("web"))
    first = narrator.end_sentence(cast("Any", lab), good=True)
    narrator.begin_sentence(sentence("it stays", 5), cast("Any", lab))
    stays(lab, pods.ready("web"), 40)
    with pytest.raises(LabFailure):
        until(lab, pods.ready("other"), 2)
    second = narrator.end_sentence(cast("Any", lab), good=False)

    assert [(told.text, told.line, told.good, told.waited, told.limit) for told, _ in [first[0], second[0]]] == [
        ("Then it is so", 4, True, 5, 30),
        ("Then it stays", 5, False, 2, 2),
    ]
    assert [(wait.stretch, wait.met) for _, wait in second] == [(False, True), (True, True), (False, False)]
    story = narrator.now()
    assert story is not None
    assert (story.scenario, len(story.over), story.sentence) == ("It is replaced", 2, "")


def test_a_wait_under_way_goes_on_between_two_looks(lab: Lab) -> None:
    """Its seconds are the current ones; if the last look takes longer, it stays at its limit."""
    narrator, seen = Narrator(), list[Any]()
    narrator.begin("It is replaced")
    narrator.begin_sentence(sentence("it is so"), cast("Any", lab))

    def look(more: float) -> None:
        lab.clock.now += more
        seen.append(narrator.now())

    lab.at(1, pod())
    lab.store.at(4, look, 0)
    lab.store.at(5, look, 30)
    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"), 20)

    assert [(one.waited, one.limit) for one in seen] == [(4, 20), (20, 20)]
    assert "web" in seen[0].seen


def test_a_sentence_without_a_wait_has_no_limit(lab: Lab) -> None:
    """Neither has a sentence whose wait was met."""
    narrator = Narrator()
    narrator.begin("x")
    narrator.begin_sentence(sentence("it is so"), cast("Any", lab))
    before = narrator.now()
    lab.put(pod(ready=True))
    until(lab, pods.ready("web"))
    after = narrator.now()

    assert before is not None
    assert after is not None
    assert (before.sentence, before.limit, after.limit) == ("Then it is so", 0, 0)


def test_what_is_done_before_the_first_sentence_is_told() -> None:
    """Until the first sentence begins."""
    narrator = Narrator()
    narrator.begin("x")
    narrator.begins_with("waiting for its turn")
    before = narrator.now()
    narrator.begin_sentence(sentence("it is so"), None)
    after = narrator.now()

    assert before is not None
    assert after is not None
    assert (before.seen, after.seen) == ("waiting for its turn", "")
    assert [told.limit for told, _ in narrator.end_sentence(None, good=True)] == []


def test_without_a_scenario_nothing_is_told() -> None:
    """A Python test has no sentences, even if it uses a lab."""
    narrator = Narrator()
    narrator.begins_with("waiting for its turn")
    narrator.begin_sentence(sentence("it is so"), None)

    assert narrator.end_sentence(None, good=True) == []
    assert narrator.now() is None
