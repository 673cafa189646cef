"""Trouble of the cluster is told apart from failures of the lab by which part of the cluster did not act when it should have."""

from collections.abc import Callable
from typing import Any

import pytest

from kubelab.client import Refused
from kubelab.clusters.provider import Capabilities
from kubelab.errors import LabFailure
from kubelab.output import Output
from tests.unit.actors.world import OWN_RECORD, SYSTEM, Scene, ago, condition, event, lease, node, system_pod
from tests.unit.objects import changed, pod, thing

CONTROLLERS = system_pod("kube-controller-manager-n1", component="kube-controller-manager")
SCHEDULER = system_pod("kube-scheduler-n1", component="kube-scheduler")
WEB = thing("Deployment", "web", metadata={"generation": 1}, spec={"replicas": 1}, status={"observedGeneration": 1})
UNOBSERVED = changed(WEB, status={"observedGeneration": 0})
SILENT, WELL = Output(28, "000", ""), Output(0, "200", "")
STARTED = {"startTime": ago(100)}
FULL = "0/1 nodes are available: 1 Insufficient cpu."


def waiting(**fields: Any) -> Any:
    """A Pod on node n1 whose container is being created."""
    return pod(node="n1", waiting="ContainerCreating", **{"status": STARTED, **fields})


def homeless(message: str, cpu: str = "1", **spec: Any) -> Any:
    """A Pod for which the scheduler has no node."""
    told = condition("PodScheduled", true=False, reason="Unschedulable", message=message)
    containers = [{"name": "main", "image": "nginx", "resources": {"requests": {"cpu": cpu}}}]
    return pod(status={"conditions": [told]}, spec={"containers": containers, **spec})


def neighbour(cpu: str, home: str = "class-7") -> dict[str, Any]:
    """A Pod of another scenario on node n1."""
    containers = [{"name": "main", "resources": {"requests": {"cpu": cpu}}}]
    return thing("Pod", "greedy", metadata={"namespace": home}, spec={"nodeName": "n1", "containers": containers})


def deployment(name: str, home: str = SYSTEM) -> dict[str, Any]:
    """A Deployment of the system, whose Pods have its name as a label."""
    spec = {"replicas": 0, "selector": {"matchLabels": {"app": name}}}
    return thing("Deployment", name, metadata={"namespace": home}, spec=spec)


def unit(service: str, state: str, since: int = 1) -> str:
    """A service as systemctl shows it."""
    return f"Id={service}.service\nActiveState={state}\nActiveEnterTimestamp=@{since}\n"


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        (lambda: Scene(node(), CONTROLLERS, programs={"10257": SILENT}), "kube-controller-manager-n1 does not answer its health check"),
        (
            lambda: Scene(node(), system_pod("kcm", component="kube-controller-manager", at=ago(5))),
            "kcm was not ready until ",
        ),
        (
            lambda: Scene(node(), system_pod("kcm", component="kube-controller-manager", ready=False)),
            "kcm is not ready since 2026-01-01T00:00:00Z",
        ),
        (
            lambda: Scene(node(), CONTROLLERS, lease("kube-controller-manager", renewed=25, lasts=15), can=Capabilities()),
            "kube-controller-manager has not renewed its lease for ",
        ),
        (
            lambda: Scene(
                node(), CONTROLLERS, changed(event(CONTROLLERS, "Unhealthy", lastTimestamp=ago(9)), metadata={"namespace": SYSTEM})
            ),
            "kube-controller-manager-n1 did not pass its health check at ",
        ),
        (lambda: Scene(node(), system_pod("etcd-n1", component="etcd", at=ago(5))), "etcd-n1 was not ready until "),
    ],
)
def test_controllers_and_what_they_stand_on(scene: Callable[[], Scene], text: str) -> None:
    """Frozen to the end, or running again when it is checked."""
    assert scene().absent(WEB).startswith(text)


@pytest.mark.parametrize(
    "scene",
    [
        lambda: Scene(node(), CONTROLLERS, SCHEDULER, programs={"healthz": WELL, "systemctl": Output(0, unit("kubelet", "active"), "")}),
        lambda: Scene(node(), CONTROLLERS, lease("kube-controller-manager", renewed=3, lasts=15), can=Capabilities()),
        lambda: Scene(node(), CONTROLLERS, lease("kube-controller-manager", renewed=90_000, lasts=15), can=Capabilities()),
        lambda: Scene(node(), system_pod("kcm", component="kube-controller-manager", at=ago(50))),
        lambda: Scene(forbidden=("Pod", "Lease", "Node", "Event", "Deployment", "DaemonSet"), can=Capabilities()),
    ],
)
def test_actors_that_acted_are_not_blamed(scene: Callable[[], Scene]) -> None:
    """Even if a lease belongs to an election without a holder, or this account may not look at anything."""
    assert scene().absent(WEB, waiting()) == ""


