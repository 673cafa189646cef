"""A StatefulSet's pods: their numbers, their order, and which pods come back."""

import pytest

from kubelab.conditions.controllers import stateful_sets
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.waiting import throughout, until
from tests.unit.conftest import Look
from tests.unit.objects import ending, pod, thing
from tests.unit.scripted import Lab

STATEFUL = thing("StatefulSet", "db")


def db(number: int, *, ready: bool = False) -> dict[str, object]:
    """One of its pods."""
    return pod(f"db-{number}", owner=STATEFUL, ready=ready)  # type: ignore[no-any-return]


def test_the_numbers_are_those_of_ready_pods_that_stay(lab: Lab, look: Look) -> None:
    """All of them, and no other."""
    assert look(stateful_sets.ordinals("db", [])).seen == 'no StatefulSet "db"'
    lab.put(STATEFUL)
    for number in (10, 9):
        lab.put(db(number, ready=True))
    lab.put(db(0))

    assert look(stateful_sets.ordinals("db", [9, 10])).met
    assert not look(stateful_sets.ordinals("db", [9])).met
    assert not look(stateful_sets.ordinals("db", [0, 9, 10])).met
    lab.put(ending(db(10, ready=True)))
    assert look(stateful_sets.ordinals("db", [9])).met


def test_numbers_that_are_not_all_are_not_enough(lab: Lab, look: Look) -> None:
    """If more are wanted, the wait ends; if one just does not exist yet, it goes on."""
    lab.put({**STATEFUL, "spec": {"replicas": 2}})
    lab.put(db(0, ready=True))

    assert (look(stateful_sets.ordinals("db", [0])).met, look(stateful_sets.ordinals("db", [0])).hopeless) == (False, "db: 2 wanted")
    assert (look(stateful_sets.ordinals("db", [0, 1])).met, look(stateful_sets.ordinals("db", [0, 1])).hopeless) == (False, "")
    lab.put(db(1, ready=True))
    assert look(stateful_sets.ordinals("db", [0, 1])).met


def test_one_after_another(lab: Lab) -> None:
    """Each was created once the one before it was ready; only since the last When, and only its own."""
    lab.put(db(0, ready=True))
    lab.since = lab.store.mark()
    lab.at(0.5, pod("other-7", owner=thing("StatefulSet", "other")))
    for begin, number in enumerate((2, 1)):
        lab.at(begin + 1.0, db(number))
        lab.at(begin + 1.5, db(number, ready=True))

    until(lab, stateful_sets.created_in_order("db", [2, 1]))

    assert lab.elapsed == 2.0


@pytest.mark.parametrize(
    ("numbers", "says"),
    [((0, 1), "created: 0, 1; db-1 before db-0 was ready"), ((1,), "created: 1"), ((0, 2), "created: 0, 2; db-2 before db-0 was ready")],
    ids=["too early", "the wrong first", "the wrong second"],
)
def test_out_of_turn_is_told_at_once(lab: Lab, numbers: tuple[int, ...], says: str) -> None:
    """The past does not change with time."""
    for number in numbers:
        lab.at(1.0, db(number))

    with pytest.raises(LabFailure, match=says):
        until(lab, stateful_sets.created_in_order("db", [0, 1, 2]))
    assert lab.elapsed == 1.0


def test_what_was_not_seen_is_not_held_against_it(lab: Lab) -> None:
    """After a gap the states in between are unknown."""
    lab.put(db(0))
    lab.put(db(1), missed=True)

    until(lab, stateful_sets.created_in_order("db", [0, 1]))


def test_at_once(lab: Lab) -> None:
    """None was ready before the last one was created."""
    for begin, number in enumerate((0, 1, 2)):
        lab.at(begin + 1.0, db(number))
    until(lab, stateful_sets.created_at_once("db", [0, 1, 2]))
    assert lab.elapsed == 3.0

    lab.at(4.0, db(2, ready=True))
    lab.at(5.0, db(3))
    with pytest.raises(LabFailure, match="created: 0, 1, 2, 3; db-2 was ready before db-3 was created"):
        until(lab, stateful_sets.created_at_once("db", [0, 1, 2, 3, 4]))
    assert lab.elapsed == 5.0


