"""How a wait counts the time while a kubelet pulls an image, and how it ends if the image does not come."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from kubelab.client.objects import Object
from kubelab.conditions import pods, presence
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.observation import View
from kubelab.waiting import Condition, Hopeless, Observation, Sighting, stays, until
from tests.unit.objects import pod, thing
from tests.unit.scripted import Lab


def event(reason: str) -> dict[str, Any]:
    """A kubelet's event about the Pod "web"."""
    about = {"kind": "Pod", "name": "web", "uid": "uid-web", "fieldPath": "spec.containers{main}"}
    return thing("Event", f"web.{reason}", reason=reason, message='image "nginx:1.14"', involvedObject=about)


def pulls(lab: Lab, begin: float, end: float) -> None:
    """The Pod's image is pulled from one second to another."""
    lab.put(pod())
    lab.at(begin, event("Pulling"))
    lab.at(end, event("Pulled"))


def test_pulling_does_not_count(lab: Lab) -> None:
    """Thirty seconds without the pull; the timeline says so."""
    pulls(lab, 2, 33)
    lab.at(60, pod(ready=True))

    assert until(lab, pods.ready("web")).met
    assert lab.elapsed == 60


def test_the_limit_comes_later_by_it(lab: Lab) -> None:
    """By no more than the pull: a later change fails."""
    pulls(lab, 2, 33)
    lab.at(61.1, pod(ready=True))

    with pytest.raises(LabFailure, match=r"\+2\.0 s pulls nginx:1\.14 · \+33\.0 s pulled, 31 s that no limit counts") as caught:
        until(lab, pods.ready("web"))

    assert lab.elapsed == 61
    assert caught.value.expected == 'Pod "web" is ready within 30 s'


def test_only_what_falls_into_the_wait_is_left_out(lab: Lab) -> None:
    """Of a pull that began before, only the rest counts."""
    pulls(lab, 2, 33)
    lab.store.wait(lab.store.version, 5)
    lab.clock.now = lab.store.began + 30

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"), within=3)
    assert lab.elapsed == 36


@pytest.mark.parametrize(("patience", "elapsed"), [(1, 330), (2, 660)])
def test_five_minutes_at_most(lab: Lab, patience: float, elapsed: float) -> None:
    """Times the patience."""
    lab.patience = patience
    pulls(lab, 0, 2000)

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"))
    assert lab.elapsed == elapsed


def test_out_of_sight_and_pulling_is_left_out_once(lab: Lab) -> None:
    """If both happen at the same time."""
    pulls(lab, 5, 20)
    lab.store.at(10, lab.store.interrupted, "Pod", "connection lost")
    lab.store.at(25, lab.store.resumed, "Pod", lost=False)

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 50


def test_what_was_declared_is_judged_at_once_all_the_same(lab: Lab) -> None:
    """It does not depend on an image."""
    pulls(lab, 0, 20)

    with pytest.raises(LabFailure, match="within 1 s"):
        until(lab, pods.has_image("web", "main", "nginx:1.15"))
    assert lab.elapsed == 1


def test_sentences_after_one_that_failed_do_not_wait_for_it(lab: Lab) -> None:
    """They have only their few seconds."""
    lab.failed_at = lab.clock()
    pulls(lab, 0, 20)

    with pytest.raises(LabFailure):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 5


def test_what_stays_must_stay_without_a_pull(lab: Lab) -> None:
    """During a pull nothing much can change: the look is extended by its time."""
    pulls(lab, 1, 11)
    lab.store.listed("Pod")
    lab.since = lab.store.mark()
    lab.at(14, pod("late"))

    with pytest.raises(LabFailure, match="no Pod was created"):
        stays(lab, presence.none_created("Pod"), 5)
    assert lab.elapsed == pytest.approx(14.05)


def test_what_stays_is_looked_at_no_longer_than_needed(lab: Lab) -> None:
    """Five seconds, and the pull."""
    pulls(lab, 1, 11)
    lab.store.listed("Pod")
    lab.since = lab.store.mark()

    assert stays(lab, presence.none_created("Pod"), 5).met
    assert lab.elapsed == pytest.approx(15.05)


def stuck(view: View, about: Sequence[Object]) -> Iterator[Sighting]:
    """A row of the hopeless table: the trouble of an image, for all pods."""
    yield from (Sighting(view.since.time, "stuck", trouble=SetupTrouble("the registry is gone")) for one in about if one["kind"] == "Pod")


def test_trouble_after_its_grace(lab: Lab) -> None:
    """It is raised instead of a failure."""
    lab.hopeless = [Hopeless("image", 4.0, stuck)]
    lab.put(pod())

    with pytest.raises(SetupTrouble, match="the registry is gone"):
        until(lab, pods.ready("web"))
    assert lab.elapsed == 4


def test_trouble_in_its_grace_when_the_limit_is_over(lab: Lab) -> None:
    """It is unknown what would have come, whichever pod the sentence is about."""
    lab.hopeless = [Hopeless("image", 40.0, stuck)]
    lab.put(pod("other"))

    with pytest.raises(SetupTrouble, match="the registry is gone"):
        until(lab, presence.exists("Service", "web"), within=3)
    assert lab.elapsed == 3


@pytest.mark.parametrize("why", ["failed before", "awaited", "declared", "hopeless"])
def test_what_is_known_to_have_failed_stays_so(lab: Lab, why: str) -> None:
    """An earlier sentence, a wrong declaration, another cause; and a sentence about that very state is told what was seen."""
    lab.hopeless = [Hopeless("image", 2.0, stuck)]
    lab.put(pod())
    lab.failed_at = lab.clock() if why == "failed before" else lab.failed_at
    hopeless = "never" if why == "hopeless" else ""
    expects = frozenset({"image"}) if why == "awaited" else frozenset[str]()
    condition = Condition("x", lambda _view: Observation(met=False, seen="y", hopeless=hopeless), why == "declared", expects)

    with pytest.raises(LabFailure):
        until(lab, condition, within=1)
