"""Why a workload or a Pod does not become what it should be."""

from typing import Any

import pytest

from tests.unit.diagnostics.world import Cluster, World
from tests.unit.objects import changed, pod, thing

NODES = [
    thing("Node", "one", metadata={"labels": {"disktype": "hdd"}}, status={"allocatable": {"cpu": "2", "memory": "4Gi"}}),
    thing("Node", "two", spec={"taints": [{"key": "gpu", "value": "a", "effect": "NoSchedule"}]}),
]


def unplaced(message: str, **spec: Any) -> Any:
    """A Pod for which the scheduler finds no node."""
    scheduled = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}
    return pod(spec=spec, status={"conditions": [scheduled]})


def affinity(*expressions: dict[str, Any]) -> dict[str, Any]:
    """A required node affinity."""
    terms = {"nodeSelectorTerms": [{"matchExpressions": list(expressions)}]}
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}}


CLAIMED = {"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]}


@pytest.mark.parametrize(
    ("item", "beside", "cause"),
    [
        (
            unplaced("didn't match Pod's node affinity/selector", nodeSelector={"disktype": "ssd"}),
            [],
            "its nodeSelector wants disktype=ssd; no node has it (nodes: one has disktype=hdd, two)",
        ),
        (
            unplaced("didn't match", affinity=affinity({"key": "disktype", "operator": "In", "values": ["ssd"]})),
            [],
            "its node affinity wants disktype=ssd; no node has it (nodes: one has disktype=hdd, two)",
        ),
        (
            unplaced("didn't match", affinity=affinity({"key": "gpu", "operator": "Exists"})),
            [],
            "its node affinity wants gpu Exists; no node has it (nodes: one, two)",
        ),
        (
            unplaced("2 Insufficient cpu.", containers=[{"name": "a", "resources": {"requests": {"cpu": "500"}}}]),
            [],
            "it requests cpu 500, more than a node has free (nodes: one cpu 2, memory 4Gi, two cpu None, memory None)",
        ),
        (unplaced("1 node(s) had untolerated taint(s)"), [], "it tolerates no taint of these nodes: two gpu=a:NoSchedule"),
        (
            unplaced('persistentvolumeclaim "data" not found', **CLAIMED),
            [thing("PersistentVolumeClaim", "date")],
            'its volume claim "data" does not exist (there is: date)',
        ),
        (
            unplaced("pod has unbound immediate PersistentVolumeClaims", **CLAIMED),
            [thing("PersistentVolumeClaim", "data", spec={"storageClassName": "fast"}), thing("StorageClass", "standard")],
            'its volume claim "data" is Pending: there is no StorageClass "fast" (there is: standard)',
        ),
        (
            unplaced("pod has unbound immediate PersistentVolumeClaims", **CLAIMED),
            [thing("PersistentVolumeClaim", "data", spec={})],
            'its volume claim "data" is Pending: it names no StorageClass, and no PersistentVolume fits it',
        ),
    ],
    ids=["selector", "affinity", "exists", "room", "taint", "claim missing", "class missing", "no class"],
)
def test_a_pod_that_finds_no_place(item: Any, beside: list[Any], cause: str) -> None:
    """Its own requirements, and what the nodes have."""
    assert World((item,), Cluster([*NODES, *beside])).why() == [f'Pod "web" is Pending: {cause}']


@pytest.mark.parametrize(
    ("spec", "cause"),
    [
        ({"volumes": [{"configMap": {"name": "conf"}}]}, 'ConfigMap "conf", which does not exist (there is: settings)'),
        ({"volumes": [{"secret": {"secretName": "key"}}]}, 'Secret "key", which does not exist (there is none)'),
        ({"volumes": [{"projected": {"sources": [{"secret": {"name": "key"}}]}}]}, 'Secret "key", which does not exist (there is none)'),
        (
            {"volumes": [{"configMap": {"name": "settings", "items": [{"key": "colr"}]}}]},
            'the key "colr" of ConfigMap "settings", which has color',
        ),
        ({"containers": [{"envFrom": [{"secretRef": {"name": "key"}}]}]}, 'Secret "key", which does not exist (there is none)'),
        (
            {"containers": [{"env": [{"valueFrom": {"configMapKeyRef": {"name": "settings", "key": "colour"}}}]}]},
            'the key "colour" of ConfigMap "settings", which has color',
        ),
    ],
)
def test_what_a_pod_refers_to_and_is_not_there(spec: dict[str, Any], cause: str) -> None:
    """By name and key: no value is shown."""
    settings = thing("ConfigMap", "settings", data={"color": "blue"})
    own = thing("ConfigMap", "kube-root-ca.crt", data={"ca.crt": "x"})

    assert World((pod(spec=spec),), Cluster([settings, own])).why() == [f'Pod "web" refers to {cause}']


def test_what_may_be_missing() -> None:
    """An optional reference, and the cluster's own certificate."""
    spec = {"volumes": [{"configMap": {"name": "conf", "optional": True}}, {"configMap": {"name": "kube-root-ca.crt"}}]}

    assert World((pod(spec=spec),)).why() == []


def ended(code: int, *, again: bool = False, **more: Any) -> Any:
    """A Pod whose container ended."""
    state = {"terminated": {"exitCode": code, **more}}
    status = {"name": "main", "restartCount": int(again), "state": {"waiting": {"reason": "CrashLoopBackOff"}} if again else state}
    return pod(phase="Running", status={"containerStatuses": [status | ({"lastState": state} if again else {})]})


@pytest.mark.parametrize(
    ("item", "log", "cause"),
    [
        (
            ended(127, again=True),
            "one\nsh: foo: not found\n\nready\n",
            "ended with exit code 127: command not found; its log ends: sh: foo: not found / ready",
        ),
        (ended(1), "", "ended with exit code 1; its log is empty"),
        (ended(1), "unable to retrieve container logs for containerd://1", "ended with exit code 1; its log is no longer there"),
        (ended(0, again=True), "done\n", "ends by itself (exit code 0): its command is done; its log ends: done"),
        (
            ended(128, reason="StartError", message='exec: "/nope": no such file or directory'),
            "",
            'ended with exit code 128: the container could not be started: exec: "/nope": no such file or directory; its log is empty',
        ),
    ],
)
def test_a_container_that_ended(item: Any, log: str, cause: str) -> None:
    """With the meaning of its exit code, and its last log lines."""
    assert World((item,), Cluster(log=log)).why() == [f'container "main" of Pod "web" {cause}']


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (
            'Back-off pulling image "nginx:9": ErrImagePull: rpc error: nginx:9: not found',
            "there is no such image here, or no such tag of it",
        ),
        ("a sad registry", "ImagePullBackOff: a sad registry"),
    ],
)
def test_an_image_that_cannot_be_pulled(message: str, why: str) -> None:
    """By the name that the container declares."""
    status = {"name": "main", "state": {"waiting": {"reason": "ImagePullBackOff", "message": message}}}
    item = pod(image="nginx:9", status={"containerStatuses": [status]})

    assert World((item,)).why() == [f'container "main" of Pod "web" cannot get its image nginx:9: {why}']


