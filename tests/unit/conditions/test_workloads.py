"""Conditions on workloads and their pods."""

from typing import Any

import pytest

from kubelab.conditions import nodes
from kubelab.conditions.controllers import rollouts, workload_pods, workloads
from kubelab.conditions.pods import CONTROL_PLANE
from kubelab.errors import LabFailure
from kubelab.waiting import Condition, throughout, until
from tests.unit.conftest import Look
from tests.unit.objects import changed, ending, pod, thing
from tests.unit.scripted import Lab

DEPLOYMENT = thing("Deployment", "web", spec={"replicas": 2}, metadata={"generation": 1})
OLD = thing("ReplicaSet", "web-1", owner=DEPLOYMENT, metadata={"annotations": {rollouts.REVISION: "1"}}, status={"replicas": 1})
NEW = thing("ReplicaSet", "web-2", owner=DEPLOYMENT, metadata={"annotations": {rollouts.REVISION: "2"}}, status={"replicas": 1})
DAEMONS = thing("DaemonSet", "agent", status={"observedGeneration": 1, "desiredNumberScheduled": 2})


def of(kind: str, name: str, status: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A workload with two replicas, of generation 3."""
    return thing(kind, name, metadata={"generation": 3}, spec={"replicas": 2, **more}, status={"observedGeneration": 3, **status})


@pytest.mark.parametrize("condition", [workloads.pods("Deployment", "web", 0), workloads.ready_pods("Deployment", "web", 0)])
def test_no_pods_of_a_deployment(lab: Lab, look: Look, condition: Condition) -> None:
    """Its ReplicaSet must have been looked at too: it is made before its Pods."""
    lab.put(thing("Deployment", "web", spec={"replicas": 0}, metadata={"generation": 1}, status={"observedGeneration": 1}))
    made = thing("ReplicaSet", "web-1", owner=DEPLOYMENT, metadata={"generation": 1})
    lab.put(made)
    assert not look(condition).met

    lab.put(changed(made, status={"observedGeneration": 1}))

    assert look(condition).met


@pytest.fixture
def web(lab: Lab) -> Lab:
    """A Deployment with a ready pod of an old ReplicaSet and a ready and an ending one of a new ReplicaSet."""
    for item in (DEPLOYMENT, OLD, NEW, pod("stranger", ready=True)):
        lab.put(item)
    lab.put(pod("web-1-a", owner=OLD, ready=True))
    lab.put(pod("web-2-a", owner=NEW, ready=True, image="nginx:1.15"))
    lab.put(ending(pod("web-2-b", owner=NEW, ready=True, image="nginx:1.15")))
    lab.since = lab.store.mark()
    return lab


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (workloads.ready_pods("Deployment", "web", 2), True),
        (workloads.ready_pods("Deployment", "web", 3), False),
        (workload_pods.pods_run("Deployment", "web", 1, "nginx:1.14"), True),
        (workload_pods.pods_run("Deployment", "web", 2, "nginx:1.15"), False),
        (workloads.pods("Deployment", "web", 2), True),
        (workloads.at_least_available("Deployment", "web", 2), True),
        (workloads.at_least_available("Deployment", "web", 3), False),
        (workloads.at_most("Deployment", "web", 2), True),
        (workloads.at_most("Deployment", "web", 1), False),
        (workloads.at_most_unavailable("Deployment", "web", 0), True),
        (workloads.wants("Deployment", "web", 2), True),
        (workloads.wants("Deployment", "web", 3), False),
        (workload_pods.every_pod_runs("Deployment", "web", "nginx:1.14"), False),
        (workload_pods.every_pod_runs("ReplicaSet", "web-2", "nginx:1.15"), True),
        (workload_pods.every_pod_owned_by("Deployment", "web", "ReplicaSet"), True),
        (workload_pods.every_pod_owned_by("Deployment", "web", "Job"), False),
        (workload_pods.a_pod_waits("Deployment", "web", "ErrImagePull"), False),
        (workload_pods.no_pod_deleted("Deployment", "web"), True),
        (rollouts.replica_sets("web", 2), True),
        (rollouts.replica_sets("web", 1), False),
        (rollouts.old_replica_sets_empty("web"), False),
        (rollouts.revisions("Deployment", "web", [1, 2]), True),
        (rollouts.revisions("Deployment", "web", [2]), False),
    ],
)
def test_a_deployment(web: Lab, look: Look, condition: Condition, *, met: bool) -> None:
    """By its pods, through its ReplicaSets: neither other pods nor those being deleted count."""
    del web

    assert look(condition).met is met


def test_the_pods_that_differ_are_named(web: Lab, look: Look) -> None:
    """With their image, or their owner."""
    del web

    assert look(workload_pods.every_pod_runs("Deployment", "web", "nginx:1.15")).seen == "web-1-a: nginx:1.14"
    assert look(workload_pods.every_pod_owned_by("Deployment", "web", "Job")).seen.startswith('web-1-a: ReplicaSet "web-1"')
    assert look(workload_pods.every_pod_runs("Deployment", "web", "nginx:1.15")).about[0]["kind"] == "Deployment"


def test_a_pod_that_runs_something_else_than_it_declares_is_told_with_both(web: Lab, look: Look) -> None:
    """Otherwise the text would show the wanted image as what was last seen."""
    statuses = [{"name": "main", "image": "nginx:1.14", "state": {"running": {}}}]
    web.put(pod("web-1-a", owner=OLD, image="nginx:1.15", status={"containerStatuses": statuses}))

    seen = look(workload_pods.every_pod_runs("Deployment", "web", "nginx:1.15"))

    assert (seen.met, seen.seen) == (False, "web-1-a: nginx:1.15 (the node reports nginx:1.14)")


def test_a_template_with_another_image_ends_the_wait(web: Lab) -> None:
    """Its pods can never run the wanted image; if all of them run it already, it is met whatever the template now says."""
    web.put(changed(DEPLOYMENT, spec={"template": {"spec": {"containers": [{"name": "main", "image": "nginx:1.16"}]}}}))

    with pytest.raises(LabFailure, match=r"its template has nginx:1\.16"):
        until(web, workload_pods.every_pod_runs("Deployment", "web", "nginx:1.15"))
    assert web.elapsed == 0

    web.put(pod("web-1-a"), "DELETED")
    until(web, workload_pods.every_pod_runs("Deployment", "web", "nginx:1.15"))


def test_no_pods_are_not_every_pod(lab: Lab, look: Look) -> None:
    """Without pods, "every" is not met."""
    lab.put(DEPLOYMENT)

    assert look(workload_pods.every_pod_runs("Deployment", "web", "nginx")).seen == "no pods"
    assert not look(workload_pods.every_pod_runs("Deployment", "web", "nginx")).met


def test_a_deleted_pod_is_not_forgotten(web: Lab) -> None:
    """Being deleted or gone: it was deleted. The deletion of another workload's pod does not matter."""
    web.put(pod("stranger"), "DELETED")
    assert throughout(web, workload_pods.no_pod_deleted("Deployment", "web")).met

    web.put(ending(pod("web-1-a", owner=OLD)))
    with pytest.raises(AssertionError, match="web-1-a deleted"):
        throughout(web, workload_pods.no_pod_deleted("Deployment", "web"))


def test_pods_made_since_or_ending_before_are_none_of_those_that_were_there(web: Lab) -> None:
    """An additional one that comes and goes, and the end of one that was being deleted already."""
    web.put(pod("web-2-c", owner=NEW))
    web.put(pod("web-2-c"), "DELETED")
    web.put(pod("web-2-b"), "DELETED")

    throughout(web, workload_pods.no_pod_deleted("Deployment", "web"))


def test_another_number_wanted_ends_the_wait_at_once(web: Lab) -> None:
    """Unless it may still be scaled; a kind without replicas wants as many pods as there are nodes."""
    with pytest.raises(LabFailure, match="2 ready, 2 wanted"):
        until(web, workloads.ready_pods("Deployment", "web", 3))
    assert web.elapsed == 0

    web.at(5, changed(DEPLOYMENT, spec={"replicas": 3}))
    web.at(6, pod("web-2-c", owner=NEW, ready=True))
    until(web, workloads.ready_pods("Deployment", "web", 3, may_be_scaled=True))
    assert web.elapsed == 6


def test_a_daemon_set_wants_as_many_as_there_are_nodes(lab: Lab, look: Look) -> None:
    """Fewer pods do not meet the condition, but do not end the wait."""
    lab.put(DAEMONS)
    lab.put(thing("Node", "one", metadata={"namespace": ""}))
    lab.put(thing("Node", "two", metadata={"namespace": ""}))
    lab.put(pod("a", owner=DAEMONS, ready=True))

    found = look(workloads.ready_pods("DaemonSet", "agent", 1))

    assert (found.met, found.hopeless) == (False, "")
    assert found.seen.startswith("1 ready, 2 wanted")


def test_how_many_run_which_image_is_told(web: Lab, look: Look) -> None:
    """With the number of pods for each image."""
    del web

    found = workload_pods.pods_run("Deployment", "web", 2, "nginx:1.15")

    assert found.wording == '2 pods of Deployment "web" run image "nginx:1.15"'
    assert look(found).seen == "1: web-1-a: nginx:1.14; web-2-a: nginx:1.15"


def test_old_replica_sets_are_all_but_the_newest(lab: Lab, look: Look) -> None:
    """And there must be some."""
    lab.put(DEPLOYMENT)
    lab.put(NEW)
    assert not look(rollouts.old_replica_sets_empty("web")).met

    lab.put(changed(OLD, status={"replicas": 0}))
    assert look(rollouts.old_replica_sets_empty("web")).met


DONE = {"replicas": 2, "updatedReplicas": 2, "availableReplicas": 2, "readyReplicas": 2}
EVERYWHERE = {"desiredNumberScheduled": 2, "currentNumberScheduled": 2, "updatedNumberScheduled": 2, "numberAvailable": 2}


@pytest.mark.parametrize(
    ("kind", "status", "more", "met"),
    [
        ("Deployment", DONE, {}, True),
        ("Deployment", DONE | {"observedGeneration": 2}, {}, False),
        ("Deployment", DONE | {"replicas": 3}, {}, False),
        ("Deployment", DONE | {"updatedReplicas": 1}, {}, False),
        ("Deployment", DONE | {"availableReplicas": 1}, {}, False),
        ("Deployment", {}, {}, False),
        ("Deployment", {}, {"replicas": 0}, False),
        ("StatefulSet", DONE, {}, True),
        ("StatefulSet", DONE | {"updatedReplicas": 1}, {}, False),
        ("StatefulSet", DONE | {"updatedReplicas": 1}, {"updateStrategy": {"rollingUpdate": {"partition": 1}}}, True),
        ("StatefulSet", DONE | {"updatedReplicas": 0}, {"updateStrategy": {"type": "OnDelete"}}, True),
        ("StatefulSet", DONE | {"readyReplicas": 1}, {}, False),
        ("DaemonSet", EVERYWHERE, {}, True),
        ("DaemonSet", EVERYWHERE | {"updatedNumberScheduled": 1}, {}, False),
        ("DaemonSet", EVERYWHERE | {"updatedNumberScheduled": 1}, {"updateStrategy": {"type": "OnDelete"}}, True),
        ("DaemonSet", EVERYWHERE | {"numberAvailable": 1}, {}, False),
        ("DaemonSet", dict.fromkeys(EVERYWHERE, 0), {}, False),
        ("DaemonSet", dict.fromkeys(EVERYWHERE, 1), {}, False),
        ("ReplicaSet", DONE, {}, True),
        ("ReplicationController", DONE | {"readyReplicas": 1}, {}, False),
    ],
)
def test_rolled_out(lab: Lab, look: Look, kind: str, status: dict[str, Any], more: dict[str, Any], *, met: bool) -> None:
    """Only a status of the newest generation counts, and nothing old may be left.

    There are two nodes: a DaemonSet that wants fewer has not looked at them yet.
    """
    for node in ("one", "two"):
        lab.put(thing("Node", node, metadata={"namespace": ""}))
    lab.put(of(kind, "web", status, **more))

    assert look(rollouts.rolled_out(kind, "web")).met is met


def test_control_revisions_are_numbers_of_their_own(lab: Lab, look: Look) -> None:
    """A DaemonSet has its own ControllerRevisions."""
    lab.put(DAEMONS)
    lab.put(thing("ControllerRevision", "agent-1", owner=DAEMONS, revision=1))

    assert look(rollouts.revisions("DaemonSet", "agent", [1])).met


def test_one_on_every_worker(lab: Lab, look: Look) -> None:
    """Exactly one ready pod on each of these nodes, none elsewhere."""
    every, none = nodes.one_pod_per_node("DaemonSet", "agent"), nodes.no_pod_on("DaemonSet", "agent")
    lab.put(DAEMONS)
    assert not look(every).met

    taint = {"key": CONTROL_PLANE, "effect": "NoSchedule"}
    lab.put(thing("Node", "plane", metadata={"namespace": "", "labels": {CONTROL_PLANE: ""}}, spec={"taints": [taint]}))
    lab.put(thing("Node", "one", metadata={"namespace": "", "labels": {"disk": "ssd"}}))
    lab.put(thing("Node", "two", metadata={"namespace": ""}))
    lab.put(pod("a", owner=DAEMONS, ready=True, node="one"))
    assert look(every).seen == "ready on one, of one, two"
    assert not look(none).met  # the second pod may still come anywhere
    assert look(workloads.at_most_unavailable("DaemonSet", "agent", 1)).met
    assert not look(workloads.at_most_unavailable("DaemonSet", "agent", 0)).met

    lab.put(pod("b", owner=DAEMONS, ready=True, node="two"))
    assert look(every).met
    assert look(none).met
    assert look(nodes.pods_on("DaemonSet", "agent", "two", 1)).met
    assert not look(nodes.one_pod_per_node("DaemonSet", "agent", nodes.labelled("disk", "ssd"), "every ssd node")).met

    lab.put(pod("c", owner=DAEMONS, ready=True, node="plane"))
    assert not look(every).met
    assert look(none).seen.startswith("c on plane")


def test_a_surge_is_what_replica_sets_want_not_which_pods_overlap(web: Lab) -> None:
    """A third pod whose predecessor ends late is not a surge; a ReplicaSet that wants one more pod is."""
    web.put(pod("web-2-c", owner=NEW))
    throughout(web, workloads.at_most("Deployment", "web", 2))

    web.put(changed(NEW, spec={"replicas": 2}))

    with pytest.raises(LabFailure, match="3 wanted: web-1 1, web-2 2"):
        throughout(web, workloads.at_most("Deployment", "web", 2))


def test_other_kinds_pods_are_counted_themselves(web: Lab) -> None:
    """Except those that are being deleted."""
    throughout(web, workloads.at_most("ReplicaSet", "web-2", 1))

    with pytest.raises(LabFailure, match="at most 0 pods"):
        throughout(web, workloads.at_most("ReplicaSet", "web-2", 0))
