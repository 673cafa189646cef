"""The table of hopeless states: which waits it ends, when, and which it does not."""

from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab import hopeless
from kubelab.client import Kind, Refused
from kubelab.conditions import pods, presence, resources, services
from kubelab.conditions.controllers import rollouts, workloads
from kubelab.errors import LabFailure
from kubelab.hopeless import capacity
from kubelab.waiting import until
from tests.unit.objects import changed, ending, pod, thing
from tests.unit.scripted import Lab

if TYPE_CHECKING:
    from kubelab.client import Client

UNSCHEDULED = {
    "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/2 nodes: 2 Insufficient cpu."}]
}


class Cluster:
    """The lists that the table may request."""

    def __init__(self) -> None:
        self.asked = 0
        self.not_running: list[str] = []
        self.found: dict[str, list[Any]] = {"Node": [], "Pod": []}

        self.served = (Kind("Backup", "example.com/v1", "backups"), Kind("Pod", "v1", "pods"))

    def list(self, kind: str, *_namespace: str, **_filters: str) -> list[Any]:
        """The cluster's objects of a kind."""
        self.asked += 1
        return self.found.get(kind, [])

    def get(self, kind: str, name: str, _namespace: str) -> Any:
        """One object."""
        return next((one for one in self.found.get(kind, ()) if one["metadata"]["name"] == name), None)

    def is_running(self, pod: str, _namespace: str, _container: str) -> bool:
        """What its kubelet says: the first times that it has ended, as often as the test wants."""
        self.asked += 1
        return not self.not_running or self.not_running.pop() != pod

    def kinds(self) -> tuple[Kind, ...]:
        """One of Kubernetes' own kinds, and a custom one."""
        return self.served


@pytest.fixture
def cluster() -> Cluster:
    """An empty cluster."""
    return Cluster()


@pytest.fixture
def lab(cluster: Cluster) -> Lab:
    """A scenario with the real table."""
    return Lab(hopeless=hopeless.table(cast("Client", cluster), "lab"))


def failed(lab: Lab, condition: Any) -> LabFailure:
    """The failure with which a wait ends."""
    with pytest.raises(LabFailure) as caught:
        until(lab, condition)
    return caught.value


@pytest.mark.parametrize(
    ("reason", "cause"),
    [("ErrImagePull", "image"), ("InvalidImageName", "image"), ("CreateContainerConfigError", "refers"), ("RunContainerError", "refers")],
)
def test_a_container_that_cannot_start(lab: Lab, reason: str, cause: str) -> None:
    """Two seconds after it was first seen, even if the state disappears in between."""
    lab.at(1, pod(waiting=reason))
    lab.at(2, pod(waiting="ContainerCreating"))
    lab.at(2.5, pod(waiting=reason))

    failure = failed(lab, pods.ready("web"))

    assert lab.elapsed == 3
    assert f"web: {reason}" in failure.last_saw
    assert "because" in failure.last_saw
    assert cause in failure.hint


