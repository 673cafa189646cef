"""Partial objects and their differences."""

from typing import Any

import pytest

from kubelab.client.flow import flow
from kubelab.conditions.fields.comparison import differences
from kubelab.conditions.fields.matches import as_declared, matches
from kubelab.conditions.fields.partial import parse
from kubelab.manifests.quantities import amount, is_quantity
from tests.unit.conftest import Look
from tests.unit.objects import thing
from tests.unit.scripted import Lab

CONTAINERS = [
    {"name": "side", "image": "busybox", "command": ["sh", "-c", "ls"]},
    {"name": "nginx", "image": "nginx:1.14", "ports": [{"containerPort": 80, "name": "http"}]},
]
FOUND = {
    "metadata": {"labels": {"version": "1.1"}},
    "spec": {
        "replicas": 3,
        "paused": False,
        "template": {"spec": {"containers": CONTAINERS}},
        "finalizers": ["b", "a"],
        "resources": {"limits": {"cpu": "500m", "memory": "1Gi"}},
        "emptied": {},
    },
    "status": {"readyReplicas": 2},
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("spec: {replicas: 3, paused: false}", []),
        ("spec: {replicas: 2}", ["spec.replicas: wanted 2, found 3"]),
        ("spec: {paused: 0}", ["spec.paused: wanted 0, found false"]),
        ("spec: {missing: x}", ["spec.missing: wanted x, but it is not set"]),
        ("spec: {missing: false}", ["spec.missing: wanted false, but it is not set"]),
        ("spec: {replicas: {a: 1}}", ["spec.replicas: wanted {a: 1}, found 3"]),
        ("spec: {replicas: [1]}", ["spec.replicas: wanted [1], found 3"]),
        ("spec: {replicas: !at-least 3}", []),
        ("spec: {replicas: !at-least 4}", ["spec.replicas: wanted at least 4, found 3"]),
        ("spec: {missing: !at-least 4}", ["spec.missing: wanted at least 4, but it is not set"]),
        ("spec: {replicas: !at-most 3, nothing: !at-most 0}", []),
        ("spec: {nothing: !at-most -1}", ["spec.nothing: wanted at most -1, but it is not set"]),
        ("spec: {replicas: !at-most 2}", ["spec.replicas: wanted at most 2, found 3"]),
        ("spec: {paused: !at-least 0}", ["spec.paused: wanted at least 0, found false"]),
        ("spec: {paused: !matches 'false|x', replicas: !matches '[0-9]'}", []),
        ("spec: {resources: !matches '.*'}", ["spec.resources: wanted a string that matches .*, found {limits: {cpu: 500m, memory: 1Gi}}"]),
        ("spec: {missing: !matches '.*'}", ["spec.missing: wanted a string that matches .*, but it is not set"]),
        ("status: {unavailableReplicas: !absent}", []),
        ("status: {readyReplicas: !absent}", ["status.readyReplicas: must not be set, found 2"]),
        ("spec: {affinity: {nodeAffinity: !absent}}", []),
        ("spec: {affinity: {nodeAffinity: {a: !absent}, b: !at-most 1}}", []),
        (
            "spec: {affinity: {nodeAffinity: !absent, podAffinity: {a: 1}}}",
            ["spec.affinity: wanted {nodeAffinity: !absent, podAffinity: {a: 1}}, but it is not set"],
        ),
        ("spec: {replicas: {a: !absent}}", ["spec.replicas: wanted {a: !absent}, found 3"]),
        ("spec: {emptied: {}}", []),
        ("spec: {resources: {}}", ["spec.resources: wanted {}, found {limits: {cpu: 500m, memory: 1Gi}}"]),
        ("spec: {missing: {}}", ["spec.missing: wanted {}, but it is not set"]),
        (r'spec: {template: {spec: {containers: [{name: nginx, image: !matches "nginx:1\\..*"}]}}}', []),
        (
            "spec: {template: {spec: {containers: [{name: nginx, image: 'nginx:1.15'}]}}}",
            ["spec.template.spec.containers[name=nginx].image: wanted nginx:1.15, found nginx:1.14"],
        ),
        (
            "spec: {template: {spec: {containers: [{name: web}]}}}",
            ["spec.template.spec.containers[name=web]: there is no such entry, only side, nginx"],
        ),
        ("spec: {finalizers: [{name: x}]}", ["spec.finalizers: wanted {name: x} in it, found [b, a]"]),
        ("spec: {template: {spec: {containers: [{image: busybox}]}}}", []),
        ("spec: {template: {spec: {containers: [{image: docker.io/library/busybox:latest}]}}}", []),
        ("spec: {template: {spec: {containers: [{name: nginx, image: docker.io/library/nginx:1.14}]}}}", []),
        (
            "spec: {template: {spec: {containers: [{image: httpd}]}}}",
            [f"spec.template.spec.containers: wanted {{image: httpd}} in it, found {flow(CONTAINERS)}"],
        ),
        ("spec: {template: {spec: {containers: [{name: nginx, ports: [{containerPort: 80}]}]}}}", []),
        ("spec: {template: {spec: {containers: [{name: side, command: [sh, -c, ls]}]}}}", []),
        (
            "spec: {template: {spec: {containers: [{name: side, command: [ls, -c, sh]}]}}}",
            ["spec.template.spec.containers[name=side].command: wanted [ls, -c, sh], found [sh, -c, ls]"],
        ),
        (
            "spec: {template: {spec: {containers: [{name: side, command: [sh, -c]}]}}}",
            ["spec.template.spec.containers[name=side].command: wanted [sh, -c], found [sh, -c, ls]"],
        ),
        ("spec: {finalizers: [a, b]}", []),
        ("spec: {finalizers: [c]}", ["spec.finalizers: wanted c in it, found [b, a]"]),
        ("spec: {finalizers: [a, a]}", ["spec.finalizers: wanted a in it, found [b, a]"] * 2),
        ('spec: {resources: {limits: {cpu: "0.5", memory: 1024Mi}}}', []),
        ("spec: {resources: {limits: {cpu: 0.5}}}", []),
        ("spec: {resources: {limits: {cpu: 1}}}", ["spec.resources.limits.cpu: wanted 1, found 500m"]),
        ("metadata: {labels: {version: '1.10'}}", ['metadata.labels.version: wanted "1.10", found "1.1"']),
        ("metadata: {labels: {version: 1.1}}", ['metadata.labels.version: wanted 1.1, found "1.1"']),
    ],
)
def test_differences(text: str, told: list[str]) -> None:
    """Maps as subsets, lists by merge key or as subsets in any order, comparing tags; each difference with its path."""
    assert list(differences(parse(text), FOUND)) == told


