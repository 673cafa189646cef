"""Installing an addon: once, awaited, marked; a second call asks two questions; problems are trouble with a remedy."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kubelab import locks
from kubelab.addons import INGRESS_CONTROLLER, METALLB, Addon, install
from kubelab.addons.installation import MARK, stands
from kubelab.client import Client
from kubelab.client.kinds import BUILT_IN
from kubelab.errors import SetupTrouble
from tests.unit.fake_api import FakeApi, status

NAMESPACE = "/api/v1/namespaces/ingress-nginx"
DONE = ("updatedReplicas", "replicas", "availableReplicas")
SPREAD = ("desiredNumberScheduled", "currentNumberScheduled", "numberAvailable", "updatedNumberScheduled")


class Provider:
    """Has two addresses to give out."""

    def addresses(self) -> list[str]:
        """Both."""
        return ["10.89.0.239", "10.89.0.240"]


PROVIDER: Any = Provider()


def answer(api: FakeApi, method: str, path: str, body: Any, code: int = 200) -> None:
    """What the API server answers to a request from now on."""
    api.answers[method, path] = (code, {}, body if isinstance(body, bytes) else json.dumps(body).encode())


def path_of(document: Any) -> str:
    """The path of an object of the addon."""
    metadata = document.body["metadata"]
    if document.kind in BUILT_IN:
        return BUILT_IN[document.kind].path(metadata.get("namespace"), metadata["name"])
    return f"/apis/metallb.io/v1beta1/namespaces/metallb-system/{document.kind.lower()}s/{metadata['name']}"


def willing(api: FakeApi, addon: Addon) -> None:
    """An API server that accepts everything of the addon, and has nothing of it yet."""
    for document in addon.documents({"addresses": "x"}):
        answer(api, "PATCH", path_of(document), {"metadata": {"name": document.name}})
    answer(api, "GET", f"/api/v1/namespaces/{addon.namespace}", status(404, "NotFound", "no such namespace"), 404)


def rolled_out(api: FakeApi, addon: Addon) -> None:
    """Everything of the addon runs, on one node."""
    api.put("node", plural="nodes", namespace="")
    plurals = {"Deployment": ("deployments", DONE), "DaemonSet": ("daemonsets", SPREAD)}
    for document in addon.documents({"addresses": "x"}):
        if document.kind in plurals:
            plural, counts = plurals[document.kind]
            state = {"observedGeneration": 1, **dict.fromkeys(counts, 1)}
            api.put(document.name, plural=plural, namespace=addon.namespace, spec={"replicas": 1}, status=state)


def marked(api: FakeApi, mark: str, labels: dict[str, str] | None = None) -> None:
    """The namespace of the ingress controller exists, with this mark."""
    metadata = {"name": "ingress-nginx", "labels": labels or {}, "annotations": {MARK: mark}}
    answer(api, "GET", NAMESPACE, {"kind": "Namespace", "metadata": metadata})


def pod(api: FakeApi, name: str, owner: str, *, ready: bool) -> None:
    """A pod in the ingress controller's namespace."""
    reference = {"kind": "ReplicaSet", "name": owner, "uid": owner, "controller": True}
    conditions = [{"type": "Ready", "status": str(ready)}]
    made = api.put(name, namespace="ingress-nginx", status={"conditions": conditions})
    made["metadata"]["ownerReferences"] = [reference]


def patched(api: FakeApi) -> list[str]:
    """The paths of what was applied or changed, in order."""
    return [path for method, path, _ in api.requests if method == "PATCH"]


def later(act: Callable[[], None]) -> threading.Timer:
    """Do it in a moment."""
    timer = threading.Timer(0.2, act)
    timer.start()
    return timer


def test_an_addon_is_applied_in_order_awaited_and_marked(api: FakeApi, client: Client, tmp_path: Path) -> None:
    """The mark comes last: once it is there, everything is ready."""
    willing(api, INGRESS_CONTROLLER)
    timer = later(lambda: rolled_out(api, INGRESS_CONTROLLER))

    install(INGRESS_CONTROLLER, client, PROVIDER, tmp_path)
    timer.join()

    assert patched(api) == [*(path_of(document) for document in INGRESS_CONTROLLER.documents({})), NAMESPACE]
    assert json.loads(api.bodies[-1]) == {"metadata": {"annotations": {MARK: INGRESS_CONTROLLER.digest}}}


