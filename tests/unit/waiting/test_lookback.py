"""`throughout` and `stays`: over every state seen, not only those somebody looked at."""

from collections.abc import Callable

import pytest

from kubelab.conditions import pods
from kubelab.conditions.build import of_namespace
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.waiting import Condition, Observation, stays, throughout
from tests.unit.objects import pod
from tests.unit.scripted import Lab


def lacks(name: str) -> Condition:
    """No such Pod, which can be seen of an empty namespace too."""
    return of_namespace(f'there is no Pod "{name}"', lambda view: (view.find("Pod", name) is None, name, ()))


def test_a_dip_between_two_looks_is_caught(lab: Lab) -> None:
    """100 ms of not being ready, over before anybody asks."""
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
    """What was before it does not count; the state that it found does."""
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
    """A change that arrives a moment after the question is still seen."""
    lab.put(pod(ready=True))
    lab.since = lab.store.mark()
    lab.at(0.03, pod(ready=False))

    with pytest.raises(LabFailure):
        throughout(lab, pods.ready("web"))


def test_throughout_catches_what_lived_for_50_ms(lab: Lab) -> None:
    """Created and deleted again before anybody asks."""
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
    """What was not seen is neither right nor wrong: trouble of the run, with the times."""
    lab.put(pod(ready=True))
    lab.clock.now += 2
    lab.store.interrupted("Pod", "connection lost")
    lab.clock.now += 3
    lab.store.resumed("Pod", lost=True)

    with pytest.raises(SetupTrouble, match=r"Could not see whether .*Pod was not watched from \+2\.0 s to \+5\.0 s \(connection lost\)"):
        throughout(lab, of_namespace("anything goes", lambda _view: (True, "", ())))


def test_a_gap_that_lasts_cannot_be_judged_either(lab: Lab) -> None:
    """It is open to this moment."""
    lab.store.interrupted("Pod", "connection lost")

    with pytest.raises(SetupTrouble, match="was not watched from"):
        throughout(lab, lacks("web"))


def test_a_gap_without_loss_is_no_matter(lab: Lab) -> None:
    """The watch went on where it had stopped."""
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
    """Changes that never cease do not keep a look back from ending."""
    for step in range(100):
        lab.at(step * 0.04, pod(ready=True, restarts=step))

    assert throughout(lab, lacks("other")).met
    assert lab.elapsed == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("look", [throughout, lambda lab, condition: stays(lab, condition, 5)])
def test_nothing_is_proved_while_nobody_acts(lab: Lab, look: Callable[[Lab, Condition], Observation]) -> None:
    """That something did not happen says nothing where the controllers are away."""
    lab.put(pod("web"))
    lab.away = "the controllers did not look"

    with pytest.raises(SetupTrouble, match=r"Could not see whether .*: the controllers did not look"):
        look(lab, Condition("there is a Pod", lambda view: Observation(met=bool(view.objects("Pod")), seen="a Pod")))
