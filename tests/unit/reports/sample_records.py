"""Records as the labs in features/ leave them: a replaced Pod, a rollout, answers of a Service, a missing image, and so on."""

from collections.abc import Iterator
from dataclasses import replace

from kubelab.records.scenario_record import (
    Answers,
    ClusterEvent,
    RunFacts,
    RunningImage,
    ScenarioRecord,
    Section,
    Sentence,
    StateChange,
    Wait,
)

RUN = RunFacts("20250804-120000-4711", "2025-08-04T12:00:00.000Z", "0.1.0", "1.34.1", "kubelab", "kind")
NODES = ("kubelab-worker", "kubelab-worker2", "kubelab-worker3")


def said(line: int, text: str, began: float, took: float = 0.01, kind: str = "then", kubectl: str = "") -> Sentence:
    """A sentence that passed at once."""
    return Sentence(line, kind.title(), text, kind, "passed", began, took, kubectl=kubectl)


def waited(line: int, text: str, began: float, took: float, limit: float = 30.0, seen: str = "3/3 ready") -> Sentence:
    """A sentence that passed after a wait."""
    return replace(said(line, text, began, took + 0.01), waits=(Wait(began, took, limit, text, seen, met=True),))


def pod(name: str, uid: str, owner: str, node: str, at: float, ready: float, terminating: float = 0, gone: float = 0) -> list[StateChange]:
    """The states of a Pod: scheduled at once, pulling if it takes more than a second, and perhaps deleted."""
    base = StateChange(at, "Pod", name, "lab-1", uid, "pending", owner, told=("created",))
    on = replace(base, node=node, told=())
    story = [base, replace(on, time=at + 0.012, told=(f"scheduled to {node}",))]
    if ready - at > 1.5:
        story.append(replace(on, time=at + 0.3, state="pulling", told=("pulls nginx:1.15",)))
    story += [
        replace(on, time=ready - 0.4, state="running", told=("Running",)),
        replace(on, time=ready, state="ready", told=("ready",)),
    ]
    if terminating:
        story.append(replace(on, time=terminating, state="terminating", told=("Terminating",)))
    if gone:
        story.append(replace(on, time=gone, state="gone", told=("deleted",)))
    return story


def counted(kind: str, name: str, uid: str, owner: str, *steps: tuple[float, int, int, int]) -> list[StateChange]:
    """The counts of a controller: when, wanted, existing, ready."""
    return [
        StateChange(time, kind, name, "lab-1", uid, owner=owner, counts={"wanted": wanted, "existing": existing, "ready": ready})
        for time, wanted, existing, ready in steps
    ]


def sliced(service: str, *steps: tuple[float, tuple[str, ...]]) -> list[StateChange]:
    """The ready Pods behind a Service."""
    return [
        StateChange(time, "EndpointSlice", f"{service}-x1", "lab-1", f"slice-{service}", endpoints=pods, service=service)
        for time, pods in steps
    ]


def passed(lab: str, title: str, line: int, seconds: float, **more: object) -> ScenarioRecord:
    """A scenario that passed, of a lab "chapter/file: Its title"."""
    place, _, name = lab.partition(": ")
    feature = f"features/{place}.feature"
    record = ScenarioRecord(
        f"{feature}::{title}",
        feature,
        name,
        "Log collectors and node monitors must run once on each node; the controller ensures that, whatever happens to a Pod.",
        place.partition("/")[0],
        title,
        line,
        "passed",
        "2025-08-04T12:01:00.000Z",
        seconds,
        RUN,
        setup=0.8,
        namespace="lab-1",
        again=f"pytest '{feature}::{title}'",
    )
    return replace(record, **more)  # type: ignore[arg-type]


