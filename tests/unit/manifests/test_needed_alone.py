"""What a manifest needs for itself alone."""

from typing import Any

import pytest

from kubelab.locks import WHOLE
from kubelab.manifests import Document, needed_alone


def requests(cpu: Any) -> dict[str, Any]:
    """A container that requests that much CPU."""
    return {"resources": {"requests": {"cpu": cpu}}}


@pytest.mark.parametrize(
    ("kind", "spec", "needed"),
    [
        ("Service", {"ports": [{"port": 80, "nodePort": 30123}, {"port": 81}]}, {"node port 30123"}),
        ("Service", {"clusterIP": "10.100.100.100"}, {"address 10.100.100.100"}),
        ("Service", {"clusterIP": "None"}, set()),
        ("Service", {"externalIPs": ["10.0.0.11"]}, {"address 10.0.0.11"}),
        ("Ingress", {"rules": [{"host": "node1.example.com"}, {"http": {}}]}, {"host node1.example.com", WHOLE}),
        ("Ingress", {"rules": [{"host": "*.example.com"}]}, {WHOLE}),
        ("Ingress", {"defaultBackend": {"service": {"name": "web"}}}, {WHOLE}),
        ("Pod", {"nodePort": 30123}, set()),
        ("Service", None, set()),
        (
            "Pod",
            {"containers": [{"resources": {"requests": {"cpu": "400m"}}}, {"resources": {"requests": {"cpu": 0.1}}}]},
            {"cpu of the nodes"},
        ),
        ("Pod", {"containers": [{"resources": {"limits": {"cpu": 1}}}]}, {"cpu of the nodes"}),
        ("Pod", {"containers": [{"resources": {"requests": {"cpu": "400m"}, "limits": {"cpu": 1}}}]}, set()),
        ("Deployment", {"template": {"spec": {"containers": [{"resources": {"requests": {"cpu": 1}}}]}}}, {"cpu of the nodes"}),
        ("Pod", {"containers": 7}, set()),
        ("Pod", {"containers": [7]}, set()),
    ],
)
def test_what_there_can_be_only_once(kind: str, spec: Any, needed: set[str]) -> None:
    """In words that are the same for everyone who needs it."""
    assert needed_alone([Document({"kind": kind, "spec": spec})]) == needed
