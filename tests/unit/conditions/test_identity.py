"""Who is the same, and who is another."""

import pytest

from kubelab.client.objects import name
from kubelab.conditions import identity
from kubelab.waiting import until
from tests.unit.objects import ending, pod, thing
from tests.unit.scripted import Lab

from .conftest import Look

SET = thing("DaemonSet", "fluentd")
OLD = pod("fluentd-a", owner=SET, ready=True, node="worker2")
STATEFUL = thing("StatefulSet", "db")


@pytest.fixture
def daemons(lab: Lab) -> Lab:
    """A DaemonSet with two pods, one of which is about to be deleted."""
    for item in (SET, OLD, pod("fluentd-b", owner=SET, ready=True, node="worker")):
        lab.put(item)
    lab.since = lab.store.mark()
    return lab


def test_a_replacement_on_the_same_node(daemons: Lab) -> None:
    """Another UID, made since the last When, ready, same owner, same node; and it is what the look is about."""
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
def test_what_is_no_replacement(daemons: Lab, look: Look, new: dict[str, object], seen: str) -> None:
    """On another node, not ready, of another owner."""
    daemons.put(OLD, "DELETED")
    daemons.put(new)

    found = look(identity.replaced(OLD, same_node=True))

    assert (found.met, found.seen) == (False, seen)


def test_no_replacement_while_the_old_one_stays(daemons: Lab, look: Look) -> None:
    """A second pod beside it replaces nothing."""
    assert look(identity.replaced(OLD)).seen == "no new pod; the old one: fluentd-a on worker2, Running, Ready"

    daemons.put(pod("fluentd-c", owner=SET, node="worker2", ready=True))
    assert not look(identity.replaced(OLD)).met


def test_a_pod_without_an_owner_can_be_named() -> None:
    """Its own name stands for the owner's."""
    assert identity.replaced(pod("solo")).wording == 'a new ready pod of Pod "solo"'


def test_comes_back_under_its_name(lab: Lab, look: Look) -> None:
    """Another UID, the same volume claims."""
    volumes = {"volumes": [{"persistentVolumeClaim": {"claimName": "data-db-1"}}, {"emptyDir": {}}]}
    old = pod("db-1", owner=STATEFUL, spec=volumes)
    back = identity.comes_back(old)
    assert look(back).seen == 'no Pod "db-1"'

    lab.put(old)
    assert look(back).seen.endswith("the same UID")
    lab.put(old, "DELETED")
    lab.put(pod("db-1", owner=STATEFUL, uid="another", ready=True))
    assert not look(back).met
    lab.put(pod("db-1", owner=STATEFUL, uid="another", ready=True, spec=volumes))
    assert look(back).met


def test_unchanged(lab: Lab, look: Look) -> None:
    """The same UID, and not on its way out."""
    mine = pod("web")
    same = identity.unchanged("Pod", mine)
    assert look(same).seen == 'no Pod "web"'

    lab.put(mine)
    assert look(same).met
    lab.put(ending(mine))
    assert not look(same).met
    lab.put(mine, "DELETED")
    lab.put(pod("web", uid="another"))
    assert look(same).seen.endswith("another UID")


def test_adopted_and_orphaned(lab: Lab, look: Look) -> None:
    """The same pod, with and without an owner."""
    mine, owner = pod("mine", uid="u"), thing("ReplicaSet", "rs")
    lab.put(mine)
    assert look(identity.orphaned(mine)).met
    assert look(identity.adopted(mine, "ReplicaSet", "rs")).seen == "mine, Pending, without an owner"

    lab.put(pod("mine", uid="u", owner=owner))
    assert look(identity.adopted(mine, "ReplicaSet", "rs")).met
    assert not look(identity.orphaned(mine)).met


def test_ordinals_and_their_order(lab: Lab, look: Look) -> None:
    """The pods of a StatefulSet, by their numbers, and as they came."""
    assert look(identity.ordinals("db", [])).met
    lab.put(STATEFUL)
    for number in (0, 1):
        lab.put(pod(f"db-{number}", owner=STATEFUL, ready=True))

    assert look(identity.ordinals("db", [0, 1])).met
    assert not look(identity.ordinals("db", [0, 2])).met
    assert look(identity.created_in_order("db", [0, 1])).met
    assert not look(identity.created_in_order("db", [1, 0])).met