def test_a_long_value_is_cut() -> None:
    """A message stays readable."""
    [told] = differences({"a": "x"}, {"a": "y" * 500})

    assert told == f"a: wanted x, found {'y' * 160}…"


def test_matching_is_judged_at_once_unless_it_is_about_the_status() -> None:
    """What was declared does not change with time."""
    assert matches("Pod", "web", parse("spec: {a: 1}")).declared
    assert not matches("Pod", "web", parse("status: {a: 1}")).declared


@pytest.mark.parametrize(
    ("kind", "status", "seen"),
    [
        ("Deployment", {}, "its status is not about this generation yet"),
        ("Deployment", {"observedGeneration": 1}, "its status is not about this generation yet"),
        ("Deployment", {"observedGeneration": 2}, "as wanted"),
        ("Job", {}, "its status is not about this generation yet"),
        ("Job", {"startTime": "x"}, "as wanted"),
        ("CronJob", {}, "as wanted"),
    ],
)
def test_nothing_in_a_status_counts_only_once_the_controller_has_looked(
    lab: Lab, look: Look, kind: str, status: dict[str, Any], seen: str
) -> None:
    """Before, the status shows nothing yet."""
    lab.put({"kind": kind, "metadata": {"name": "web", "generation": 2, "uid": "1", "namespace": "lab"}, "status": status})

    for text in ("status: {failed: !absent}", "status: {failed: !at-most 0}"):
        looked = look(matches(kind, "web", parse(text)))
        assert (looked.met, looked.seen) == (seen == "as wanted", seen)


