"""`until`: met, limits, hopeless states, and the text of a failure; with a clock of the test's own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from kubelab.client.objects import Object
from kubelab.conditions import pods
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.observation import View
from kubelab.waiting import Condition, Hopeless, Noted, Observation, Sighting, until
from tests.unit.objects import ending, pod
from tests.unit.scripted import Lab


def stuck(view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """A row of a hopeless table: pods that wait because they are Stuck."""
    for one in about:
        if pods.is_held_by(one, "Stuck"):
            yield Sighting(view.since.time, "web is stuck", "Unstick it.")


STUCK = Hopeless("stuck", 2.0, stuck)


def test_met_at_once_asks_nothing(lab: Lab) -> None:
    """A state that holds already needs no wait."""
    lab.put(pod(ready=True))

    assert until(lab, pods.ready("web")).met
    assert lab.store.waits == []


def test_met_by_a_change(lab: Lab) -> None:
    """The observation that met it is returned, with its object."""
    lab.at(3, pod())
    lab.at(5, pod(ready=True))
    lab.at(9, ending(pod()))

    look = until(lab, pods.ready("web"))

    assert (look.met, lab.elapsed) == (True, 5)
    assert look.about[0]["metadata"]["name"] == "web"


STEADY = replace(pods.ready("web"), steady=2.0)


def test_a_steady_state_is_met_when_it_has_lasted(lab: Lab) -> None:
    """Without a break, times the patience; what it was before does not count."""
    lab.patience = 2
    lab.at(1, pod(ready=True))
    lab.at(2, pod())
    lab.at(3, pod(ready=True))

    assert until(lab, STEADY).met
    assert lab.elapsed == 7


def test_a_steady_state_that_did_not_last(lab: Lab) -> None:
    """It is told what was missing: without that, the last look would be what was expected."""
    lab.at(29, pod(ready=True))

    with pytest.raises(LabFailure) as caught:
        until(lab, STEADY)

    assert caught.value.last_saw.endswith("Ready; for less than 2 s")


def test_a_steady_state_is_met_at_once_where_there_is_no_time(lab: Lab) -> None:
    """After a sentence that has failed, it is still told right."""
    lab.failed_at = lab.clock() - 4
    lab.put(pod(ready=True))

    assert until(lab, STEADY).met
    assert lab.elapsed == 0


@pytest.mark.parametrize(("within", "patience", "limit", "words"), [(None, 1, 30, "30 s"), (2.5, 1, 2.5, "2.5 s"), (60, 2, 120, "2 min")])
def test_the_limit_is_kept_exactly(lab: Lab, within: float | None, patience: float, limit: float, words: str) -> None:
    """30 s by default, otherwise the sentence's own, times the patience; the last wait is cut to the time left."""
    lab.patience = patience
    lab.at(1, pod())

    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"), within)

    assert lab.elapsed == limit
    assert caught.value.expected == f'Pod "web" is ready within {words}'
    assert lab.store.refreshed == 1


@pytest.mark.parametrize(("ago", "within", "limit"), [(0, None, 5), (2, 60, 3), (9, None, 0), (0, 2, 2)])
def test_sentences_after_one_that_failed_share_a_few_seconds(lab: Lab, ago: float, within: float | None, limit: float) -> None:
    """Each is checked at least once, and says that it did not have all of its time."""
    lab.failed_at = lab.clock() - ago

    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"), within)

    assert lab.elapsed == limit
    assert ("an earlier sentence has failed" in caught.value.expected) is (within != 2)


def test_an_object_that_is_missing_is_told_to_the_table(lab: Lab) -> None:
    """A row may know that nothing creates it; its excuse gets a stub of the object."""
    asked = list[str]()

    def may_come(_view: View, about: Sequence[Object]) -> bool:
        asked.append(about[-1]["metadata"]["name"])
        return lab.elapsed < 6

    def unmade(view: View, kind: str, _name: str) -> Iterator[Sighting]:
        yield Sighting(view.since.time, f"nothing makes a {kind}")

    lab.hopeless = [Hopeless("absent", 5.0, lambda _view, _about: (), may_come, absences=unmade)]

    with pytest.raises(LabFailure, match="nothing makes a Pod"):
        until(lab, pods.ready("web"))

    assert (lab.elapsed, asked) == (15.0, ["web", "web"])