def test_a_log_that_cannot_be_read() -> None:
    """The text says so."""
    assert World((ended(1),), Cluster(away=True)).why() == ['container "main" of Pod "web" ended with exit code 1; its log cannot be read']


def test_a_container_that_ended_well() -> None:
    """It is not a cause if it is not started again, nor is an init container, nor one that runs again."""
    assert World((changed(ended(0), spec={"restartPolicy": "OnFailure"}),)).why() == []
    first = {"initContainerStatuses": [{"name": "first", "state": {"terminated": {"exitCode": 0}}}]}
    assert World((pod(phase="Running", status=first),)).why() == []
    assert World((pod(ready=True, restarts=3),)).why() == []


def test_a_container_that_should_have_run_on() -> None:
    """Between two of its runs too, when the kubelet does not hold it back yet."""
    told = ['container "main" of Pod "web" ends by itself (exit code 0): its command is done; its log is empty']

    assert World((ended(0),)).why() == told


def test_a_probe() -> None:
    """Its request, and how often it failed."""
    item = pod(phase="Running", spec={"containers": [{"name": "main", "readinessProbe": {"tcpSocket": {"port": 81}}}]})
    concerned = {"uid": "uid-web", "fieldPath": "spec.containers{main}"}
    said = "Readiness probe failed: dial tcp 10.0.0.1:81: connect: connection refused"
    events = [thing("Event", f"e{number}", reason="Unhealthy", message=said, involvedObject=concerned) for number in range(2)]

    found = World((item, *events)).why(item)

    assert found == ['Pod "web" is not ready: its readiness probe is refused on port 81; the container names no port (2 times)']