def test_deleted_one_after_another(lab: Lab) -> None:
    """In this order, and not before the last one is gone; only since the last When, and only its own."""
    lab.put(STATEFUL)
    pods = {number: db(number, ready=True) for number in (5, 3, 2)}
    for item in pods.values():
        lab.put(item)
    lab.put(ending(pods[5]), "DELETED")
    lab.since = lab.store.mark()
    lab.put(pod("other-9", owner=thing("StatefulSet", "other")))
    lab.at(0.5, pod("other-9", owner=thing("StatefulSet", "other")), "DELETED")
    for begin, number in enumerate((3, 2)):
        lab.at(begin + 1.0, ending(pods[number]))
        lab.at(begin + 1.5, ending(pods[number]), "DELETED")

    until(lab, stateful_sets.deleted_in_order("db", [3, 2]))

    assert lab.elapsed == 2.5
    throughout(lab, stateful_sets.one_ending("db"))


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ((2,), "deletions requested: 2; db-2 is still there"),
        ((3, 1), "deletions requested: 3, 1; db-3 is still there; db-1 is still there"),
    ],
    ids=["the wrong first", "the wrong second"],
)
def test_a_deletion_out_of_turn_is_told_at_once(lab: Lab, numbers: tuple[int, ...], says: str) -> None:
    """The past does not change with time."""
    lab.put(STATEFUL)
    for number in numbers:
        lab.put(item := db(number, ready=True))
        lab.at(1.0, ending(item))

    with pytest.raises(LabFailure, match=says):
        until(lab, stateful_sets.deleted_in_order("db", [3, 2]))
    assert lab.elapsed == 1.0


def test_two_that_end_at_once_are_not_one_after_another(lab: Lab) -> None:
    """The order alone does not show that one waited for the other."""
    lab.put(STATEFUL)
    pods = [db(number, ready=True) for number in (3, 2)]
    for item in pods:
        lab.put(item)
    lab.since = lab.store.mark()
    for item in pods:
        lab.put(ending(item))
    for item in pods:
        lab.put(ending(item), "DELETED")

    until(lab, stateful_sets.deleted_in_order("db", [3, 2]))
    with pytest.raises(LabFailure, match="Terminating: 3, 2"):
        throughout(lab, stateful_sets.one_ending("db"))


def test_an_order_that_was_not_seen_is_trouble(lab: Lab) -> None:
    """A gap hides which was deleted first: trouble of the run."""
    lab.put(STATEFUL)
    pods = [db(number, ready=True) for number in (3, 2)]
    for item in pods:
        lab.put(item)
    lab.since = lab.store.mark()
    lab.store.interrupted("Pod", "the watch ended")
    for item in reversed(pods):
        lab.put(item, "DELETED", missed=True)
    lab.store.resumed("Pod", lost=True)

    with pytest.raises(SetupTrouble, match="Pod was not watched"):
        until(lab, stateful_sets.deleted_in_order("db", [3, 2]))


def test_nothing_seen_is_nothing_deleted(lab: Lab, look: Look) -> None:
    """Neither without the StatefulSet, nor without a deletion."""
    assert look(stateful_sets.one_ending("db")).seen == 'no StatefulSet "db"'
    lab.put(STATEFUL)

    found = look(stateful_sets.deleted_in_order("db", [3]))
    assert (found.met, found.seen) == (False, "deletions requested: none")
    assert not look(stateful_sets.one_ending("other")).met


def test_comes_back_under_its_name(lab: Lab, look: Look) -> None:
    """Another UID, the same volume claims."""
    volumes = {"volumes": [{"persistentVolumeClaim": {"claimName": "data-db-1"}}, {"emptyDir": {}}]}
    old = pod("db-1", owner=STATEFUL, spec=volumes)
    back = stateful_sets.comes_back(old)
    assert look(back).seen == 'no Pod "db-1"'

    lab.put(old)
    assert look(back).seen.endswith("the same UID")
    lab.put(old, "DELETED")
    lab.put(pod("db-1", owner=STATEFUL, uid="another", ready=True))
    assert not look(back).met
    assert look(back).seen.endswith("another UID, with the claims none")
    lab.put(pod("db-1", owner=STATEFUL, uid="another", ready=True, spec=volumes))
    assert look(back).met