def test_a_failure_tells_what_was_seen(lab: Lab) -> None:
    """Expected, last saw, the timeline: aligned lines in the lab's own words."""
    lab.at(0.4, pod())
    lab.at(0.5, pod(node="kubelab-worker"))
    lab.at(1.9, pod(node="kubelab-worker", waiting="ErrImagePull"))

    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"))

    assert str(caught.value).splitlines() == [
        'expected   Pod "web" is ready within 30 s',
        "last saw   web on kubelab-worker, Pending, ErrImagePull",
        "timeline   +0.4 s web created · +0.5 s scheduled to kubelab-worker · +1.9 s ErrImagePull",
    ]
    assert caught.value.about[0]["metadata"]["name"] == "web"


def test_nothing_there_is_told_with_what_there_is(lab: Lab) -> None:
    """After a misspelt name, the right one is listed."""
    lab.put(pod("wep"))

    with pytest.raises(LabFailure, match=r'no Pod "web" \(there is: wep\)'):
        until(lab, pods.ready("web"))


def test_declared_facts_are_judged_in_a_moment(lab: Lab) -> None:
    """They only have to travel from the API server to the watch."""
    lab.at(0.2, pod(image="nginx:1.14"))

    assert until(lab, pods.has_image("web", "main", "nginx:1.14")).met
    with pytest.raises(LabFailure, match="within 1 s"):
        until(lab, pods.has_image("web", "main", "nginx:1.15"))
    assert lab.elapsed == 1.2


def test_hopeless_is_failed_after_its_grace(lab: Lab) -> None:
    """Not at once, and long before the limit; the cause and the hint are in the message."""
    lab.hopeless = [STUCK]
    lab.at(0.5, pod(waiting="Stuck"))

    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"))

    assert lab.elapsed == 2
    assert caught.value.last_saw == "web, Pending, Stuck · web is stuck"
    assert caught.value.hint == "Unstick it."
    assert lab.store.refreshed == 0


