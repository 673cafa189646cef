"""`until`: met, limits, hopelessness, and what a failure tells; on a clock of the test's own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from kubelab.client.objects import Object
from kubelab.conditions import pods
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.observation import View
from kubelab.waiting import Condition, Hopeless, Observation, Sighting, until
from tests.unit.objects import ending, pod
from tests.unit.scripted import Lab


def stuck(view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """A row of a hopeless table: pods that wait because they are Stuck."""
    for one in about:
        if pods.is_held_by(one, "Stuck"):
            yield Sighting(view.since.time, "web is stuck", "Unstick it.")


STUCK = Hopeless("stuck", 2.0, stuck)


def test_met_at_once_asks_nothing(lab: Lab) -> None:
    """What holds already needs no wait."""
    lab.put(pod(ready=True))

    assert until(lab, pods.ready("web")).met
    assert lab.store.waits == []


def test_met_by_a_change(lab: Lab) -> None:
    """The look that met it is returned, with the object it was about."""
    lab.at(3, pod())
    lab.at(5, pod(ready=True))
    lab.at(9, ending(pod()))

    look = until(lab, pods.ready("web"))

    assert (look.met, lab.elapsed) == (True, 5)
    assert look.about[0]["metadata"]["name"] == "web"


@pytest.mark.parametrize(("within", "patience", "limit", "words"), [(None, 1, 30, "30 s"), (2.5, 1, 2.5, "2.5 s"), (60, 2, 120, "2 min")])
def test_the_limit_is_kept_exactly(lab: Lab, within: float | None, patience: float, limit: float, words: str) -> None:
    """30 s by default, else the sentence's own, times the patience; the last wait is clipped to the time left."""
    lab.patience = patience
    lab.at(1, pod())

    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"), within)

    assert lab.elapsed == limit
    assert caught.value.expected == f'Pod "web" is ready within {words}'
    assert lab.store.refreshed == 1


@pytest.mark.parametrize(("ago", "within", "limit"), [(0, None, 5), (2, 60, 3), (9, None, 0), (0, 2, 2)])
def test_sentences_after_one_that_failed_share_a_few_seconds(lab: Lab, ago: float, within: float | None, limit: float) -> None:
    """Each is looked at at least once, and says that it had not all of its time."""
    lab.failed_at = lab.clock() - ago

    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"), within)

    assert lab.elapsed == limit
    assert ("an earlier sentence has failed" in caught.value.expected) is (within != 2)


def test_an_object_that_is_missing_is_told_to_the_table(lab: Lab) -> None:
    """A row may know that nothing makes it; what it is excused by gets a stub of it."""
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
    """A misspelt name shows the right one."""
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
    """What comes right in time is not failed."""
    lab.hopeless = [STUCK]
    lab.at(0.5, pod(waiting="Stuck"))
    lab.at(1.9, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_patience_stretches_the_grace(lab: Lab) -> None:
    """A slow machine gets more of it."""
    lab.hopeless, lab.patience = [STUCK], 3.0
    lab.at(0.5, pod(waiting="Stuck"))

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 6


def test_what_is_waited_for_ends_no_wait(lab: Lab) -> None:
    """A sentence that waits for just that state is not failed by it."""
    lab.hopeless = [STUCK]
    lab.at(0.5, pod(waiting="Stuck"))
    lab.at(9, pod(ready=True))

    assert until(lab, replace(pods.ready("web"), expects=frozenset({"stuck"}))).met


def test_an_excuse_is_asked_for_seldom(lab: Lab) -> None:
    """Every ten seconds, not at every look; once it is gone, the wait fails."""
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
    """A condition that says so is looked at every so many seconds."""
    looks: list[float] = []

    def observe(_view: View) -> Observation:
        looks.append(lab.elapsed)
        return Observation(met=len(looks) == 4, seen="")

    assert until(lab, Condition("it answers", observe, every=0.3)).met
    assert looks == [0, 0.3, 0.6, 0.9]


def test_time_out_of_sight_does_not_count(lab: Lab) -> None:
    """An API server that restarts costs the sentence nothing, and its timeline says so."""
    lab.put(pod())
    lab.store.at(10, lab.store.interrupted, "Pod", "connection lost")
    lab.store.at(35, lab.store.resumed, "Pod", lost=True)

    with pytest.raises(LabFailure, match="watch of Pod resumed, states in between are not known"):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 55


def test_out_of_sight_for_too_long_is_trouble(lab: Lab) -> None:
    """It is no fault of the lab's."""
    lab.store.at(10, lab.store.interrupted, "Pod", "connection lost")

    with pytest.raises(SetupTrouble, match=r"could not be watched for 60 s \(connection lost\)"):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 70


def test_the_last_read_can_still_meet_it(lab: Lab) -> None:
    """A watch that has gone deaf does not fail the lab: one more read of the cluster precedes the verdict."""

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
