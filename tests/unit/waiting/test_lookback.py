"""`throughout` and `stays`: they judge every state, not only those at the moment of a look."""

from collections.abc import Callable

import pytest

from kubelab.conditions import pods
from kubelab.conditions.build import of_namespace
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.waiting import Condition, Noted, Observation, stays, throughout
from tests.unit.objects import pod
from tests.unit.scripted import Lab


def lacks(name: str) -> Condition:
    """No such Pod, which is true of an empty namespace, too."""
    return of_namespace(f'there is no Pod "{name}"', lambda view: (view.find("Pod", name) is None, name, ()))


def test_a_dip_between_two_looks_is_caught(lab: Lab) -> None:
    """100 ms of not being ready, over before the next look."""
    lab.put(pod(ready=True))
    lab.since = lab.store.mark()
    lab.clock.now += 1
    lab.put(pod(ready=False))
    lab.clock.now += 0.1
    lab.put(pod(ready=True))

    with pytest.raises(LabFailure) as caught:
        throughout(lab, pods.ready("web"))

    assert caught.value.expected == 'Pod "web" is ready, throughout'
    assert caught.value.last_saw == "+1.0 s web, Pending"
    assert "+1.0 s web not ready · +1.1 s Running · +1.1 s ready" in caught.value.timeline


def test_throughout_begins_with_the_last_when(lab: Lab) -> None:
    """Earlier states do not count; the state at that moment does."""
    lab.put(pod(ready=False))
    lab.put(pod(ready=True))
    lab.since = lab.store.mark()

    assert throughout(lab, pods.ready("web")).met

    lab.put(pod(ready=False))
    lab.since = lab.store.mark()
    lab.put(pod(ready=True))
    with pytest.raises(LabFailure, match=r"\+0\.0 s web"):
        throughout(lab, pods.ready("web"))


def test_what_is_on_its_way_is_awaited(lab: Lab) -> None:
    """A change that arrives a moment after the sentence is still seen."""
    lab.put(pod(ready=True))
    lab.since = lab.store.mark()
    lab.at(0.03, pod(ready=False))

    with pytest.raises(LabFailure):
        throughout(lab, pods.ready("web"))


def test_throughout_catches_what_lived_for_50_ms(lab: Lab) -> None:
    """Created and deleted again before the next look."""
    lab.clock.now += 1
    short = pod("short")
    lab.put(short)
    lab.clock.now += 0.05
    lab.put(short, "DELETED")

    with pytest.raises(LabFailure) as caught:
        throughout(lab, lacks("short"))

    assert caught.value.expected == 'there is no Pod "short", throughout'
    assert caught.value.timeline == "+1.0 s short created · +1.0 s deleted"


def test_a_gap_that_lost_states_cannot_be_judged(lab: Lab) -> None:
    """The missing states may be right or wrong: trouble of the run, with the times."""
    lab.put(pod(ready=True))
    lab.clock.now += 2
    lab.store.interrupted("Pod", "connection lost")
    lab.clock.now += 3
    lab.store.resumed("Pod", lost=True)

    with pytest.raises(SetupTrouble, match=r"Could not see whether .*Pod was not watched from \+2\.0 s to \+5\.0 s \(connection lost\)"):
        throughout(lab, of_namespace("anything goes", lambda _view: (True, "", ())))


def test_a_gap_that_lasts_cannot_be_judged_either(lab: Lab) -> None:
    """It lasts until now."""
    lab.store.interrupted("Pod", "connection lost")

    with pytest.raises(SetupTrouble, match="was not watched from"):
        throughout(lab, lacks("web"))


def test_a_gap_without_loss_is_harmless(lab: Lab) -> None:
    """The watch resumed where it had stopped."""
    lab.store.interrupted("Pod", "connection lost")
    lab.store.resumed("Pod", lost=False)

    assert throughout(lab, lacks("web")).met


def test_stays_waits_and_then_stays(lab: Lab) -> None:
    """Met within the limit, then for as long as the sentence says."""
    lab.at(4, pod(ready=True))

    assert stays(lab, pods.ready("web"), 5).met
    assert lab.elapsed == pytest.approx(9.05)


def test_stays_fails_when_it_breaks(lab: Lab) -> None:
    """At once, not at the end of the time."""
    lab.at(4, pod(ready=True))
    lab.at(6, pod(ready=False))

    with pytest.raises(LabFailure, match='Pod "web" is ready, for 5 s'):
        stays(lab, pods.ready("web"), 5)
    assert lab.elapsed == pytest.approx(6.05)


def test_stays_is_not_reached(lab: Lab) -> None:
    """Never met: the failure is that of the wait."""
    with pytest.raises(LabFailure, match="within 30 s"):
        stays(lab, pods.ready("web"), 5)


def test_a_busy_namespace_settles_in_bounded_time(lab: Lab) -> None:
    """Endless changes do not keep a lookback from ending."""
    for step in range(100):
        lab.at(step * 0.04, pod(ready=True, restarts=step))

    assert throughout(lab, lacks("other")).met
    assert lab.elapsed == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("look", [throughout, lambda lab, condition: stays(lab, condition, 5)])
def test_nothing_is_proved_while_nobody_acts(lab: Lab, look: Callable[[Lab, Condition], Observation]) -> None:
    """That something did not happen proves nothing if the controllers are absent."""
    lab.put(pod("web"))
    lab.away = "the controllers did not look"

    with pytest.raises(SetupTrouble, match=r"Could not see whether .*: the controllers did not look"):
        look(lab, Condition("there is a Pod", lambda view: Observation(met=bool(view.objects("Pod")), seen="a Pod")))


def test_what_lasts_is_noted_as_a_stretch_that_uses_no_limit(lab: Lab) -> None:
    """First the wait for the state, then the stretch."""
    lab.at(3, pod(ready=True))

    stays(lab, pods.ready("web"), 10)

    wait, stretch = (noted.wait for noted in lab.waits)
    assert (wait.waited, wait.limit, wait.used) == (3, 30, 0.1)
    assert (stretch.began, stretch.limit, stretch.met) == (3, 10, True)
    assert stretch.waited >= 10
    assert stretch.used == 0
    assert stretch.expected == 'Pod "web" is ready, for 10 s'


def test_a_stretch_that_does_not_hold_is_noted_too(lab: Lab) -> None:
    """With the state that did not fit."""
    lab.put(pod(ready=False))
    lab.since = lab.store.mark()

    with pytest.raises(LabFailure):
        throughout(lab, pods.ready("web"))

    [noted] = lab.waits
    assert (noted.wait.seen, noted.wait.met, noted.wait.limit, noted.wait.used) == ("+0.0 s web, Pending", False, 0, 0)


def test_a_stretch_under_way_is_noted_already(lab: Lab) -> None:
    """With its length as the limit."""
    noted = list[Noted]()
    lab.put(pod(ready=True))
    lab.store.at(2, lambda: noted.extend(lab.waits))

    stays(lab, pods.ready("web"), 5)

    before, under_way = (one.wait for one in noted)
    assert (before.met, before.stretch) == (True, False)
    assert (under_way.limit, under_way.met, under_way.stretch) == (5, False, True)
    assert [one.wait.met for one in lab.waits] == [True, True]