def test_hope_returns_within_the_grace(lab: Lab) -> None:
    """A state that recovers in time does not fail."""
    lab.hopeless = [STUCK]
    lab.at(0.5, pod(waiting="Stuck"))
    lab.at(1.9, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_patience_stretches_the_grace(lab: Lab) -> None:
    """A slow machine has more of it."""
    lab.hopeless, lab.patience = [STUCK], 3.0
    lab.at(0.5, pod(waiting="Stuck"))

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 6


def test_what_is_waited_for_ends_no_wait(lab: Lab) -> None:
    """A sentence that waits for that very state does not fail because of it."""
    lab.hopeless = [STUCK]
    lab.at(0.5, pod(waiting="Stuck"))
    lab.at(9, pod(ready=True))

    assert until(lab, replace(pods.ready("web"), expects=frozenset({"stuck"}))).met


def test_an_excuse_is_asked_for_seldom(lab: Lab) -> None:
    """Every ten seconds, not with every look; once the excuse is gone, the wait fails."""
    asked: list[float] = []

    def excused(_view: View, _about: Sequence[Object]) -> bool:
        asked.append(lab.elapsed)
        return lab.elapsed < 20

    lab.hopeless = [replace(STUCK, excused=excused)]
    for offset in range(25):
        lab.at(offset, pod(waiting="Stuck"))

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"))

    assert asked == [2, 12, 22]


def test_a_condition_may_say_itself_that_it_is_hopeless(lab: Lab) -> None:
    """Then there is no grace."""
    condition = Condition("it works", lambda _view: Observation(met=False, seen="a wreck", hopeless="beyond repair"))

    with pytest.raises(LabFailure, match="a wreck · beyond repair"):
        until(lab, condition)
    assert lab.elapsed == 0


def test_what_no_watch_tells_is_asked_for_again(lab: Lab) -> None:
    """A condition can ask to be checked again at an interval in seconds."""
    looks: list[float] = []

    def observe(_view: View) -> Observation:
        looks.append(lab.elapsed)
        return Observation(met=len(looks) == 4, seen="")

    assert until(lab, Condition("it answers", observe, every=0.3)).met
    assert looks == [0, 0.3, 0.6, 0.9]


def test_time_out_of_sight_does_not_count(lab: Lab) -> None:
    """An API server that restarts does not use up the sentence's time, and its timeline says so."""
    lab.put(pod())
    lab.store.at(10, lab.store.interrupted, "Pod", "connection lost")
    lab.store.at(35, lab.store.resumed, "Pod", lost=True)

    with pytest.raises(LabFailure, match="watch of Pod resumed, states in between are not known"):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 55


def test_out_of_sight_for_too_long_is_trouble(lab: Lab) -> None:
    """It is not the lab's fault."""
    lab.store.at(10, lab.store.interrupted, "Pod", "connection lost")

    with pytest.raises(SetupTrouble, match=r"could not be watched for 60 s \(connection lost\)"):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 70


def test_the_last_read_can_still_meet_it(lab: Lab) -> None:
    """A deaf watch does not fail the lab: the cluster is read once more before the verdict."""

    class Fresh:
        def watches(self, _kind: str, _namespace: str) -> bool:
            return True

        def read_again(self) -> None:
            lab.put(pod(ready=True), missed=True)

        def catch_up(self, timeout: float) -> None:
            del timeout

    lab.store.add_reader(Fresh())

    assert until(lab, pods.ready("web")).met
    assert lab.elapsed == 30


def test_what_ends_the_watches_ends_the_wait(lab: Lab) -> None:
    """With its own error."""
    lab.store.at(3, lab.store.fail, SetupTrouble("forbidden"))

    with pytest.raises(SetupTrouble, match="forbidden"):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 3


def test_every_wait_is_noted_with_what_was_seen_last(lab: Lab) -> None:
    """A met one, and one that failed; neither makes further requests."""
    lab.at(5, pod(ready=True))

    until(lab, pods.ready("web"))
    with pytest.raises(LabFailure):
        until(lab, pods.ready("other"), 10)

    met, failed = (noted.wait for noted in lab.waits)
    assert (met.began, met.waited, met.limit, met.met) == (0, 5, 30, True)
    assert (met.expected, met.seen) == ('Pod "web" is ready', "web, Running, Ready")
    assert (failed.began, failed.waited, failed.limit, failed.met) == (5, 10, 10, False)
    assert failed.seen == 'no Pod "other" (there is: web)'
    assert lab.store.refreshed == 1


def test_time_that_no_limit_counts_is_not_in_what_was_waited(lab: Lab) -> None:
    """The watches were interrupted for four of six seconds."""
    lab.store.at(1, lab.store.interrupted, "Pod", "the server is away")
    lab.store.at(5, lab.store.resumed, "Pod", lost=False)
    lab.at(6, pod(ready=True))

    until(lab, pods.ready("web"))

    assert lab.waits[0].wait.waited == pytest.approx(2)


def test_a_wait_that_trouble_ends_is_noted(lab: Lab) -> None:
    """With what had been seen until then, and the hopeless cause if there is one."""
    lab.hopeless = [STUCK]
    lab.put(pod(waiting="Stuck"))

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"))
    lab.store.fail(SetupTrouble("the watches ended"))
    with pytest.raises(SetupTrouble):
        until(lab, pods.ready("web"))

    hopeless, ended = (noted.wait for noted in lab.waits)
    assert hopeless.seen.endswith("web is stuck")
    assert not hopeless.met
    assert (ended.seen, ended.waited, ended.met) == ("nothing yet", 0, False)


def test_a_wait_under_way_is_noted_already(lab: Lab) -> None:
    """With what was last seen, before it is met: the live lines read it there."""
    noted = list[Noted]()
    lab.at(1, pod())
    lab.store.at(3, lambda: noted.extend(lab.waits))
    lab.at(4, pod(ready=True))

    until(lab, pods.ready("web"))

    [under_way] = noted
    assert ("web" in under_way.wait.seen, under_way.wait.waited, under_way.wait.met) == (True, 1, False)
    assert [over.wait.met for over in lab.waits] == [True]
