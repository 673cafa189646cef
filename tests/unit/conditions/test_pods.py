"""Conditions on one pod."""

import pytest

from kubelab.conditions import pods, services
from kubelab.conditions.controllers import jobs, workloads
from kubelab.waiting import Condition
from tests.unit.conftest import Look
from tests.unit.objects import ending, pod, thing
from tests.unit.scripted import Lab

OPEN = pod(spec={"containers": [{"name": "main", "image": "nginx:1.14", "ports": [{"containerPort": 80}]}]})
RUNNING = pod(ready=True, node="worker")
PULLING = pod(waiting="ErrImagePull")


@pytest.mark.parametrize(
    ("condition", "item", "met"),
    [
        (pods.ready("web"), RUNNING, True),
        (pods.ready("web"), PULLING, False),
        (pods.ready("web"), ending(RUNNING), False),
        (pods.in_phase("web", "Running"), RUNNING, True),
        (pods.in_phase("web", "Running"), PULLING, False),
        (pods.in_phase("web", "Succeeded"), pod(phase="Succeeded"), True),
        (pods.in_phase("web", "Running"), ending(RUNNING), False),
        (pods.in_phase("web", "Terminating"), ending(RUNNING), True),
        (pods.containers_ready("web", 1), RUNNING, True),
        (pods.containers_ready("web", 0, 1), PULLING, True),
        (pods.containers_ready("web", 2, 2), RUNNING, False),
        (pods.has_image("web", "main", "docker.io/library/nginx:1.14"), RUNNING, True),
        (pods.has_image("web", "main", "nginx:1.15"), RUNNING, False),
        (pods.has_image("web", "other", "nginx:1.14"), RUNNING, False),
        (pods.runs_image("web", "main", "nginx:1.14"), RUNNING, True),
        (pods.runs_image("web", "main", "nginx:1.14"), PULLING, False),
        (pods.restarted("web", "main", 1), pod(ready=True, restarts=1), True),
        (pods.restarted("web", "main", 1), pod(restarts=1), False),
        (pods.restarted("web", "main", 1), pod(), False),
        (pods.opens_port("web", "main", 80), OPEN, True),
        (pods.opens_port("web", "main", 81), OPEN, False),
        (pods.opens_port("web", "main", 80), RUNNING, False),
    ],
)
def test_one_pod(lab: Lab, look: Look, condition: Condition, item: dict[str, object], *, met: bool) -> None:
    """Each condition is met by its own pod, and not by its neighbour; it says "no Pod" if there is none."""
    assert look(condition).seen == 'no Pod "web"'

    lab.put(item)

    seen = look(condition)
    assert (seen.met, list(seen.about)) == (met, [lab.store.find("Pod", "web")])
    assert "web" in seen.seen


def test_an_unschedulable_pod_is_held_by_that() -> None:
    """The reason is in a condition, not in a container."""
    unscheduled = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes are available"}
    waits = pod(status={"conditions": [unscheduled]})

    assert pods.is_held_by(waits, "Unschedulable")
    assert not pods.is_held_by(waits, "ErrImagePull")


def test_a_worker_is_no_control_plane(lab: Lab, look: Look) -> None:
    """By the node's taint; an unknown node is not a worker."""
    lab.put(pod(node="worker"))
    assert not look(pods.on_worker("web")).met

    lab.put(thing("Node", "worker", metadata={"namespace": ""}))
    assert look(pods.on_worker("web")).met

    lab.put(thing("Node", "worker", metadata={"namespace": ""}, spec={"taints": [{"key": pods.CONTROL_PLANE, "effect": "NoSchedule"}]}))
    assert not look(pods.on_worker("web")).met


def test_pods_are_apart_on_two_nodes(lab: Lab, look: Look) -> None:
    """Once both have one."""
    lab.put(pod(node="worker"))
    assert look(pods.apart("web", "client")).seen == 'web on worker, Pending; no Pod "client"'

    for node, met in (("", False), ("worker", False), ("worker2", True)):
        lab.put(pod("client", node=node))
        assert look(pods.apart("web", "client")).met is met