def test_a_frozen_scheduler_concerns_pods_that_wait_for_it() -> None:
    """And no other Pods."""
    assert Scene(node(), SCHEDULER, programs={"10259": SILENT}).absent(pod()) == "kube-scheduler-n1 does not answer its health check"
    assert Scene(node(), SCHEDULER, programs={"10259": SILENT}).absent(waiting()) == ""


def test_a_scheduler_that_came_back_before_the_end_is_known_by_the_pod_that_waited() -> None:
    """Whatever its health shows."""
    scene, web = Scene(node()), pod()
    scene.put(web)
    scene.at(25, changed(web, spec={"nodeName": "n1"}, status=STARTED))
    scene.store.wait(scene.store.version, 30)

    assert scene.absent(web) == 'the scheduler did not handle Pod "web" for 10 s or more'


def test_controllers_that_came_back_before_the_end_are_known_by_the_workload_that_waited() -> None:
    """A Job has no observedGeneration, but a time at which it was started."""
    assert Scene(node()).absent(UNOBSERVED) == 'the controllers did not handle Deployment "web" for 10 s or more'
    assert Scene(node(), seconds=8).absent(UNOBSERVED) == ""
    assert Scene(node()).absent(thing("Job", "pi")) == 'the controllers did not handle Job "pi" for 10 s or more'
    assert Scene(node()).absent(thing("Job", "pi", spec={"suspend": True})) == ""


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        (lambda: Scene(node(ready=False)), "node n1 is not ready since 2026-01-01T00:00:00Z: so it is"),
        (lambda: Scene(node(at=ago(5))), "node n1 was not ready until "),
        (
            lambda: Scene(node(ready=False, annotations={"undo.kubelab/lab-dead": '{"stopped": true}'})),
            "node n1 is not ready since 2026-01-01T00:00:00Z: so it is (another run's scenario lab-dead has changed it)",
        ),
        (lambda: Scene(node(), lease("n1", renewed=15, home="kube-node-lease")), "the kubelet of node n1 has not renewed its lease for "),
        (
            lambda: Scene(node(), programs={"systemctl": Output(0, unit("kubelet", "inactive"), "")}),
            "kubelet of node n1 does not run: it is inactive",
        ),
        (
            lambda: Scene(
                node(), programs={"systemctl": Output(0, f"{unit('kubelet', 'active')}\n{unit('containerd', 'active', 4_000_000_000)}", "")}
            ),
            "containerd of node n1 did not run until 07:06:40 UTC",
        ),
        (lambda: Scene(node("n2")), 'node n1, on which Pod "web" is, is no longer there'),
    ],
)
def test_the_node_of_a_pod_that_waits(scene: Callable[[], Scene], text: str) -> None:
    """Its kubelet and its container runtime, too."""
    assert scene().absent(waiting()).startswith(text)


def test_a_runtime_that_did_not_answer_is_known_by_what_the_kubelet_said() -> None:
    """A runtime that answers with an error is different."""
    scene, web = Scene(node()), waiting()
    gone = "rpc error: code = Unavailable desc = connection error: dial unix /run/containerd/containerd.sock: connect: no such file"
    scene.put(event(web, "FailedCreatePodSandBox", gone))
    other = Scene(node())
    other.put(event(web, "FailedMount", 'configmap "x" not found'))

    assert scene.absent(web) == "the container runtime of node n1 did not answer its kubelet"
    assert other.absent(web) == ""


def test_a_kubelet_that_does_not_look_at_its_pod() -> None:
    """The kubelet sets the Pod's startTime first of all."""
    assert Scene(node()).absent(waiting(status={})) == 'the kubelet of node n1 did not handle Pod "web" for 10 s or more'


def test_what_the_scenario_itself_has_stopped_is_not_the_clusters_trouble() -> None:
    """Its sentences are about that."""
    stopped = node(ready=False, annotations=OWN_RECORD)

    assert Scene(stopped).absent(waiting()) == ""
    assert Scene(stopped).absent(homeless("0/1 nodes are available: 1 node(s) had untolerated taint")) == ""


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        (Scene(node(unschedulable=True)), 'node n1, on which Pod "web" would fit, is cordoned'),
        (Scene(node(ready=False)), 'node n1, on which Pod "web" would fit, is not ready since 2026-01-01T00:00:00Z: so it is'),
    ],
)
def test_a_pod_that_finds_no_node_for_the_clusters_sake(scene: Scene, text: str) -> None:
    """It must be the node that the Pod would fit on."""
    assert scene.absent(homeless("none")) == text
    assert Scene(*scene.client.objects).absent(homeless("none", nodeSelector={"disktype": "ssd"})) == ""
    assert Scene(*scene.client.objects).absent(homeless("none", cpu="3")) == ""


