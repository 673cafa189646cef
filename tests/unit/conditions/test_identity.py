"""Which object is the same, and which is another one."""

import pytest

from kubelab.client.objects import name
from kubelab.conditions import identity
from kubelab.errors import LabFailure
from kubelab.waiting import Observation, until
from tests.unit.conftest import Look
from tests.unit.objects import changed, ending, pod, thing
from tests.unit.scripted import Lab

SET = thing("DaemonSet", "fluentd")
OLD = pod("fluentd-a", owner=SET, ready=True, node="worker2")
STATEFUL = thing("StatefulSet", "db")


@pytest.fixture
def daemons(lab: Lab) -> Lab:
    """A DaemonSet with two pods, one of which will be deleted."""
    for item in (SET, OLD, pod("fluentd-b", owner=SET, ready=True, node="worker")):
        lab.put(item)
    lab.since = lab.store.mark()
    return lab


def test_a_replacement_on_the_same_node(daemons: Lab) -> None:
    """Another UID, created since the last When, ready, same owner, same node; it is also the object of the look."""
    daemons.at(0.1, ending(OLD))
    daemons.at(1.0, OLD, "DELETED")
    daemons.at(1.1, pod("fluentd-c", owner=SET, node="worker2"))
    daemons.at(2.0, pod("fluentd-c", owner=SET, node="worker2", ready=True))

    look = until(daemons, identity.replaced(OLD, same_node=True))

    assert (daemons.elapsed, name(look.about[0])) == (2, "fluentd-c")
    assert identity.replaced(OLD, same_node=True).wording == 'a new ready pod of DaemonSet "fluentd" on node worker2'


@pytest.mark.parametrize(
    ("new", "seen"),
    [
        (pod("fluentd-c", owner=SET, node="worker", ready=True), "fluentd-c on worker, Running, Ready"),
        (pod("fluentd-c", owner=SET, node="worker2", waiting="ErrImagePull"), "fluentd-c on worker2, Pending, ErrImagePull"),
        (pod("other", node="worker2", ready=True), "no new pod; the old one: fluentd-a is gone"),
        (OLD, "no new pod; the old one: fluentd-a is gone"),
    ],
    ids=["elsewhere", "not ready", "of nobody", "nothing"],
)
def test_what_is_not_a_replacement(daemons: Lab, look: Look, new: dict[str, object], seen: str) -> None:
    """On another node, not ready, of another owner."""
    daemons.put(OLD, "DELETED")
    daemons.put(new)

    found = look(identity.replaced(OLD, same_node=True))

    assert (found.met, found.seen) == (False, seen)


def test_no_replacement_while_the_old_one_stays(daemons: Lab, look: Look) -> None:
    """A second pod beside it is not a replacement."""
    assert look(identity.replaced(OLD)).seen == "no new pod; the old one: fluentd-a on worker2, Running, Ready"

    daemons.put(pod("fluentd-c", owner=SET, node="worker2", ready=True))
    assert not look(identity.replaced(OLD)).met


def test_a_pod_without_an_owner_can_be_named() -> None:
    """Its own name takes the place of the owner's."""
    assert identity.replaced(pod("solo")).wording == 'a new ready pod of Pod "solo"'


def test_unchanged(lab: Lab, look: Look) -> None:
    """The same UID, and not being deleted; otherwise it never will be again."""
    mine = pod("web")
    same = identity.unchanged("Pod", mine)
    assert look(same).seen == 'no Pod "web"'
    assert look(same).hopeless == "it is gone"

    lab.put(mine)
    assert look(same).met
    lab.put(ending(mine))
    assert not look(same).met
    lab.put(mine, "DELETED")
    lab.put(pod("web", uid="another"))
    assert look(same).seen.endswith("another UID")
    assert look(same).hopeless.endswith("another UID")