def replaced_pod() -> ScenarioRecord:
    """A DaemonSet's Pod is deleted and comes back on its node."""
    told = counted("DaemonSet", "fluentd", "ds", "", (0.2, 3, 0, 0), (0.25, 3, 3, 0), (3.1, 3, 3, 3), (4.0, 3, 3, 2), (7.3, 3, 3, 3))
    pods = [
        *pod("fluentd-4kq2x", "p1", "ds", NODES[0], 0.22, 2.6),
        *pod("fluentd-9zt7m", "p2", "ds", NODES[1], 0.23, 2.9, 3.9, 5.1),
        *pod("fluentd-ww5c8", "p3", "ds", NODES[2], 0.24, 3.1),
        *pod("fluentd-lh6fn", "p4", "ds", NODES[1], 5.15, 7.3),
    ]
    sentences = (
        said(5, 'I apply "fluentd.yaml"', 0.1, 0.1, "given", "kubectl apply -f manifests/controllers/fluentd.yaml"),
        waited(6, 'DaemonSet "fluentd" is rolled out', 0.2, 2.95),
        said(13, "I delete a DaemonSet pod", 3.8, 0.1, "when", "kubectl delete pod fluentd-9zt7m"),
        waited(14, "a replacement appears on the same node", 3.9, 3.4),
    )
    record = passed(
        "controllers/daemon_set: A DaemonSet keeps one Pod on every worker node", "A deleted Pod comes back on its node", 12, 7.4
    )
    return replace(record, sentences=sentences, timeline=tuple(sorted([*told, *pods], key=lambda one: one.time)))


def rollout() -> ScenarioRecord:
    """A rolling update of three Pods, one by one, from one ReplicaSet to another."""
    old, new = "deploy-nginx-6d4cf56db6", "deploy-nginx-7fd9c8b5d4"
    told = [
        *counted("Deployment", "deploy-nginx", "dep", "", (0.1, 3, 0, 0), (2.6, 3, 3, 3), (3.2, 3, 4, 3), (14.2, 3, 3, 3)),
        *counted("ReplicaSet", old, "rs1", "dep", (0.15, 3, 3, 0), (2.2, 3, 3, 1), (2.6, 3, 3, 3), (6.1, 2, 3, 3), (6.2, 2, 2, 2)),
        *counted("ReplicaSet", old, "rs1", "dep", (9.9, 1, 1, 1), (14.0, 0, 0, 0)),
        *counted("ReplicaSet", new, "rs2", "dep", (3.2, 1, 1, 0), (6.0, 1, 1, 1), (6.1, 2, 2, 1), (9.8, 2, 2, 2), (9.9, 3, 3, 2)),
        *counted("ReplicaSet", new, "rs2", "dep", (13.9, 3, 3, 3)),
        *pod(f"{old}-5xk2p", "a1", "rs1", NODES[0], 0.2, 2.2, 6.1, 7.4),
        *pod(f"{old}-j7qwd", "a2", "rs1", NODES[1], 0.2, 2.5, 9.9, 11.2),
        *pod(f"{old}-zz4mt", "a3", "rs1", NODES[2], 0.2, 2.6, 14.0, 15.1),
        *pod(f"{new}-2b9hf", "b1", "rs2", NODES[1], 3.25, 6.0),
        *pod(f"{new}-c4lzs", "b2", "rs2", NODES[2], 6.15, 9.8),
        *pod(f"{new}-t8vkn", "b3", "rs2", NODES[0], 9.95, 13.9),
    ]
    sentences = (
        said(6, 'I apply "deploy-nginx.yaml"', 0.05, 0.05, "given", "kubectl apply -f manifests/controllers/deploy-nginx.yaml"),
        waited(7, 'Deployment "deploy-nginx" is rolled out', 0.1, 2.5),
        said(
            10,
            'I run "kubectl set image deployment deploy-nginx nginx-container=nginx:1.15"',
            3.0,
            0.15,
            "when",
            "kubectl set image deployment deploy-nginx nginx-container=nginx:1.15",
        ),
        waited(11, 'Deployment "deploy-nginx" is rolled out', 3.15, 10.8, 15.0),
        said(12, 'every pod of Deployment "deploy-nginx" runs image "nginx:1.15"', 14.0, kubectl="kubectl get pods -o wide"),
        said(13, 'throughout, Deployment "deploy-nginx" had at least 3 available pods', 14.01),
        said(14, 'throughout, Deployment "deploy-nginx" had at most 4 pods', 14.02),
        said(15, 'the old ReplicaSets of Deployment "deploy-nginx" are empty', 14.03, kubectl="kubectl get replicasets"),
    )
    record = passed(
        "controllers/rolling_update: A rolling update replaces Pods while the others serve",
        "At least three Pods stay available, and at most one is extra",
        9,
        15.2,
    )
    images = (RunningImage("nginx:1.15", "kubelab/nginx:1.15", "built for this node image"),)
    return replace(record, sentences=sentences, timeline=tuple(sorted(told, key=lambda one: one.time)), images=images, points=2)