@pytest.mark.parametrize(
    ("item", "cause"),
    [
        (thing("Deployment", "web", spec={"paused": True}), "is paused (spec.paused: true): its pods change only once it is resumed"),
        (thing("Deployment", "web", spec={"replicas": 0}), "wants 0 pods (spec.replicas: 0)"),
        (
            thing(
                "StatefulSet",
                "web",
                spec={"replicas": 3, "updateStrategy": {"rollingUpdate": {"partition": 2}}},
                status={"updatedReplicas": 1},
            ),
            "has the partition 2: only pods with that number or a higher one are replaced (1 of 3 have its latest template)",
        ),
        (
            thing(
                "DaemonSet",
                "web",
                spec={"updateStrategy": {"type": "OnDelete"}},
                status={"desiredNumberScheduled": 2, "updatedNumberScheduled": 0},
            ),
            "has the updateStrategy OnDelete: its pods are replaced only when they are deleted (0 of 2 have its latest template)",
        ),
        (
            thing("DaemonSet", "web", spec={"template": {"spec": {"nodeSelector": {"disktype": "ssd"}}}}),
            "creates no pods: its nodeSelector wants disktype=ssd; no node has it (nodes: one has disktype=hdd, two)",
        ),
        (thing("CronJob", "web", spec={"suspend": True}), "is suspended (spec.suspend: true): it starts no Jobs"),
        (thing("Job", "web", spec={"suspend": True}), "is suspended (spec.suspend: true): it starts no pods"),
        (
            thing("CronJob", "web", spec={"schedule": "0 5 * * *", "timeZone": "Asia/Seoul"}),
            'has the schedule "0 5 * * *" (Asia/Seoul) and has created no Job yet',
        ),
        (
            thing(
                "CronJob",
                "web",
                spec={"schedule": "* * * * *", "concurrencyPolicy": "Forbid"},
                status={"active": [{}], "lastScheduleTime": "2026-01-01T00:00:00Z"},
            ),
            'has the schedule "* * * * *" and created its last Job at 2026-01-01T00:00:00Z; concurrencyPolicy Forbid, running now: 1',
        ),
        (
            thing("Job", "web", spec={"backoffLimit": 1}, status={"failed": 2, "conditions": [{"type": "Failed", "status": "True"}]}),
            "has 2 failed pods, its backoffLimit is 1: it has failed",
        ),
        (thing("Job", "web", spec={}, status={"failed": 2}), "has 2 failed pods, its backoffLimit is 6"),
        (
            thing(
                "Job",
                "web",
                spec={"activeDeadlineSeconds": 5},
                status={"conditions": [{"type": "Failed", "status": "True", "reason": "DeadlineExceeded"}]},
            ),
            "took longer than its activeDeadlineSeconds (5 s)",
        ),
    ],
)
def test_what_a_workload_declares(item: Any, cause: str) -> None:
    """And the consequences."""
    assert World((item,), Cluster(NODES)).why() == [f'{item["kind"]} "web" {cause}']


def test_a_workload_that_is_well() -> None:
    """OnDelete and a partition are not a cause if nothing is left to replace."""
    item = thing("StatefulSet", "web", spec={"replicas": 1, "updateStrategy": {"type": "OnDelete"}}, status={"updatedReplicas": 1})

    assert World((item,)).why() == []


def test_an_old_replica_set_is_empty_for_a_reason() -> None:
    """Its Deployment wants that."""
    deployment = thing("Deployment", "web", spec={"replicas": 1})

    assert World((deployment, thing("ReplicaSet", "web-1", owner=deployment, spec={"replicas": 0}))).why() == []


def test_one_of_several_equal_pods_is_reported() -> None:
    """The first of them."""
    owner = thing("ReplicaSet", "web", spec={"replicas": 2})
    alike = [unplaced("didn't match", nodeSelector={"disktype": "ssd"}) for _ in range(2)]
    for number, one in enumerate(alike):
        one["metadata"] |= {"name": f"web-{number}", "uid": f"uid-{number}"}
        one["metadata"]["ownerReferences"] = [{"controller": True, "uid": "uid-web"}]

    found = World((owner, *alike), Cluster(NODES)).why()

    assert [text.partition(" is")[0] for text in found] == ['Pod "web-0"']


def test_of_several_pods_one_with_a_cause_is_reported() -> None:
    """The first one runs and is not ready, and nothing tells why."""
    owner = thing("ReplicaSet", "web", spec={"replicas": 2})
    alike = [pod(phase="Running"), ended(3)]
    for number, one in enumerate(alike):
        one["metadata"] |= {"name": f"web-{number}", "uid": f"uid-{number}"}
        one["metadata"]["ownerReferences"] = [{"controller": True, "uid": "uid-web"}]

    assert [text.partition(" ended")[0] for text in World((owner, *alike)).why()] == ['container "main" of Pod "web-1"']


def test_a_pod_that_finds_no_room_beside_others_of_the_lab() -> None:
    """The Pods that use it are named, including one that is being deleted and is not gone yet."""
    room = {"containers": [{"name": "a", "resources": {"requests": {"cpu": "1100m"}}}]}
    first = pod("first", node="one", spec=room)
    first["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"

    [cause] = World((unplaced("1 Insufficient cpu.", **room), first, pod("other", node="one")), Cluster([*NODES])).why()

    assert cause.endswith("two cpu None, memory None; first on one holds cpu 1100m, and is being deleted)")