def test_the_difference_is_pruned(lab: Lab, look: Look) -> None:
    """To the fields that differ, and to a few of those."""
    lab.put(thing("ConfigMap", "settings", data={"a": "1"}))
    wanted: dict[str, Any] = {"data": dict.fromkeys("abcdefg", "2")}

    seen = look(matches("ConfigMap", "settings", wanted)).seen.splitlines()

    assert seen[0] == 'data.a: wanted "2", found "1"'
    assert seen[-1] == "2 more"
    assert look(matches("ConfigMap", "settings", {"data": {"a": "1"}})).seen == "as wanted"


def test_images_are_compared_as_the_lab_names_them(lab: Lab, look: Look) -> None:
    """The caller gives the lab's name for what runs."""
    lab.put(thing("ConfigMap", "settings", data={"image": "local/nginx"}))

    assert look(matches("ConfigMap", "settings", {"data": {"image": "nginx"}}, lambda item: {**item, "data": {"image": "nginx"}})).met


SECRET = thing("Secret", "key", data={"user": "YWRtaW4=", "seal": "/w=="})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stringData: {user: admin}", "as wanted"),
        ("stringData: {user: root}", "stringData.user: wanted root, found admin"),
        ("stringData: {password: x}", "stringData.password: wanted x, but it is not set"),
        ("stringData: {user: !matches a.*, password: !absent}", "as wanted"),
        ("stringData: {seal: x}", 'stringData.seal: wanted x, found "bytes that are not text (in base64: /w==)"'),
        ("data: {user: YWRtaW4=}", "as wanted"),
        ("data: {user: 'YWRt\n\naW4='}", "as wanted"),
        ("data: {user: cm9vdA==}", "data.user: wanted cm9vdA==, found YWRtaW4="),
    ],
)
def test_a_secrets_plain_text_is_compared_decoded(lab: Lab, look: Look, text: str, told: str) -> None:
    """The API server keeps it in base64, under another field."""
    lab.put(SECRET)

    looked = look(matches("Secret", "key", parse(text)))

    assert (looked.met, looked.seen) == (told == "as wanted", told)


@pytest.mark.parametrize("text", ["stringData: {user: admin}", "type: Opaque"])
def test_a_secret_without_data(lab: Lab, look: Look, text: str) -> None:
    """It matches nothing."""
    lab.put(thing("Secret", "key"))

    assert not look(matches("Secret", "key", parse(text))).met


@pytest.mark.parametrize(
    ("kind", "declared", "found", "met"),
    [
        ("Secret", {"stringData": {"user": "root"}, "data": {"user": "eA=="}}, SECRET, False),
        ("Secret", {"stringData": {"user": "admin"}, "data": {"user": "eA==", "seal": "/w=="}}, SECRET, True),
        ("Secret", {"data": {"user": "eA=="}}, SECRET, False),
        ("Pod", {"spec": {"hostNetwork": False, "env": [{"name": "a", "value": ""}]}}, {"spec": {"env": [{"name": "a"}]}}, True),
        ("Pod", {"spec": {"hostNetwork": False}}, {"spec": {"hostNetwork": True}}, False),
        ("Pod", {"spec": {"a": 0}}, {"spec": {"a": False}}, False),
        ("Pod", {"spec": {"a": 0}, "status": {"phase": "Pending"}}, {"spec": {"a": 0}, "status": {"phase": "Running"}}, True),
    ],
)
def test_as_declared(lab: Lab, look: Look, kind: str, declared: dict[str, Any], found: dict[str, Any], *, met: bool) -> None:
    """Every field but the status; a zero may be left out, stringData takes precedence over data."""
    lab.put({**thing(kind, "key"), **found})

    condition = as_declared(kind, "key", declared)

    assert condition.declared
    assert look(condition).met is met


def test_a_zero_that_is_not_so_is_told_as_it_was_written(lab: Lab, look: Look) -> None:
    """Like every other value."""
    lab.put(thing("Pod", "web", spec={"hostNetwork": True}))

    assert look(as_declared("Pod", "web", {"spec": {"hostNetwork": False}})).seen == "spec.hostNetwork: wanted false, found true"


def test_quantities() -> None:
    """Decimal and binary suffixes, exponents; anything else is not a quantity."""
    assert [amount(text) for text in ("500m", "1.5", "2Ki", "3k", "1e3", "x")] == [0.5, 1.5, 2048, 3000, 1000, 0]
    assert is_quantity("100Mi")
    assert not is_quantity("nginx:1.14")