def test_neighbours_that_hold_what_a_pod_needs() -> None:
    """If it would fit without them."""
    told = 'Pod "web" would fit without the Pods of class-7, which hold the cpu of the nodes'

    assert Scene(node(), neighbour("1500m")).absent(homeless(FULL)) == told
    assert Scene(node(), neighbour("1500m")).absent(homeless(FULL, cpu="3")) == ""
    assert Scene(node(), neighbour("500m"), neighbour("1500m", "lab")).absent(homeless(FULL)) == ""
    assert Scene(node(), neighbour("1500m", "kube-system")).absent(homeless(FULL)) == ""


def test_a_label_that_another_scenario_has_left() -> None:
    """It concerns Pods that are placed by the label."""
    left = node(annotations={"undo.kubelab/lab-dead": '{"labels": {"disktype": null}}'})
    web = thing("DaemonSet", "web", spec={"template": {"spec": {"nodeSelector": {"disktype": "ssd"}}}})

    assert Scene(left).absent(web) == "node n1 has its label disktype from scenario lab-dead"
    assert Scene(left).absent(WEB) == ""


def test_a_cluster_without_workers() -> None:
    """There is no other node for a Pod that must not be beside another one."""
    only = changed(node(), metadata={"labels": {"node-role.kubernetes.io/control-plane": ""}})
    apart = "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules."

    assert Scene(only).absent(homeless(apart)) == 'the cluster has no worker nodes, and Pod "web" needs room on another node'
    assert Scene(only, node("n2")).absent(homeless(apart)) == ""


@pytest.mark.parametrize(
    ("spec", "others", "text"),
    [
        ({}, [], 'the cluster has no default StorageClass, which claim "data" needs'),
        ({"storageClassName": "standard"}, [], 'the StorageClass "standard" of the cluster is gone, which claim "data" needs'),
        ({"storageClassName": "fast"}, [], ""),
        ({"storageClassName": ""}, [], ""),
        (
            {"storageClassName": "standard"},
            [
                thing("StorageClass", "standard", metadata={"namespace": ""}, provisioner="rancher.io/local-path"),
                deployment("local-path-provisioner", "local-path-storage"),
            ],
            "local-path-provisioner of local-path-storage has no ready Pod (0 wanted)",
        ),
    ],
)
def test_a_claim_that_nobody_can_bind(spec: Any, others: list[Any], text: str) -> None:
    """A class that no cluster has is the lab's own mistake."""
    claim = thing("PersistentVolumeClaim", "data", spec=spec, status={"phase": "Pending"})
    volumes = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]

    assert Scene(node(), claim, *others).absent(claim) == text
    assert Scene(node(), claim, *others).absent(waiting(spec={"volumes": volumes})) == text


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            'Internal error occurred: failed calling webhook "pods.example.com": failed to call webhook: no endpoints',
            'the webhook "pods.example.com" of the cluster does not answer: failed to call webhook: no endpoints',
        ),
        (
            'admission webhook "pods.example.com" denied the request: not today',
            'the webhook "pods.example.com" of the cluster refuses an object of the lab: not today',
        ),
        ("ValidatingAdmissionPolicy 'kubelab' with binding 'kubelab' denied request: stay at home", ""),
        ('pods "web" is forbidden: exceeded quota', ""),
    ],
)
def test_a_webhook_that_refuses(message: str, text: str) -> None:
    """That refuses the lab itself, kubectl or a controller."""
    by_a_controller = Scene(node())
    by_a_controller.put(event(WEB, "FailedCreate", message))

    assert Scene(node()).judged(Refused(403, "Forbidden", message)).removesuffix(" (Forbidden)") == text
    assert Scene(node()).absent(said=message) == text
    assert by_a_controller.absent(WEB) == text


NAMELESS = (node(), deployment("coredns"))


def test_a_name_that_does_not_resolve_without_a_name_server() -> None:
    """As the sentence, its answer, or a container's log says."""
    told = "coredns of kube-system has no ready Pod (0 wanted)"
    running = pod(node="n1", phase="Running", status={**STARTED, "containerStatuses": [{"name": "main", "state": {"running": {}}}]})

    assert Scene(*NAMELESS).absent(WEB, said="no answer: curl: (6) Could not resolve host: web") == told
    assert Scene(*NAMELESS).absent(WEB, sentence='"web" resolves to the cluster IP') == told
    assert Scene(*NAMELESS, log="nslookup: can't resolve 'db'").absent(running) == told
    assert Scene(*NAMELESS, log="ready to serve").absent(running) == ""
    assert Scene(*NAMELESS, system_pod("coredns-1", app="coredns")).absent(WEB, said="could not resolve host") == ""
    assert (
        Scene(*NAMELESS, system_pod("coredns-1", app="coredns", at=ago(4)))
        .absent(WEB, said="could not resolve host")
        .startswith("coredns of kube-system had no ready Pod until ")
    )


