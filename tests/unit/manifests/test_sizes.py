"""The size of the Pods of a manifest."""

from kubelab.manifests import Document, requesting


def test_a_pod_requests_so_much() -> None:
    """Only that resource of its first container changes, and the original document stays as it was."""
    resources = {"requests": {"cpu": "1", "memory": "1Mi"}, "limits": {"cpu": "2"}}
    body = {"kind": "Pod", "spec": {"containers": [{"name": "a", "resources": resources}, {"name": "b"}]}}

    (sized,) = requesting([Document(body, "web.yaml:1")], "cpu", "500m")

    first, second = sized.body["spec"]["containers"]
    assert first["resources"] == {"requests": {"cpu": "500m", "memory": "1Mi"}, "limits": {"cpu": "2"}}
    assert (second, sized.where) == ({"name": "b"}, "web.yaml:1")
    assert resources["requests"]["cpu"] == "1"


def test_what_is_not_a_pod_stays_as_it_is() -> None:
    """Nothing is added to a Pod without containers, either."""
    documents = [Document({"kind": "Service", "spec": {"ports": []}}), Document({"kind": "Pod", "spec": {}}), Document({"kind": "Pod"})]

    assert requesting(documents, "cpu", "1") == documents
