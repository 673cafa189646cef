"""Partial objects and their differences."""

from typing import Any

import pytest

from kubelab.conditions.matches import matches
from kubelab.conditions.partial import differences, parse
from kubelab.conditions.quantities import amount, is_quantity
from kubelab.errors import LabFailure
from tests.unit.objects import thing
from tests.unit.scripted import Lab

from .conftest import Look

CONTAINERS = [
    {"name": "side", "image": "busybox"},
    {"name": "nginx", "image": "nginx:1.14", "ports": [{"containerPort": 80, "name": "http"}]},
]
FOUND = {
    "spec": {
        "replicas": 3,
        "paused": False,
        "template": {"spec": {"containers": CONTAINERS}},
        "finalizers": ["b", "a"],
        "resources": {"cpu": "500m", "memory": "1Gi"},
    },
    "status": {"readyReplicas": 2},
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("spec: {replicas: 3, paused: false}", []),
        ("spec: {replicas: 2}", ["spec.replicas: wanted 2, found 3"]),
        ("spec: {paused: 0}", ["spec.paused: wanted 0, found False"]),
        ("spec: {missing: x}", ["spec.missing: wanted x, found nothing"]),
        ("spec: {replicas: {a: 1}}", ["spec.replicas: wanted {'a': 1}, found 3"]),
        ("spec: {replicas: [1]}", ["spec.replicas: wanted [1], found 3"]),
        ("spec: {missing: null}", []),
        ("spec: {replicas: !at-least 3}", []),
        ("spec: {replicas: !at-least 4}", ["spec.replicas: wanted at least 4, found 3"]),
        ("spec: {replicas: !at-most 3, nothing: !at-most 0}", []),
        ("spec: {replicas: !at-most 2}", ["spec.replicas: wanted at most 2, found 3"]),
        ("spec: {paused: !at-least 0}", ["spec.paused: wanted at least 0, found False"]),
        ("status: {unavailableReplicas: !absent}", []),
        ("status: {readyReplicas: !absent}", ["status.readyReplicas: wanted absent, found 2"]),
        (r'spec: {template: {spec: {containers: [{name: nginx, image: !matches "nginx:1\\..*"}]}}}', []),
        (
            "spec: {template: {spec: {containers: [{name: nginx, image: 'nginx:1.15'}]}}}",
            ["spec.template.spec.containers[name=nginx].image: wanted nginx:1.15, found nginx:1.14"],
        ),
        (
            "spec: {template: {spec: {containers: [{name: web}]}}}",
            ["spec.template.spec.containers[name=web]: wanted it, found side, nginx"],
        ),
        ("spec: {template: {spec: {containers: [{image: busybox}]}}}", []),
        (
            "spec: {template: {spec: {containers: [{image: httpd}]}}}",
            ["spec.template.spec.containers[]: wanted {'image': 'httpd'}, found " + str(CONTAINERS)],
        ),
        ("spec: {template: {spec: {containers: [{name: nginx, ports: [{containerPort: 80}]}]}}}", []),
        ("spec: {finalizers: [a, b]}", []),
        ("spec: {finalizers: [c]}", ["spec.finalizers[]: wanted c, found ['b', 'a']"]),
        ('spec: {resources: {cpu: "0.5", memory: 1024Mi}}', []),
        ("spec: {resources: {cpu: 1}}", ["spec.resources.cpu: wanted 1, found 500m"]),
        ("just text", ["the object: wanted just text, found " + str(FOUND)[:160] + "…"]),
    ],
)
def test_differences(text: str, told: list[str]) -> None:
    """Maps as subsets, lists by merge key or as subsets in any order, tags that judge; each difference with its path."""
    assert list(differences(parse(text), FOUND)) == told


@pytest.mark.parametrize("text", ["a: [", "a: !at-least many", 'a: !matches "("', "a: !unknown 1"])
def test_broken_texts_are_the_labs_fault(text: str) -> None:
    """With what mends them."""
    with pytest.raises(LabFailure, match=r"is no YAML object: .* Mend its indentation or tags"):
        parse(text)


def test_matching_is_judged_at_once_unless_it_speaks_of_the_status() -> None:
    """What is declared does not come with time; an empty status says nothing."""
    assert matches("Pod", "web", parse("spec: {a: 1}")).declared
    assert matches("Pod", "web", parse("{spec: {a: 1}, status: {}}")).declared
    assert not matches("Pod", "web", parse("status: {a: 1}")).declared


def test_the_difference_is_pruned(lab: Lab, look: Look) -> None:
    """To the fields that differ, and to a few of those."""
    lab.put(thing("ConfigMap", "settings", data={"a": "1"}))
    wanted: dict[str, Any] = {"data": dict.fromkeys("abcdefg", "2")}

    seen = look(matches("ConfigMap", "settings", wanted)).seen.splitlines()

    assert seen[0] == "data.a: wanted 2, found 1"
    assert seen[-1] == "2 more"
    assert look(matches("ConfigMap", "settings", {"data": {"a": "1"}})).seen == "as wanted"


def test_images_are_compared_as_the_lab_names_them(lab: Lab, look: Look) -> None:
    """The caller says how what runs is called."""
    lab.put(thing("ConfigMap", "settings", data={"image": "local/nginx"}))

    assert look(matches("ConfigMap", "settings", {"data": {"image": "nginx"}}, lambda item: {**item, "data": {"image": "nginx"}})).met


def test_a_secrets_plain_text_cannot_be_read_back(lab: Lab, look: Look) -> None:
    """So it is not compared."""
    lab.put(thing("Secret", "key", data={"a": "eA=="}))

    assert look(matches("Secret", "key", {"stringData": {"a": "x"}, "data": {"a": "eA=="}})).met


def test_quantities() -> None:
    """Decimal and binary suffixes, exponents; anything else is none."""
    assert [amount(text) for text in ("500m", "1.5", "2Ki", "3k", "1e3", "x")] == [0.5, 1.5, 2048, 3000, 1000, 0]
    assert is_quantity("100Mi")
    assert not is_quantity("nginx:1.14")