@pytest.mark.parametrize("reason", ["ErrImagePull", "CreateContainerConfigError"])
def test_what_the_lab_has_got_wrong_stays_its_failure(reason: str) -> None:
    """Whatever else is down: the name server, the controllers and all the rest."""
    broken = pod(node="n1", waiting=reason, status=STARTED)
    scene = Scene(*NAMELESS, system_pod("kcm", component="kube-controller-manager", ready=False))

    assert scene.absent(WEB, changed(broken, metadata={"ownerReferences": []})) == ""


def test_what_the_lab_has_written_down_wrongly_stays_its_failure() -> None:
    """No controller could have changed it, and the API server that refuses it runs."""
    down = system_pod("kcm", component="kube-controller-manager", ready=False)

    assert Scene(node(), down).absent(WEB, declared=True) == ""
    assert Scene(node(), down).judged(Refused(422, "Invalid", "spec.replicas: must not be negative")) == ""


def test_a_request_that_is_not_answered_while_the_network_of_a_node_is_down() -> None:
    """A page that came back is different."""
    web = thing("Service", "web")
    proxy = system_pod("kube-proxy-1", daemon="kube-proxy", ready=False)
    frozen = changed(system_pod("kube-proxy-1", daemon="kube-proxy"), metadata={"labels": {"k8s-app": "kube-proxy"}})
    daemon = thing("DaemonSet", "node-routes", metadata={"namespace": SYSTEM}, spec={})

    assert (
        Scene(node(), proxy).absent(web, said="no answer: curl: (28)") == "kube-proxy-1 on node n1 is not ready since 2026-01-01T00:00:00Z"
    )
    assert Scene(node(), proxy).absent(web, said="status 200: Welcome") == ""
    assert (
        Scene(node(), frozen, programs={"10256": SILENT}).absent(web, said="no answer")
        == "kube-proxy-1 on node n1 does not answer its health check"
    )
    assert Scene(node(), daemon).absent(web, said="no answer") == "node-routes has no Pod on node n1"


def test_an_addon_that_is_down_affects_what_goes_through_it() -> None:
    """An Ingress, or a Service that waits for a load balancer's address."""
    controller = deployment("ingress-nginx-controller", "ingress-nginx")

    assert (
        Scene(node(), controller).absent(thing("Ingress", "web"), said="no answer").startswith("ingress-nginx-controller of ingress-nginx")
    )
    assert Scene(node(), controller).absent(thing("Service", "web"), said="no answer") == ""


def test_a_class_that_is_gone_affects_its_ingresses() -> None:
    """Even if the controller's own page answers; a class that never existed is the lab's mistake."""
    served = [node(), changed(deployment("ingress-nginx-controller", "ingress-nginx"), spec={"replicas": 0})]
    ours, theirs = (thing("Ingress", "web", spec={"ingressClassName": one}) for one in ("nginx", "traefik"))
    there = thing("IngressClass", "nginx", metadata={"namespace": ""})

    gone = 'the IngressClass "nginx" of the cluster is gone, which the ingress controller serves'
    assert Scene(*served).absent(ours, said="status 404") == gone
    assert Scene(*served).absent(thing("Ingress", "web", spec={}), said="status 404") == gone
    assert Scene(*served).absent(theirs, said="status 404") == ""
    assert Scene(*served, there).absent(ours, said="status 404") == ""
    assert Scene(node()).absent(ours, said="status 404") == ""


def test_an_api_server_that_was_out_of_reach() -> None:
    """For so long that much may have been late."""
    scene = Scene(node(), seconds=0)
    scene.store.interrupted("Pod", "connection refused")
    scene.clock.now += 12
    scene.store.resumed("Pod", lost=False)

    assert scene.absent(WEB) == "the API server was unreachable for 12 s"


def test_each_kind_is_listed_at_most_once() -> None:
    """A failure costs only a few requests."""
    scene = Scene(node(), CONTROLLERS, SCHEDULER)

    assert scene.judged(LabFailure("There is no object to apply.")) == ""
    assert max(scene.client.asked.count(kind) for kind in ("Node", "Event", "Deployment")) == 1
