"""The state of a pod, in the few words a person would use."""

from typing import Any

import pytest

from kubelab.conditions.in_words import in_words, pod_in_words, pods_in_words, shortened
from tests.unit.objects import changed, ending, pod, thing

READY = pod("web", ready=True, node="worker")
LOST = changed(READY, status={"conditions": [{"type": "Ready", "status": "False"}]})


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (pod("web"), "web, Pending"),
        (READY, "web on worker, Running, Ready"),
        (LOST, "web on worker, Running, not ready"),
        (pod("web", phase="Running"), "web, Running, 0/1 ready"),
        (ending(LOST), "web on worker, Terminating"),
    ],
    ids=["not begun", "ready", "on a lost node", "begun", "asked to end"],
)
def test_a_pod_in_words(found: dict[str, Any], words: str) -> None:
    """The control plane's state of a pod takes precedence over what its containers last reported."""
    assert pod_in_words(found) == words


def test_what_keeps_several_pods_from_a_node_is_said_once() -> None:
    """The others have their own state."""
    unplaced = {"conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/2 nodes"}]}
    found = [pod("a", status=unplaced), pod("b"), pod("c", status=unplaced), pod("d")]

    assert pods_in_words(found) == "a, c, Pending, Unschedulable: 0/2 nodes; b, Pending; d, Pending"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (thing("Deployment", "web", spec={"paused": True}, status={"replicas": 2}), "web, paused, 2 replicas"),
        (thing("DaemonSet", "web", spec={"updateStrategy": {"type": "OnDelete"}}), "web, updateStrategy OnDelete"),
        (
            thing("CronJob", "web", spec={"suspend": True, "schedule": "0 5 * * *"}),
            'web, suspended, schedule "0 5 * * *", last Job none yet',
        ),
        (thing("ConfigMap", "web", data={"a": "b"}), "web"),
        (thing("Secret", "web", data={"a": "b"}), "web"),
    ],
)
def test_an_object_in_words(item: dict[str, Any], words: str) -> None:
    """Fields of its declaration that determine its behaviour, and its numbers; never the data of a Secret."""
    assert in_words(item) == words


def test_a_service_in_words() -> None:
    """Its type, its selector, and from which port to which."""
    ports = [{"port": 80, "targetPort": "http", "nodePort": 30080, "protocol": "TCP"}, {"port": 53, "protocol": "UDP"}]
    item = thing("Service", "web", spec={"type": "NodePort", "selector": {"app": "web"}, "ports": ports})

    assert in_words(item) == "web, NodePort, selects app=web, port 80 → http, node port 30080, port 53 UDP → 53"
    assert in_words(thing("Service", "web", spec={"clusterIP": "None"})) == "web, ClusterIP, headless, without a selector"
    other = thing("Service", "web", spec={"type": "ExternalName", "externalName": "example.com"})
    assert in_words(other) == "web, ExternalName, stands for example.com"


def test_an_ingress_in_words() -> None:
    """Its class, each host and path with its Service, and its certificates by name."""
    to_web = {"service": {"name": "web", "port": {"number": 80}}}
    rules = [
        {"host": "a.example.com", "http": {"paths": [{"path": "/x", "backend": to_web}]}},
        {"http": {"paths": [{"backend": to_web}] * 7}},
    ]
    tls = [{"secretName": "key", "hosts": ["a.example.com"]}, {}]
    item = thing(
        "Ingress", "door", spec={"ingressClassName": "nginx", "rules": rules, "tls": tls, "defaultBackend": {"service": {"name": "x"}}}
    )

    assert in_words(item) == ", ".join(
        [
            "door, class nginx, a.example.com/x → web:80",
            *["any host/ → web:80"] * 5,
            "2 more",
            "all else → x:no port",
            "TLS Secret key for a.example.com",
            "TLS Secret none for no host",
        ]
    )
    assert in_words(thing("Ingress", "door", spec={"defaultBackend": to_web})) == "door, no class, all else → web:80"


def test_a_container_that_looks_well_between_two_bad_ends() -> None:
    """It runs, and has ended before."""
    ended = {"terminated": {"exitCode": 1, "reason": "Error"}}
    status = {"name": "main", "ready": True, "restartCount": 2, "state": {"running": {}}, "lastState": ended}

    told = pod_in_words(pod(ready=True, status={"containerStatuses": [status]}))

    assert told.startswith("web, Running, Ready, restarted 2 times, the last run ended with exit code 1")


SHIM = "failed to create containerd task: failed to create shim task: OCI runtime create failed: "
CRUN = "executable file `/nope` not found: No such file or directory"
RUNC = 'exec: "/nope": stat /nope: no such file or directory'


@pytest.mark.parametrize(
    ("told", "shown"),
    [(f"{SHIM}{CRUN}: unknown", CRUN), (f"{SHIM}runc create failed: unable to start container process: {RUNC}: unknown", RUNC)],
    ids=["crun", "runc"],
)
def test_what_programs_put_around_a_message_is_left_out(told: str, shown: str) -> None:
    """The prefixes of both runtimes."""
    assert shortened(told) == shown