def test_images_are_named_as_the_lab_names_them() -> None:
    """The wording keeps the lab's name for what runs in its place."""
    assert pods.has_image("web", "main", "local/nginx:1.18", "nginx:1.14").wording == 'Pod "web" has image "nginx:1.14" in container "main"'
    assert pods.runs_image("web", "main", "x", "nginx").wording == 'container "main" of Pod "web" runs image "nginx"'


def test_a_node_may_call_an_image_that_it_has_twice_by_either_name(lab: Lab, look: Look) -> None:
    """The lab's own name counts, too, if somebody pulled that image before; a third name does not."""
    spec = {"containers": [{"name": "main", "image": "docker.io/library/nginx:1.14.2"}]}
    for called, met in (("docker.io/library/nginx:1.14", True), ("docker.io/library/nginx:1.15", False)):
        statuses = [{"name": "main", "image": called, "state": {"running": {}}}]
        lab.put(pod(phase="Running", spec=spec, status={"containerStatuses": statuses}))

        assert look(pods.runs_image("web", "main", "nginx:1.14.2", "nginx:1.14")).met is met


@pytest.mark.parametrize(("generation", "met"), [(1, True), (2, False), (None, False)])
def test_a_third_name_is_one_more_of_the_same_image_if_the_spec_never_changed(
    lab: Lab, look: Look, generation: int | None, *, met: bool
) -> None:
    """After a change the old container may still run; a cluster before 1.34 has no generations of Pods."""
    spec = {"containers": [{"name": "main", "image": "httpd:2.4.63"}]}
    statuses = [{"name": "main", "image": "docker.io/library/httpd:2.4-trixie", "state": {"running": {}}}]
    found = pod(phase="Running", spec=spec, status={"containerStatuses": statuses})
    lab.put({**found, "metadata": {**found["metadata"], **({"generation": generation} if generation else {})}})

    assert look(pods.runs_image("web", "main", "httpd:2.4.63", "httpd:2.4")).met is met
    assert not look(pods.runs_image("web", "main", "httpd:2.4.62", "httpd:2.2")).met


def test_the_words_for_a_pod_name_its_troubles(lab: Lab, look: Look) -> None:
    """An exit code, a half-ready pod."""
    state = {"terminated": {"reason": "Error", "exitCode": 2}}
    statuses = [{"name": "a", "ready": False, "state": state}, {"name": "b", "ready": True, "state": {"running": {}}}]
    lab.put(pod(phase="Running", node="worker", status={"containerStatuses": statuses}))

    assert look(pods.ready("web")).seen == "web on worker, Running, 1/2 ready, Error (exit code 2)"


@pytest.mark.parametrize(
    ("condition", "steady"),
    [
        (pods.in_phase("web", "Pending"), True),
        (pods.in_phase("web", "Running"), False),
        (pods.containers_ready("web", 0, 1), True),
        (pods.containers_ready("web", 1), False),
        (services.has_no_endpoints("web"), True),
        (services.has_endpoints("web", 1), False),
        (workloads.pods("Deployment", "web", 0), True),
        (workloads.pods("Deployment", "web", 1), False),
        (workloads.ready_pods("Deployment", "web", 0), True),
        (workloads.ready_pods("Deployment", "web", 1), False),
        (jobs.pods_in_phase("Job", "web", 0, "Failed"), True),
        (jobs.pods_in_phase("Job", "web", 1, "Pending"), True),
        (jobs.pods_in_phase("Job", "web", 1, "Failed"), False),
    ],
)
def test_what_everything_is_at_first_must_stay_so(condition: Condition, *, steady: bool) -> None:
    """A look just after its creation proves nothing."""
    assert (condition.steady > 0) is steady