def test_adopted_and_orphaned(lab: Lab, look: Look) -> None:
    """The same pod, with and without an owner."""
    mine, owner = pod("mine", uid="u"), thing("ReplicaSet", "rs")
    lab.put(mine)
    assert look(identity.orphaned(mine)).met
    assert look(identity.adopted(mine, "ReplicaSet", "rs")).seen == "mine, Pending, without an owner"

    lab.put(pod("mine", uid="u", owner=owner))
    assert look(identity.adopted(mine, "ReplicaSet", "rs")).met
    assert not look(identity.adopted(mine, "ReplicationController", "rs")).met
    assert look(identity.orphaned(mine)).hopeless == "mine, Pending, owned by ReplicaSet rs"


def test_a_pod_that_is_given_up_may_yet_be_orphaned(lab: Lab, look: Look) -> None:
    """It had an owner before, and loses it: the wait goes on. If the pod is gone, it ends."""
    mine = pod("mine", uid="u", owner=thing("ReplicaSet", "rs"))
    lab.put(mine)
    assert (look(identity.orphaned(mine)).met, look(identity.orphaned(mine)).hopeless) == (False, "")

    lab.put(mine, "DELETED")
    assert look(identity.orphaned(mine)).hopeless == "mine is gone"


def test_a_controller_that_has_not_looked_yet_may_still_take_the_pod(lab: Lab) -> None:
    """It must have observed the newest generation, and there must be time for the watch to report what it did."""
    mine, fresh = pod("mine"), thing("ReplicaSet", "rs", metadata={"generation": 2}, status={"observedGeneration": 1})
    for item in (mine, fresh):
        lab.put(item)
    lab.at(1.0, changed(fresh, status={"observedGeneration": 2}))
    assert identity.orphaned(mine).observe(lab.store.view(lab.since)).seen.endswith("ReplicaSet rs has not acted yet")

    until(lab, identity.orphaned(mine))

    assert lab.elapsed == 1.0 + identity.SETTLED


def test_a_controller_that_has_looked_without_adopting_never_will(lab: Lab) -> None:
    """The observed generation shows it for a new owner; an old owner might yet see a changed label."""
    mine, fresh = pod("mine"), thing("ReplicaSet", "rs", metadata={"generation": 1}, status={"observedGeneration": 1})
    lab.put(mine)
    lab.since = lab.store.mark()
    lab.at(1.0, fresh)

    with pytest.raises(LabFailure, match="rs does not select it"):
        until(lab, identity.adopted(mine, "ReplicaSet", "rs"))
    assert lab.elapsed == 1.0 + identity.SETTLED

    lab.since = lab.store.mark()
    assert not identity.adopted(mine, "ReplicaSet", "rs").observe(lab.store.view(lab.since)).hopeless


def test_every_pod_is_new(daemons: Lab) -> None:
    """None was there before; and it is not met without pods."""
    new = identity.renewed("DaemonSet", "fluentd")

    def seen() -> tuple[bool, str]:
        found = new.observe(daemons.store.view(daemons.since))
        return found.met, found.seen

    assert seen() == (False, "fluentd-a, fluentd-b stayed")
    daemons.put(ending(OLD))
    assert seen() == (False, "fluentd-b stayed")
    daemons.put(pod("fluentd-b"), "DELETED")
    assert not seen()[0]
    daemons.put(pod("fluentd-c", owner=SET))
    assert seen() == (True, "fluentd-c, Pending")


def test_pods_left_alone(daemons: Lab) -> None:
    """The same pods as before, ready and without an owner, though the owner is gone; if there are too few, the wait ends."""
    left = identity.left_alone("DaemonSet", "fluentd", 2)

    def look() -> Observation:
        return left.observe(daemons.store.view(daemons.since))

    daemons.put(SET, "DELETED")
    assert (look().met, look().hopeless) == (False, "")
    for name_, node in (("fluentd-a", "worker2"), ("fluentd-b", "worker")):
        daemons.put(pod(name_, ready=True, node=node))
    assert look().met

    daemons.put(ending(pod("fluentd-b", ready=True, node="worker")))
    assert (look().met, look().hopeless) == (False, "1 of them stay")
    assert identity.left_alone("DaemonSet", "other", 1).observe(daemons.store.view(daemons.since)).seen == 'DaemonSet "other" had no pods'