def answers() -> ScenarioRecord:
    """Twelve requests to a Service, answered by three Pods; the fourth is not ready."""
    names = [f"webui-5c9b8d7f66-{end}" for end in ("4hx8n", "bq2vz", "t7rkd", "x9mls")]
    told = [
        *counted("ReplicaSet", "webui-5c9b8d7f66", "rs", "dep", (0.1, 4, 4, 0), (2.0, 4, 4, 3)),
        *pod(names[0], "w1", "rs", NODES[0], 0.1, 1.8),
        *pod(names[1], "w2", "rs", NODES[1], 0.1, 1.9),
        *pod(names[2], "w3", "rs", NODES[2], 0.1, 2.0),
        *pod(names[3], "w4", "rs", NODES[2], 0.1, 9.0)[:-1],
        *pod("testpod", "t", "", NODES[0], 0.12, 1.2),
        *sliced("clusterip-service", (0.3, ()), (1.8, (names[0],)), (2.0, tuple(names[:3]))),
        StateChange(0.3, "Service", "clusterip-service", "lab-1", "svc", told=("created",)),
    ]
    counts = ((names[0], 5), (names[1], 4), (names[2], 3))
    target = "http://10.100.100.100"
    record = passed(
        "services/cluster_ip: A cluster IP is an address inside the cluster only", "It is reached from a Pod and from a node", 13, 9.6
    )
    return replace(
        record,
        tags=("slow",),
        sentences=(
            said(6, 'I apply "webui.yaml"', 0.05, 0.05, "given", "kubectl apply -f manifests/services/webui.yaml"),
            waited(9, 'Deployment "webui" has 3 ready pods', 0.1, 1.9),
            said(18, f'I request "{target}" from Pod "testpod"', 2.1, 0.2, "when", f"kubectl exec testpod -- wget -qO- {target}"),
            waited(20, "12 such requests are answered by 3 pods", 2.4, 6.2, 10.0, "12 answers of 3 pods"),
        ),
        timeline=tuple(sorted(told, key=lambda one: one.time)),
        answers=tuple(Answers(8.6, 20, target, name, count) for name, count in counts),
    )