def test_a_pull_that_succeeds_after_all(lab: Lab) -> None:
    """Within the grace period, the failure does not matter."""
    lab.at(1, pod(waiting="ErrImagePull"))
    lab.at(2.9, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_trouble_from_before_the_when_counts_from_it(lab: Lab) -> None:
    """The When may fix it: the grace period starts anew."""
    lab.put(pod(waiting="ErrImagePull"))
    lab.clock.now += 60
    lab.since = lab.store.mark()

    failed(lab, pods.ready("web"))
    assert lab.elapsed == 62

    lab.since = lab.store.mark()
    lab.at(62.5, pod(waiting="ImagePullBackOff"))
    failed(lab, pods.ready("web"))
    assert lab.elapsed == 64


def test_other_pods_are_no_concern(lab: Lab) -> None:
    """A broken neighbour in the namespace does not end the wait."""
    lab.put(pod("broken", waiting="ErrImagePull"))
    lab.put(pod())
    lab.at(20, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_what_nothing_makes_is_not_waited_for(lab: Lab) -> None:
    """Five seconds after the When; another kind, or a similar name, is suggested."""
    lab.put(thing("ReplicaSet", "web"))
    failure = failed(lab, workloads.pods("Deployment", "web", 1))

    assert lab.elapsed == 5
    assert failure.last_saw == 'no Deployment "web" · nothing here creates a Deployment'
    assert failure.hint == 'There is a ReplicaSet "web", but no Deployment of that name.'

    lab.put(thing("Deployment", "website"))
    assert failed(lab, workloads.pods("Deployment", "webiste", 1)).hint == 'There is a Deployment "website": compare the names.'


@pytest.mark.parametrize(("kind", "maker"), [("Deployment", "web"), ("Job", "web-a"), ("StatefulSet", "web"), ("Backup", "nightly")])
def test_what_something_may_make_is_waited_for(lab: Lab, cluster: Cluster, kind: str, maker: str) -> None:
    """One of Kubernetes' controllers for a Pod that begins with its name, a custom resource for anything."""
    cluster.found[kind] = [thing(kind, maker)]
    lab.at(20, pod("web-a-1", ready=True))

    assert until(lab, pods.ready("web-a-1")).met


@pytest.mark.parametrize(("kind", "maker"), [("Deployment", "website"), ("Job", "web-a-1")])
def test_what_another_one_makes_is_not_waited_for(lab: Lab, cluster: Cluster, kind: str, maker: str) -> None:
    """Its pods have other names."""
    cluster.found[kind] = [thing(kind, maker)]

    assert "nothing here creates a Pod" in failed(lab, pods.ready("web-a-1")).last_saw


def test_a_claim_of_a_stateful_set_has_its_name_in_its_middle(lab: Lab, cluster: Cluster) -> None:
    """Between the name of the template and the number."""
    cluster.found["StatefulSet"] = [thing("StatefulSet", "db")]
    lab.at(20, thing("PersistentVolumeClaim", "data-db-0"))

    assert until(lab, presence.exists("PersistentVolumeClaim", "data-db-0")).met


def test_what_only_the_watch_has_missed_is_waited_for(lab: Lab, cluster: Cluster) -> None:
    """The API server has the object."""
    cluster.found["Service"] = [thing("Service", "web")]
    lab.at(20, thing("Service", "web", spec={"clusterIP": "10.0.0.1"}))

    assert until(lab, presence.exists("Service", "web")).met


def test_what_only_its_own_controller_knows_of_is_waited_for(lab: Lab) -> None:
    """It is unknown what creates objects of a custom kind."""
    failed(lab, presence.exists("Backup", "nightly"))

    assert lab.elapsed == 30


def crashed(restarts: int, waiting: str = "", **state: Any) -> Any:
    """A pod whose container ended with exit code 2."""
    status = {"name": "main", "restartCount": restarts, "ready": False, "lastState": {"terminated": {"exitCode": 2}}}
    status["state"] = {"waiting": {"reason": waiting}} if waiting else state
    return pod(status={"containerStatuses": [status]})


def test_a_crash_loop_is_failed_at_once(lab: Lab) -> None:
    """No grace period: the container has had its attempts."""
    lab.at(1, crashed(0, running={}))
    lab.at(2, crashed(1, "CrashLoopBackOff"))

    assert "CrashLoopBackOff: container main ended with exit code 2" in failed(lab, pods.ready("web")).last_saw
    assert lab.elapsed == 2


def test_two_bad_ends_are_a_crash_loop_as_well(lab: Lab) -> None:
    """Unless the container runs, or ended well."""
    lab.at(1, crashed(0, terminated={"exitCode": 1}))
    lab.at(2, crashed(1, running={}))
    lab.at(3, crashed(1, terminated={"exitCode": 0}))
    lab.at(4, crashed(1, terminated={"exitCode": 1}))

    failed(lab, pods.ready("web"))
    assert lab.elapsed == 4


def again(*, ready: bool) -> Any:
    """A pod whose container runs after a crash."""
    status = {"name": "main", "restartCount": 1, "ready": ready, "lastState": {"terminated": {"exitCode": 2}}, "state": {"running": {}}}
    ready_condition = {"type": "Ready", "status": "True" if ready else "False"}
    return pod(phase="Running", status={"containerStatuses": [status], "conditions": [ready_condition]})


def test_a_crash_loop_that_looks_well_for_a_moment(lab: Lab) -> None:
    """Without a readiness probe a crashing container is ready between two crashes: that does not count."""
    lab.at(1, crashed(0, running={}))
    lab.at(2, again(ready=True))
    lab.at(3, crashed(1, "CrashLoopBackOff"))

    assert "CrashLoopBackOff" in failed(lab, pods.ready("web")).last_saw
    assert lab.elapsed == 3


@pytest.mark.parametrize(
    ("own", "elapsed"),
    [
        ({}, 1),
        ({"command": ["sleep", "1"]}, 2.5),
        ({"args": ["x"], "readinessProbe": {}}, 1),
        ({"volumeMounts": [{"mountPath": "/etc/nginx"}]}, 2.5),
        ({"volumeMounts": [{"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"}]}, 1),
    ],
)
def test_a_first_run_of_the_labs_own_making_is_not_believed_at_once(lab: Lab, own: dict[str, Any], elapsed: float) -> None:
    """A container that ends at once is "ready" until the kubelet notices."""
    lab.at(1, pod(ready=True, spec={"containers": [{"name": "main", "image": "nginx", **own}]}))

    assert until(lab, pods.ready("web")).met
    assert lab.elapsed == elapsed


@pytest.mark.parametrize(("lasted", "own", "elapsed"), [(1, True, 6), (40, True, 1), (1, False, 1)])
def test_a_command_that_is_done_at_once_is_not_believed(lab: Lab, lasted: int, *, own: bool, elapsed: float) -> None:
    """It looks ready between its runs; a container that ran for long, or runs the image's own program, is believed at once."""
    ended = {"exitCode": 0, "startedAt": "2026-01-01T00:00:00Z", "finishedAt": f"2026-01-01T00:00:{lasted:02}Z"}
    status = {"name": "main", "restartCount": 1, "ready": True, "lastState": {"terminated": ended}, "state": {"running": {}}}
    container = {"name": "main", "image": "nginx", **({"command": ["echo"]} if own else {})}
    lab.at(1, pod(ready=True, spec={"containers": [container]}, status={"containerStatuses": [status]}))

    assert until(lab, pods.ready("web")).met
    assert lab.elapsed == elapsed


@pytest.mark.parametrize(("told_at", "elapsed"), [(1, 2.5), (5, 6.5)])
def test_a_busy_node_tells_late(lab: Lab, told_at: int, elapsed: float) -> None:
    """If the report that the container runs came late, the report of its end will be as late."""
    running = {"name": "main", "ready": True, "restartCount": 0, "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}
    ready = {"type": "Ready", "status": "True", "lastTransitionTime": f"2026-01-01T00:00:0{told_at}Z"}
    container = {"name": "main", "image": "nginx", "command": ["x"]}
    lab.at(1, pod(ready=True, spec={"containers": [container]}, status={"containerStatuses": [running], "conditions": [ready]}))

    assert until(lab, pods.ready("web")).met
    assert lab.elapsed == elapsed


@pytest.mark.parametrize(("own", "elapsed", "asked"), [({"command": ["x"]}, 3, 3), ({}, 1.5, 3), ({"readinessProbe": {}}, 1, 0)])
def test_a_container_that_ended_before_its_kubelet_tells(
    lab: Lab, cluster: Cluster, own: dict[str, Any], elapsed: float, asked: int
) -> None:
    """Its status says that it runs: the kubelet is asked before that is believed, if it has just started and no probe vouches for it."""
    cluster.not_running = ["web", "web"]
    lab.at(1, pod(ready=True, spec={"containers": [{"name": "main", "image": "busybox", **own}]}))

    assert until(lab, pods.ready("web")).met
    assert (lab.elapsed, cluster.asked) == (elapsed, asked)
    lab.clock.now += 20
    assert until(lab, pods.ready("web")).met
    assert cluster.asked == asked


def test_a_container_that_recovers_is_believed_in_the_end(lab: Lab) -> None:
    """Once it has run for five seconds; at once for a sentence about the restart."""
    lab.at(1, crashed(0, running={}))
    lab.at(2, again(ready=True))

    assert until(lab, pods.ready("web")).met
    assert lab.elapsed == 7
    lab.put(again(ready=True))
    assert until(lab, pods.restarted("web", "main", 1)).met
    assert lab.elapsed == 7


def test_a_pod_that_has_ended(lab: Lab) -> None:
    """Nothing creates another Pod without a controller."""
    lab.at(1, pod(phase="Succeeded"))

    assert "web: Succeeded" in failed(lab, pods.ready("web")).last_saw
    assert lab.elapsed == 3
    assert until(lab, pods.in_phase("web", "Succeeded")).met


def test_a_crash_loop_that_the_when_may_end(lab: Lab) -> None:
    """A loop that existed before is given the time until the next crash."""
    lab.put(crashed(1, "CrashLoopBackOff"))
    lab.since = lab.store.mark()
    lab.at(5, crashed(2, running={}))
    lab.at(6, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_a_pod_that_fits_nowhere(lab: Lab, cluster: Cluster) -> None:
    """After five seconds, if no neighbour uses what it needs."""
    lab.at(1, pod(status=UNSCHEDULED))

    assert "Unschedulable: 0/2 nodes: 2 Insufficient cpu." in failed(lab, pods.ready("web")).last_saw
    assert (lab.elapsed, cluster.asked) == (6, 2)


def asking(cpu: str) -> dict[str, Any]:
    """A container that requests cpu."""
    return {"name": "main", "resources": {"requests": {"cpu": cpu}}}


@pytest.mark.parametrize(("request_", "met"), [("1500m", True), ("100", False)])
def test_neighbours_are_waited_for(lab: Lab, cluster: Cluster, request_: str, *, met: bool) -> None:
    """If the pod would fit without them."""
    cluster.found["Node"] = [thing("Node", "a", status={"allocatable": {"cpu": "2"}})]
    cluster.found["Pod"] = [pod("theirs", metadata={"namespace": "other"}, node="a", spec={"containers": [asking("1")]})]
    lab.at(1, pod(status=UNSCHEDULED, spec={"containers": [asking(request_)]}))
    lab.at(25, pod(ready=True))

    if met:
        assert until(lab, pods.ready("web")).met
    else:
        failed(lab, pods.ready("web"))
        assert lab.elapsed == 6


def beside(lab: Lab, cluster: Cluster, neighbour: str, cpu: str) -> None:
    """A Pod that finds no node, beside one of a namespace that holds half of the only node."""
    cluster.found["Node"] = [thing("Node", "a", status={"allocatable": {"cpu": "2"}})]
    cluster.found["Pod"] = [pod("theirs", metadata={"namespace": neighbour}, node="a", spec={"containers": [asking("1")]})]
    lab.at(1, pod(status=UNSCHEDULED, spec={"containers": [asking(cpu)]}))


@pytest.mark.parametrize(("neighbour", "cpu"), [("other", "100"), ("lab", "1500m"), ("lab-two", "1500m"), ("kube-system", "1500m")])
def test_a_pod_that_is_pending_for_want_of_room(lab: Lab, cluster: Cluster, neighbour: str, cpu: str) -> None:
    """Whatever else runs in the cluster, or beside Pods that stay."""
    beside(lab, cluster, neighbour, cpu)

    assert until(lab, resources.unschedulable("web", "Insufficient cpu")).met
    assert lab.elapsed == 1


def test_a_pod_that_is_pending_only_for_a_neighbour(lab: Lab, cluster: Cluster) -> None:
    """It proves nothing about the lab; the sentence ends when the Pod is scheduled."""
    beside(lab, cluster, "other", "1500m")
    waits = resources.unschedulable("web", "Insufficient cpu")
    assert failed(lab, waits).last_saw.endswith("it fits on a node without the Pods of other namespaces and those that are ending")

    lab.at(lab.elapsed + 5, pod(node="a"))

    assert failed(lab, waits).last_saw.endswith("it was scheduled to node a")


def test_an_account_that_sees_no_nodes_takes_the_scheduler_s_word(lab: Lab, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can neither say that there will be room nor that there will not."""
    beside(lab, cluster, "other", "1500m")
    monkeypatch.setattr(cluster, "list", refuse)

    assert until(lab, resources.unschedulable("web", "Insufficient cpu")).met


@pytest.mark.parametrize(
    ("taints", "disk", "met"),
    [([], {}, True), ([], {"disk": "ssd"}, False), ([{"key": "mine", "effect": "NoSchedule"}], {"disk": "ssd"}, True)],
    ids=["no such node", "a node that the scheduler has not seen so", "one that is tainted, and was not counted"],
)
def test_a_pod_that_is_pending_for_what_it_selects(
    lab: Lab, cluster: Cluster, taints: list[dict[str, str]], disk: dict[str, str], *, met: bool
) -> None:
    """Not only because the scheduler has not seen a label yet."""
    told = "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s)."
    state = {"conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": told}]}
    cluster.found["Node"] = [
        thing("Node", "a", metadata={"labels": {} if taints else disk}),
        thing("Node", "b", metadata={"labels": disk}, spec={"taints": taints or [{"key": "theirs", "effect": "NoExecute"}]}),
    ]
    lab.at(1, pod(status=state, spec={"nodeSelector": {"disk": "ssd"}}))
    waits = resources.unschedulable("web", "node affinity/selector")

    if met:
        assert until(lab, waits).met
    else:
        assert failed(lab, waits).last_saw.endswith("a node has what it selects, which the scheduler has not seen yet")


def refuse(*_asked: str, **_filters: str) -> None:
    """What the API server says to an account that may not read nodes."""
    raise Refused(403, "Forbidden", "nodes is forbidden")


def test_a_pod_that_was_scheduled_meanwhile_does_not_stand_in_its_own_way(lab: Lab, cluster: Cluster) -> None:
    """The list is newer than the watch: the Pod itself uses the room that it requests."""
    cluster.found["Node"] = [thing("Node", "a", status={"allocatable": {"cpu": "2"}})]
    cluster.found["Pod"] = [pod(node="a", spec={"containers": [asking("1500m")]})]
    lab.at(1, pod(status=UNSCHEDULED, spec={"containers": [asking("1500m")]}))
    lab.at(7, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_our_own_and_the_systems_pods_are_no_neighbours(cluster: Cluster) -> None:
    """They will not go away."""
    cluster.found["Node"] = [thing("Node", "a", status={"allocatable": {"cpu": "2", "pods": "2"}})]
    cluster.found["Pod"] = [pod("mine", node="a"), pod("dns", metadata={"namespace": "kube-system"}, node="a")]
    many = pod(status={"conditions": [{"type": "PodScheduled", "reason": "Unschedulable", "message": "Too many pods."}]})

    ask = (cast("Client", cluster), "lab")
    assert not capacity.may_have_room(*ask, [many])
    assert not capacity.may_have_room(*ask, [pod()])
    cluster.found["Pod"][0] = pod("theirs", metadata={"namespace": "other"}, node="a")
    assert capacity.may_have_room(*ask, [many])


@pytest.mark.parametrize(
    ("holders", "selector", "met"),
    [
        ([asking("1")], {}, False),
        ([], {}, True),
        ([], {"disk": "ssd"}, False),
    ],
    ids=["still held", "free by now", "free on a node where it may not run"],
)
def test_room_that_is_free_by_now_is_waited_for(
    lab: Lab, cluster: Cluster, holders: list[dict[str, Any]], selector: dict[str, str], *, met: bool
) -> None:
    """The scheduler tries again some time after the pod that used it is gone."""
    cluster.found["Node"] = [thing("Node", "a", status={"allocatable": {"cpu": "2"}})]
    cluster.found["Pod"] = [pod("first", node="a", spec={"containers": [holder]}) for holder in holders]
    lab.at(1, pod(status=UNSCHEDULED, spec={"containers": [asking("1500m")], "nodeSelector": selector}))
    lab.at(12, pod(ready=True))

    assert passes(lab) == met


def test_a_pod_of_the_scenario_that_is_ending_frees_what_it_holds(lab: Lab, cluster: Cluster) -> None:
    """However long that takes on a busy machine."""
    cluster.found["Node"] = [thing("Node", "a", status={"allocatable": {"cpu": "2"}})]
    cluster.found["Pod"] = [ending(pod("first", node="a", spec={"containers": [asking("1500m")]}))]
    lab.at(1, pod(status=UNSCHEDULED, spec={"containers": [asking("1500m")]}))
    lab.at(25, pod(ready=True))

    assert passes(lab)


def passes(lab: Lab) -> bool:
    """Whether the Pod became ready before the wait ended."""
    try:
        return until(lab, pods.ready("web")).met
    except LabFailure:
        return False


@pytest.mark.parametrize(("there", "elapsed"), [(True, 30), (False, 5)])
def test_a_claim_that_the_scheduler_did_not_see(lab: Lab, cluster: Cluster, elapsed: float, *, there: bool) -> None:
    """An existing claim is waited for: the scheduler tries again. Nothing creates one that does not exist."""
    message = '0/2 nodes are available: persistentvolumeclaim "data-db-0" not found. not found'
    unscheduled = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}
    cluster.found["PersistentVolumeClaim"] = [thing("PersistentVolumeClaim", "data-db-0")] if there else []
    lab.put(pod(status={"conditions": [unscheduled]}))

    failed(lab, pods.ready("web"))

    assert lab.elapsed == elapsed


def test_a_claim_being_made_is_waited_for(lab: Lab) -> None:
    """It looks unschedulable, too, but not for long."""
    message = "pod has unbound immediate PersistentVolumeClaims"
    lab.at(1, pod(status={"conditions": [{"type": "PodScheduled", "reason": "Unschedulable", "message": message}]}))
    lab.at(20, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_pods_that_may_not_be_made(lab: Lab) -> None:
    """A FailedCreate event for an owner that still lacks pods."""
    deployment = thing("Deployment", "web", spec={"replicas": 1})
    owner = thing("ReplicaSet", "web-1", owner=deployment, spec={"replicas": 1})
    lab.put(deployment)
    lab.put(owner)
    lab.at(1, thing("Event", "e1", reason="FailedCreate", message="exceeded quota", involvedObject={"uid": "uid-web-1"}))

    assert "web-1: FailedCreate: exceeded quota" in failed(lab, rollouts.rolled_out("Deployment", "web")).last_saw
    assert lab.elapsed == 3


def test_a_refusal_that_is_over(lab: Lab) -> None:
    """The owner has its pods: an old event does not matter."""
    owner = thing("ReplicaSet", "web", spec={"replicas": 1})
    lab.put(owner)
    lab.at(1, thing("Event", "e1", reason="FailedCreate", message="no service account", involvedObject={"uid": "uid-web"}))
    lab.at(1.1, changed(owner, status={"replicas": 1}))
    lab.at(20, changed(owner, status={"observedGeneration": 1, "replicas": 1, "readyReplicas": 1}))

    assert until(lab, rollouts.rolled_out("ReplicaSet", "web")).met


@pytest.mark.parametrize(
    "item", [thing("DaemonSet", "web", status={"desiredNumberScheduled": 1}), thing("Job", "web")], ids=["DaemonSet", "Job"]
)
def test_every_owner_can_be_refused(lab: Lab, item: dict[str, Any]) -> None:
    """By its own numbers."""
    lab.put(item)
    lab.put(thing("Event", "e1", reason="FailedCreate", message="forbidden", involvedObject={"uid": "uid-web"}))

    failed(lab, workloads.ready_pods(item["kind"], "web", 1))
    assert lab.elapsed == 2


def test_a_selector_that_matches_nothing(lab: Lab) -> None:
    """Neither a pod nor a template; the sentence that expects no endpoints is not affected."""
    lab.put(thing("Service", "web", spec={"selector": {"app": "wep"}}))
    lab.put(pod("web-a", metadata={"labels": {"app": "web"}}))
    lab.put(thing("Deployment", "web", spec={"template": {"metadata": {"labels": {"app": "web"}}}}))

    failure = failed(lab, services.has_endpoints("web", 1))

    assert lab.elapsed == 5
    assert failure.last_saw == "web without endpoints: its controller has not looked for them yet · web: selector app=wep matches no pod"
    lab.put(thing("EndpointSlice", "web-0", metadata={"labels": {services.SERVICE_NAME: "web"}}))
    assert until(lab, services.has_no_endpoints("web")).met


def test_a_selector_that_a_template_will_match(lab: Lab) -> None:
    """Its pods do not exist yet."""
    lab.put(thing("Service", "web", spec={"selector": {"app": "web"}}))
    lab.put(thing("Deployment", "web", spec={"template": {"metadata": {"labels": {"app": "web", "x": "y"}}}}))

    failed(lab, services.has_endpoints("web", 1))
    assert lab.elapsed == 30


def test_what_has_ended(lab: Lab) -> None:
    """A failed Job, a rollout past its deadline: at once."""
    lab.put(thing("Job", "hello"))
    late = {"type": "Failed", "status": "True", "reason": "DeadlineExceeded", "message": "too long"}
    lab.at(1, thing("Job", "hello", status={"conditions": [late]}))

    assert "DeadlineExceeded: too long" in failed(lab, workloads.ready_pods("Job", "hello", 1)).last_saw
    assert lab.elapsed == 1


def test_a_deadline_that_the_sentence_waits_for(lab: Lab) -> None:
    """The sentence opts out."""
    state = {"observedGeneration": 1, "conditions": [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}]}
    lab.at(1, thing("Deployment", "web", status=state))

    assert until(lab, presence.has_condition("Deployment", "web", "Progressing", "False", "ProgressDeadlineExceeded")).met
    failed(lab, rollouts.rolled_out("Deployment", "web"))
    assert lab.elapsed == 1


def test_a_deadline_of_an_older_generation(lab: Lab) -> None:
    """It says nothing about the newest declaration."""
    state = {"observedGeneration": 1, "conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded"}]}
    lab.at(1, thing("Deployment", "web", metadata={"generation": 2}, status=state))

    failed(lab, rollouts.rolled_out("Deployment", "web"))
    assert lab.elapsed == 30


def test_the_table_needs_no_cluster_to_be_made() -> None:
    """Its client is used only if a pod fits nowhere."""
    names = [row.name for row in hopeless.table(cast("Client", None), "lab")]
    assert names == [
        "image",
        "image",
        "image",
        "configuration",
        "crash",
        "crash",
        "nowhere",
        "refused",
        "selector",
        "over",
        "absent",
        "ended",
    ]
