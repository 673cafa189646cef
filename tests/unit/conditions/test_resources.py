"""The effects of a pod's resources."""

from kubelab.conditions import hopeless_rows, resources
from tests.unit.conftest import Look
from tests.unit.objects import pod
from tests.unit.scripted import Lab


def unscheduled(message: str) -> dict[str, object]:
    """The status of a pod for which the scheduler found no node."""
    return {"conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}]}


def ended(reason: str, *, again: bool) -> dict[str, object]:
    """The status of a pod whose container ended, and may be running again."""
    last = {"terminated": {"reason": reason, "exitCode": 137}}
    state = {"state": {"running": {}}, "lastState": last} if again else {"state": last}
    return {"containerStatuses": [{"name": "main", "ready": again, "restartCount": int(again), **state}]}


def test_a_pod_waits_for_the_scheduler_s_reason(lab: Lab, look: Look) -> None:
    """Not for another one, and not before the scheduler has reported one."""
    condition = resources.unschedulable("web", "Insufficient cpu")
    assert look(condition).seen == 'no Pod "web"'
    lab.put(pod("web"))
    assert not look(condition).met
    lab.put(pod("web", status=unscheduled("0/3 nodes are available: 2 Insufficient memory.")))
    assert not look(condition).met

    lab.put(pod("web", status=unscheduled("0/3 nodes are available: 2 Insufficient cpu.")))

    assert look(condition).met
    assert hopeless_rows.NOWHERE in condition.expects


def test_a_pod_that_a_node_has_taken_waits_no_more(lab: Lab, look: Look) -> None:
    """It never becomes unscheduled again."""
    lab.put(pod("web", ready=True, node="one"))

    seen = look(resources.unschedulable("web", "Insufficient cpu"))

    assert (seen.met, seen.hopeless) == (False, "it was scheduled to node one")


def test_the_qos_class_is_what_the_status_says(lab: Lab, look: Look) -> None:
    """If it is another one, that is reported."""
    lab.put(pod("web", status={"qosClass": "Burstable"}))

    assert look(resources.has_qos_class("web", "Burstable")).met
    assert look(resources.has_qos_class("web", "Guaranteed")).seen == "web with the QoS class Burstable"


def test_the_last_run_is_the_one_that_ended(lab: Lab, look: Look) -> None:
    """Whether the container runs again or not."""
    condition = resources.last_run_ended("web", "main", "OOMKilled")
    lab.put(pod("web", ready=True))
    assert look(condition).seen.endswith("the last run has not ended")

    for again in (True, False):
        lab.put(pod("web", status=ended("OOMKilled", again=again)))
        assert look(condition).met
        lab.put(pod("web", status=ended("Error", again=again)))
        assert "ended with Error (exit code 137)" in look(condition).seen
        assert not look(condition).met