def image_failure() -> ScenarioRecord:
    """The image does not exist: the wait ends early, and one sentence is not run."""
    name = "web-6f5d7c9b8-k2x4p"
    made = pod(name, "p", "rs", NODES[0], 0.2, 99.0)[:3]
    bad = replace(made[-1], time=1.4, state="waiting", told=("ErrImagePull",))
    told = [
        *counted("ReplicaSet", "web-6f5d7c9b8", "rs", "dep", (0.15, 1, 1, 0)),
        *made,
        bad,
        replace(bad, time=3.2, told=("ImagePullBackOff",)),
    ]
    sentence = 'Pod "web" is ready'
    missing = 'image "nginx:1.99" does not exist: the registry says manifest unknown'
    wait = Wait(0.2, 3.05, 30.0, f"{sentence} within 30 s", "0/1 ready; ErrImagePull", met=False)
    failed = replace(
        said(7, sentence, 0.2, 3.1), outcome="failed", waits=(wait,), expected=wait.expected, seen=wait.seen, error=f"hopeless: {missing}"
    )
    record = passed("pods/webserver: A web server from YAML", "A mistyped image is told <script>alert(1)</script>", 5, 3.4)
    return replace(
        record,
        outcome="failed",
        cause=missing,
        text=f"FAILED\n  expected  {wait.expected}\n  last saw  {wait.seen}\n  why       {missing}",
        sentences=(
            said(6, 'I apply "web.yaml"', 0.1, 0.1, "given", "kubectl apply -f manifests/pods/web.yaml"),
            replace(failed, kubectl="kubectl get pod web"),
            Sentence(8, "When", 'I request "http://web"', "when", "not run"),
        ),
        timeline=tuple(told),
        events=(
            ClusterEvent(0.2, "Normal", "Scheduled", "Pod", name, f"Successfully assigned lab-1/{name} to {NODES[0]}"),
            ClusterEvent(1.4, "Warning", "Failed", "Pod", name, 'Failed to pull image "nginx:1.99": manifest unknown', 2),
            ClusterEvent(3.2, "Warning", "BackOff", "Pod", name, 'Back-off pulling image "nginx:1.99"', 3),
        ),
        evidence=(
            Section("objects", ("Pod web-6f5d7c9b8-k2x4p: Pending, ErrImagePull", "  node kubelab-worker")),
            Section(f"logs of {name}", tuple(f"line {number} of the log" for number in range(120))),
        ),
    )


def skipped() -> ScenarioRecord:
    """A cluster without a load balancer."""
    record = passed("services/load_balancer: A load balancer is an address outside", "It has an address", 8, 0.0)
    return replace(record, outcome="skipped", reason='this cluster has no addresses for "LoadBalancer"', setup=0.0, namespace="")


def could_not_judge() -> ScenarioRecord:
    """The API server did not answer."""
    record = passed("ingress/by_host: An Ingress chooses by host", "Two hosts, two Services", 11, 2.0)
    told = "the API server of kubelab did not answer for 10 s: connection refused"
    error = replace(said(5, 'I apply "ingress.yaml"', 0.1, 1.9, "given"), outcome="error", error=told)
    return replace(record, outcome="error", cause=told, text=f"ERROR\n  {told}", sentences=(error,))


def without_pods() -> ScenarioRecord:
    """A lab about a Service alone."""
    change = StateChange(0.2, "Service", "web", "lab-1", "svc", told=("created",))
    record = passed("services/defaults: What a Service gets without being asked", "Its type is ClusterIP", 4, 0.4)
    sentences = (said(3, 'I apply "web.yaml"', 0.1, 0.1, "given"), said(5, 'Service "web" matches', 0.3))
    return replace(record, sentences=sentences, timeline=(change,))


def nothing_known() -> ScenarioRecord:
    """The record of a scenario whose worker died: every field that may be empty is."""
    return ScenarioRecord("x.feature::Nothing", "x.feature", "", "", "", "Nothing", 1, "error", "", 0.0, RunFacts("", "", ""))


def every_kind() -> list[ScenarioRecord]:
    """One record of each of the above."""
    made = (replaced_pod, rollout, answers, image_failure, skipped, could_not_judge, without_pods, nothing_known)
    return [make() for make in made]


def course(count: int = 215) -> Iterator[ScenarioRecord]:
    """As many scenarios as all labs have, most of them passed, on two clusters."""
    good = (replaced_pod, rollout, answers, without_pods, rollout, replaced_pod)
    bad = (image_failure, skipped, could_not_judge)
    for number in range(count):
        record = bad[number // 20 % 3]() if number % 20 == 7 else good[number % 6]()
        lab = f"{record.feature.removesuffix('.feature')}_{number // 36}.feature"
        title = f"{record.scenario} ({number})"
        yield replace(record, id=f"{lab}::{title}", feature=lab, scenario=title, again=f"pytest '{lab}::{title}'")
