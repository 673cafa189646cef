"""The timeline in words."""

import pytest

from kubelab.errors import LabFailure
from kubelab.observation import Store
from kubelab.observation.backoff import Backoff
from kubelab.observation.timeline import timeline
from kubelab.observation.transitions import progress
from tests.unit.objects import changed, ending, pod, thing
from tests.unit.scripted import Clock

UNSCHEDULABLE = {"conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}]}
INIT = {"initContainerStatuses": [{"name": "first", "state": {"terminated": {"reason": "Error", "exitCode": 1}}}]}
LATE = {"conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded"}]}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, pod(), []),
        (pod(), pod(node="worker"), ["scheduled to worker"]),
        (pod(), pod(waiting="ContainerCreating"), []),
        (pod(), pod(waiting="ErrImagePull"), ["ErrImagePull"]),
        (pod(waiting="ErrImagePull"), pod(waiting="ErrImagePull"), []),
        (pod(), pod(ready=True), ["Running", "ready"]),
        (pod(ready=True), pod(phase="Running"), ["not ready"]),
        (pod(restarts=1), pod(restarts=2), ["restarted (2)"]),
        (pod(), pod(status=INIT), ["Error (exit code 1)"]),
        (pod(), pod(phase="Succeeded"), ["Succeeded"]),
        (pod(), pod(status=UNSCHEDULABLE), ["Unschedulable"]),
        (pod(status=UNSCHEDULABLE), pod(status=UNSCHEDULABLE), []),
        (pod(), ending(pod()), ["Terminating"]),
        ({}, thing("Deployment", "web", spec={"replicas": 3}), ["3 wanted"]),
        (
            thing("Deployment", "web"),
            thing("Deployment", "web", status={"readyReplicas": 2, **LATE}),
            ["2 ready", "ProgressDeadlineExceeded"],
        ),
        (thing("Deployment", "web", status=LATE), thing("Deployment", "web", status=LATE), []),
    ],
)
def test_progress(before: dict[str, object], after: dict[str, object], told: list[str]) -> None:
    """Only changes that are worth a word."""
    assert progress(before, after) == told


@pytest.fixture
def store() -> Store:
    """A store with a clock of its own."""
    return Store("lab", Clock())


def test_names_are_said_once_in_a_row(store: Store) -> None:
    """Until another object's turn; Events and unrelated objects are left out."""
    owner = thing("ReplicaSet", "rs")
    store.put("Pod", "ADDED", pod("a", owner=owner))
    store.put("Pod", "MODIFIED", pod("a", owner=owner, node="worker"))
    store.put("Pod", "ADDED", pod("stranger"))
    store.put("Event", "ADDED", thing("Event", "e"))
    store.put("Pod", "DELETED", pod("a", owner=owner), missed=True)

    assert timeline(store.history(), [], 100, [owner]) == "+0.0 s a created · +0.0 s scheduled to worker · +0.0 s deleted (seen late)"
    assert "stranger created" in timeline(store.history(), [], 100)


def test_it_is_bounded(store: Store) -> None:
    """The first and the last entries stay."""
    for number in range(40):
        store.put("Pod", "ADDED", pod(f"p{number}"))

    told = timeline(store.history(), [], 100).split(" · ")

    assert (len(told), told[0], told[6], told[-1]) == (13, "+0.0 s p0 created", "… 28 more …", "+0.0 s p39 created")


def test_gaps_are_part_of_it(store: Store) -> None:
    """With their reason and how they ended; a second interruption belongs to the same gap."""
    store.interrupted("Pod", "cut")
    store.interrupted("Pod", "refused")
    store.resumed("Pod", lost=False)
    store.resumed("Pod", lost=True)
    store.interrupted("Node", "cut")

    assert timeline([], store.gaps(), 100) == (
        "+0.0 s watch of Pod interrupted: cut · +0.0 s watch of Pod resumed, nothing lost · +0.0 s watch of Node interrupted: cut"
    )


def test_pauses_grow_until_the_server_answers() -> None:
    """Doubling up to two seconds."""
    backoff = Backoff()

    pauses = [backoff.next() for _ in range(8)]
    backoff.reset()

    assert (pauses[0], pauses[1], pauses[-1], backoff.next()) == (0.05, 0.1, 2.0, 0.05)


def test_a_watch_and_a_list_may_tell_the_same_twice(store: Store) -> None:
    """In any order: only newer states count, and deleted objects stay deleted."""
    old, mine = pod("web"), pod("web")
    store.put("Pod", "ADDED", mine)
    store.put("Pod", "MODIFIED", old)
    store.put("Pod", "DELETED", pod("web", uid="another"))
    assert [change.type for change in store.history()] == ["ADDED"]

    store.put("Pod", "DELETED", changed(mine))
    store.put("Pod", "ADDED", changed(mine))
    assert store.find("Pod", "web") is None


def test_cluster_wide_objects_are_found_from_everywhere(store: Store) -> None:
    """A node belongs to no namespace."""
    store.put("Node", "ADDED", thing("Node", "a", metadata={"namespace": ""}))
    store.put("Pod", "ADDED", pod("dns", metadata={"namespace": "kube-system"}))

    assert store.find("Node", "a") is not None
    assert store.find("Pod", "dns") is None
    assert store.find("Pod", "dns", "kube-system") is not None
    assert store.objects("Pod") == []


def test_a_failure_in_words() -> None:
    """A text alone, or with its fields aligned below it."""
    assert str(LabFailure("no such file")) == "no such file"
    assert str(LabFailure("broken", last_saw="one\ntwo")) == "broken\nlast saw   one\n           two"


def test_what_was_before_the_mark(store: Store) -> None:
    """Neither later objects, nor the later end of an earlier one."""
    store.put("Pod", "ADDED", pod("a"))
    store.put("Pod", "ADDED", pod("gone"))
    store.put("Pod", "DELETED", pod("gone"))
    since = store.mark()
    store.put("Pod", "DELETED", pod("a"))
    store.put("Pod", "ADDED", pod("b"))

    view = store.view(since)

    assert [thing["metadata"]["name"] for thing in view.objects("Pod")] == ["b"]
    assert [thing["metadata"]["name"] for thing in view.before.objects("Pod")] == ["a"]
