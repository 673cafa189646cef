"""The state of an object in a word or in counts."""

from typing import Any

import pytest

from kubelab.observation.object_states import counts, pod_state, ready_pods, restarts
from tests.unit.objects import ending, pod, thing

CRASHED = {
    "phase": "Running",
    "containerStatuses": [{"name": "main", "state": {"waiting": {"reason": "CrashLoopBackOff"}}, "restartCount": 2}],
}
ONE_DONE = {"phase": "Running", "containerStatuses": [{"name": "a", "state": {"terminated": {}}}, {"name": "b", "state": {"running": {}}}]}
BETWEEN = {"phase": "Running", "containerStatuses": [{"name": "main", "state": {"terminated": {"exitCode": 1}}}]}
STARTED = {"phase": "Running", "containerStatuses": [{"name": "main", "state": {"running": {}}}]}


@pytest.mark.parametrize(
    ("thing", "pulling", "state"),
    [
        (pod(), False, "pending"),
        ({"kind": "Pod", "metadata": {"name": "web"}}, False, "pending"),
        (pod(node="n1"), False, "waiting"),
        (pod(node="n1"), True, "pulling"),
        (pod(node="n1", waiting="ImagePullBackOff"), True, "waiting"),
        (pod(node="n1", status=STARTED), False, "running"),
        (pod(node="n1", status=ONE_DONE), False, "running"),
        (pod(node="n1", status=BETWEEN), False, "waiting"),
        (pod(node="n1", status=CRASHED), False, "waiting"),
        (pod(node="n1", ready=True), True, "ready"),
        (pod(phase="Succeeded"), False, "succeeded"),
        (pod(phase="Failed"), False, "failed"),
        (ending(pod(ready=True)), False, "terminating"),
    ],
)
def test_a_pod_is_in_one_state(thing: Any, state: str, *, pulling: bool) -> None:
    """The one that matters most to a reader."""
    assert pod_state(thing, pulling=pulling) == state


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        (
            thing("Deployment", "web", spec={"replicas": 3}, status={"replicas": 4, "readyReplicas": 2, "updatedReplicas": 1}),
            {"wanted": 3, "existing": 4, "ready": 2, "updated": 1},
        ),
        (thing("ReplicaSet", "web", spec={"replicas": 3}), {"wanted": 3, "existing": 0, "ready": 0}),
        (
            thing("DaemonSet", "web", status={"desiredNumberScheduled": 2, "numberReady": 1}),
            {"wanted": 2, "existing": 0, "ready": 1, "updated": 0},
        ),
        (
            thing("Job", "web", spec={"completions": 5}, status={"active": 2, "succeeded": 1}),
            {"wanted": 5, "existing": 2, "ready": 0, "succeeded": 1, "failed": 0},
        ),
        (thing("Service", "web"), {}),
    ],
)
def test_controllers_are_counted(thing: Any, told: dict[str, int]) -> None:
    """Each by its own fields."""
    assert counts(thing) == told


def test_restarts_are_those_of_all_containers() -> None:
    """Such as a Pod that crashes."""
    assert (restarts(pod(status=CRASHED)), restarts(pod())) == (2, 0)


def test_endpoints_are_the_ready_pods() -> None:
    """Others, and addresses without a Pod, are left out; an endpoint without a ready condition is ready."""
    points = [
        {"conditions": {"ready": True}, "targetRef": {"kind": "Pod", "name": "b"}},
        {"conditions": {"ready": False}, "targetRef": {"kind": "Pod", "name": "c"}},
        {"targetRef": {"kind": "Pod", "name": "a"}},
        {"conditions": {"ready": True}},
    ]

    assert ready_pods(thing("EndpointSlice", "web", endpoints=points)) == ("a", "b")
    assert ready_pods(thing("EndpointSlice", "web", endpoints=None)) == ()