def test_a_second_call_asks_two_questions(api: FakeApi, client: Client, tmp_path: Path) -> None:
    """Nothing is changed, even if one of several pods was lost with its node."""
    marked(api, INGRESS_CONTROLLER.digest)
    pod(api, "a", "one", ready=True)
    pod(api, "b", "one", ready=False)

    install(INGRESS_CONTROLLER, client, PROVIDER, tmp_path)

    assert [(method, path) for method, path, _ in api.requests] == [("GET", NAMESPACE), ("GET", f"{NAMESPACE}/pods")]


def test_a_scenario_that_waited_for_another_one_s_installation_installs_nothing(api: FakeApi, client: Client, tmp_path: Path) -> None:
    """The check is repeated under the lock."""
    willing(api, INGRESS_CONTROLLER)
    with locks.alone(tmp_path, INGRESS_CONTROLLER.namespace):
        waiting = threading.Thread(target=install, args=(INGRESS_CONTROLLER, client, PROVIDER, tmp_path))
        waiting.start()
        while not api.requests:
            waiting.join(0.01)
        marked(api, INGRESS_CONTROLLER.digest)
        pod(api, "a", "one", ready=True)
    waiting.join(10)

    assert not waiting.is_alive()
    assert patched(api) == []


def test_what_stands_no_more_is_seen(api: FakeApi, client: Client) -> None:
    """Another version's mark, no pod, or a workload without a ready one."""
    marked(api, "another")
    pod(api, "a", "one", ready=True)
    assert not stands(INGRESS_CONTROLLER, client)

    marked(api, INGRESS_CONTROLLER.digest)
    assert stands(INGRESS_CONTROLLER, client)

    pod(api, "b", "two", ready=False)
    assert not stands(INGRESS_CONTROLLER, client)


def test_kinds_that_are_new_are_awaited(api: FakeApi, client: Client, tmp_path: Path) -> None:
    """The API server serves new kinds a moment after they are created; the pool has the provider's addresses."""
    willing(api, METALLB)
    resources = [
        {"resource": plural, "responseKind": {"kind": kind}, "scope": "Namespaced"}
        for kind, plural in (("IPAddressPool", "ipaddresspools"), ("L2Advertisement", "l2advertisements"))
    ]
    group = {"metadata": {"name": "metallb.io"}, "versions": [{"version": "v1beta1", "resources": resources}]}
    for path in ("/api", "/apis"):
        answer(api, "GET", path, {"items": []})
    rolled_out(api, METALLB)
    timer = later(lambda: answer(api, "GET", "/apis", {"items": [group]}))

    install(METALLB, client, PROVIDER, tmp_path)
    timer.join()

    pool = next(body for body in map(json.loads, api.bodies) if body.get("kind") == "IPAddressPool")
    assert pool["spec"] == {"addresses": ["10.89.0.239/32", "10.89.0.240/32"]}


def test_somebody_elses_controller_is_left_alone(api: FakeApi, client: Client, tmp_path: Path) -> None:
    """Its namespace does not have our label."""
    marked(api, "", {"app.kubernetes.io/name": "ingress-nginx"})

    with pytest.raises(SetupTrouble, match=r"is not ours(.|\n)*kubectl delete namespace ingress-nginx"):
        install(INGRESS_CONTROLLER, client, PROVIDER, tmp_path)

    assert patched(api) == []


def test_what_the_cluster_refuses_is_trouble_of_the_run(api: FakeApi, client: Client, tmp_path: Path) -> None:
    """Such as a node port that is in use: no sentence of the lab is wrong."""
    willing(api, INGRESS_CONTROLLER)
    refused = status(422, "Invalid", "provided port is already allocated")
    answer(api, "PATCH", f"{NAMESPACE}/services/ingress-nginx-controller", refused, 422)

    with pytest.raises(SetupTrouble, match=r"controller could not be installed(.|\n)*port is already allocated(.|\n)*Start again: "):
        install(INGRESS_CONTROLLER, client, PROVIDER, tmp_path)


def test_pods_that_do_not_come_are_told(api: FakeApi, client: Client, tmp_path: Path) -> None:
    """With what was last seen, and nothing is marked."""
    willing(api, INGRESS_CONTROLLER)

    with pytest.raises(SetupTrouble, match=r'Deployment "default-backend" is rolled out within 0\.2 s'):
        install(INGRESS_CONTROLLER, client, PROVIDER, tmp_path, patience=0.002)

    assert NAMESPACE not in patched(api)[1:]
