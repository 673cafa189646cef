"""The client's verbs against a fake API server: what is sent, and what becomes of an answer."""

import errno
import json
import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import urllib3

from kubelab.client import Client, Refused, Rejected, Unserved, companions, knocking
from kubelab.client import connection as connections
from kubelab.client.connection import Connection
from kubelab.client.connection_errors import cause
from kubelab.client.exec_stream import _exit_code, _refused
from kubelab.client.kinds import BUILT_IN
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.output import Output
from tests.unit.fake_api import FakeApi, Fault, kubeconfig, serving, status

from .openapi import APPS

PODS = "/api/v1/namespaces/lab/pods"
OK: tuple[int, dict[str, str], bytes] = (200, {}, b'{"kind": "Pod", "metadata": {"name": "web"}}')
DISCOVERED = {
    "items": [
        {
            "metadata": {"name": "shop.io"},
            "versions": [
                {"version": "v1", "resources": [{"resource": "orders", "scope": "Namespaced", "responseKind": {"kind": "Order"}}]}
            ],
        },
        {
            "metadata": {},
            "versions": [{"version": "v1", "resources": [{"resource": "widgets", "scope": "Cluster", "responseKind": {"kind": "Widget"}}]}],
        },
    ]
}


def test_importing_it_does_not_import_kubernetes() -> None:
    """It takes 0.4 s, which `kubelab --help` does not spend."""
    code = "import sys, kubelab.client, kubelab.observation, kubelab.waiting; print('kubernetes' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "False\n"


def test_get(api: FakeApi, client: Client) -> None:
    """The raw object, None if it does not exist, Refused if it may not be read."""
    api.answers["GET", f"{PODS}/web"] = OK
    api.answers["GET", f"{PODS}/none"] = (404, {}, status(404, "NotFound", 'pods "none" not found'))
    api.answers["GET", f"{PODS}/secret"] = (403, {}, status(403, "Forbidden", "you may not"))

    assert client.get("Pod", "web", "lab") == json.loads(OK[2])
    assert client.get("Pod", "none", "lab") is None
    with pytest.raises(Refused, match=r'refused to get Pod "secret": you may not \(Forbidden\)') as caught:
        client.get("Pod", "secret", "lab")
    assert (caught.value.code, caught.value.reason, caught.value.message) == (403, "Forbidden", "you may not")


def test_list(api: FakeApi, client: Client) -> None:
    """With selectors as kubectl writes them."""
    api.put("web")

    assert [item["metadata"]["name"] for item in client.list("Pod", "lab", labels="a=b", fields="status.phase=Running")] == ["web"]
    assert api.requests[-1][2] == {"labelSelector": "a=b", "fieldSelector": "status.phase=Running"}


def test_apply(api: FakeApi, client: Client) -> None:
    """Server-side, as field manager "kubelab"; a generated name means create."""
    document = {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"}}
    api.answers["PATCH", f"{PODS}/web"] = api.answers["POST", PODS] = OK

    assert client.apply(document, "lab")["metadata"]["name"] == "web"
    assert api.requests[-1] == ("PATCH", f"{PODS}/web", {"fieldManager": "kubelab", "fieldValidation": "Strict", "force": "true"})
    assert json.loads(api.bodies[-1]) == document

    client.apply({**document, "metadata": {"generateName": "web-", "namespace": "lab"}}, "other")
    assert api.requests[-1][:2] == ("POST", PODS)


def test_change_scale_edit_delete(api: FakeApi, client: Client) -> None:
    """Each with its own path and body."""
    deployments = "/apis/apps/v1/namespaces/lab/deployments/web"
    for verb, path in (("PATCH", deployments), ("PATCH", f"{deployments}/scale"), ("DELETE", f"{PODS}/web"), ("DELETE", PODS)):
        api.answers[verb, path] = OK

    client.patch("Deployment", "web", {"spec": {"replicas": 3}}, "lab", "scale")
    assert (api.requests[-1][1], json.loads(api.bodies[-1])) == (f"{deployments}/scale", {"spec": {"replicas": 3}})
    client.edit("Deployment", "web", {"spec": {"paused": True}}, "lab")
    assert json.loads(api.bodies[-1]) == {"spec": {"paused": True}}
    client.delete("Pod", "web", "lab", grace=0, cascade="Orphan")
    assert json.loads(api.bodies[-1]) == {
        "kind": "DeleteOptions",
        "apiVersion": "v1",
        "propagationPolicy": "Orphan",
        "gracePeriodSeconds": 0,
    }
    client.delete_all("Pod", "lab", 1)
    assert json.loads(api.bodies[-1]) == {"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 1}


def test_logs_and_version(api: FakeApi, client: Client) -> None:
    """Text as it is, in any encoding."""
    api.answers["GET", f"{PODS}/web/log"] = (200, {}, "a\nb\xff".encode("latin-1"))
    api.answers["GET", "/version"] = (200, {}, b'{"gitVersion": "v1.36.3"}')

    assert client.logs("web", "lab", "main", previous=True, tail=5, since=2.5) == "a\nb\ufffd"
    assert api.requests[-1][2] == {"container": "main", "previous": "true", "tailLines": "5", "sinceSeconds": "3"}
    assert client.version() == "v1.36.3"


def test_kinds_come_from_the_table_and_from_discovery(api: FakeApi, client: Client) -> None:
    """Discovery is used only for kinds that the table lacks, and once."""
    api.answers["GET", "/api"] = (200, {}, b'{"items": []}')
    api.answers["GET", "/apis"] = (200, {}, json.dumps(DISCOVERED).encode())

    assert client.kind("Deployment").path("lab", "web") == "/apis/apps/v1/namespaces/lab/deployments/web"
    assert api.requests == []
    assert client.kind("Order").path("lab") == "/apis/shop.io/v1/namespaces/lab/orders"
    assert client.kind("Widget").path("lab", "a") == "/api/v1/widgets/a"
    assert len(api.requests) == 2
    api.answers["POST", "/apis/shop.io/v1/namespaces/lab/orders"] = OK
    client.create({"kind": "Order", "apiVersion": "shop.io/v1", "metadata": {"name": "x"}}, "lab")
    with pytest.raises(LabFailure, match=r"there is no Deployment in apps/v2; Deployment is in apps/v1"):
        client.create({"kind": "Deployment", "apiVersion": "apps/v2", "metadata": {"name": "x"}}, "lab")


@pytest.mark.parametrize("word", ["po", "pod", "Pods", "PODS", "pods.", "pods.v1.", "deploy.apps", "deployments.v1.apps", "sc.storage"])
def test_names_of_built_in_kinds_need_no_request(api: FakeApi, client: Client, word: str) -> None:
    """Short, singular, plural, with the group or a prefix of it."""
    assert [kind.kind for kind in client.resolve(word)] == [{"p": "Pod", "d": "Deployment", "s": "StorageClass"}[word[0].lower()]]
    assert api.requests == []


SHELF = {"resource": "shelves", "scope": "Cluster", "responseKind": {"kind": "Shelf"}, "shortNames": ["sh"], "singularResource": "board"}


@pytest.mark.parametrize("word", ["shelves", "Shelf", "board", "sh", "SH.shop", "shelves.v2.shop.io", "furniture"])
def test_names_of_other_kinds_come_from_discovery(api: FakeApi, client: Client, word: str) -> None:
    """With short names and categories, whatever the kind's name; requested once."""
    found = {
        "items": [{"metadata": {"name": "shop.io"}, "versions": [{"version": "v2", "resources": [{**SHELF, "categories": ["furniture"]}]}]}]
    }
    api.answers["GET", "/api"] = (200, {}, b'{"items": []}')
    api.answers["GET", "/apis"] = (200, {}, json.dumps(found).encode())

    for _ in range(2):
        assert [(kind.kind, kind.namespaced) for kind in client.resolve(word)] == [("Shelf", False)]
    assert len(api.requests) == 2
    assert [list(client.resolve(other)) for other in ("shelves.other.io", "", ".", "shelve")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("version", "kind", "field", "told"),
    [
        ("apps/v1", "Job", "apiVersion", 'there is no Job in apps/v1; Job is in batch/v1. Write "apiVersion: batch/v1".'),
        ("extensions/v1beta1", "Ingress", "apiVersion", "Ingress is in networking.k8s.io/v1 (also in shop.io/v1)."),
        ("v1", "Deployment", "apiVersion", "Deployment is in apps/v1."),
        ("v1", "Pood", "kind", 'the cluster knows no kind "Pood". Did you mean Pod (v1)'),
        ("apps/v1", "deployment", "kind", "Did you mean Deployment (apps/v1)?"),
        ("v1", "Xyzzy", "kind", 'the cluster knows no kind "Xyzzy". See all: kubectl api-resources'),
    ],
)
def test_a_kind_in_a_wrong_group(api: FakeApi, client: Client, version: str, kind: str, field: str, told: str) -> None:
    """The same kind comes first, in the group where Kubernetes has it; then kinds with a similar name."""
    resource = {"resource": "ingresses", "scope": "Namespaced", "responseKind": {"kind": "Ingress"}}
    found = {"items": [{"metadata": {"name": "shop.io"}, "versions": [{"version": "v1", "resources": [resource]}]}]}
    api.answers["GET", "/api"] = (200, {}, b'{"items": []}')
    api.answers["GET", "/apis"] = (200, {}, json.dumps(found).encode())

    with pytest.raises(Unserved) as caught:
        client.apply({"apiVersion": version, "kind": kind, "metadata": {"name": "x"}}, "lab")

    assert caught.value.field == field
    assert told in str(caught.value)


def test_a_kind_that_a_sentence_misspells(api: FakeApi, client: Client) -> None:
    """It is reported with similar ones."""
    for path in ("/api", "/apis"):
        api.answers["GET", path] = (200, {}, b'{"items": []}')

    with pytest.raises(LabFailure, match=r'knows no kind "Pood"\. Did you mean Pod \(v1\)'):
        client.kind("Pood")


def test_every_built_in_plural_is_kubernetes_own() -> None:
    """The rule that forms them has exceptions."""
    plurals = {kind.kind: kind.plural for kind in BUILT_IN.values()}

    assert (plurals["Endpoints"], plurals["Ingress"], plurals["NetworkPolicy"], plurals["StorageClass"]) == (
        "endpoints",
        "ingresses",
        "networkpolicies",
        "storageclasses",
    )
    assert BUILT_IN["Node"].path("lab", "one") == "/api/v1/nodes/one"
    assert companions("Deployment") == ("ReplicaSet", "Pod")
    assert companions("ConfigMap") == ()


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_server_that_fails_is_trouble(api: FakeApi, client: Client, code: int) -> None:
    """After retries, with the server's message."""
    api.answers["GET", "/version"] = (code, {"Retry-After": "0"}, status(code, "Broken", "etcd is away"))

    with pytest.raises(SetupTrouble, match=f"failed to tell its version: {code} etcd is away"):
        client.connection.request("GET", "/version", doing="tell its version", retries=connections.ONCE)


def test_an_answer_without_a_status_is_still_told(api: FakeApi, client: Client) -> None:
    """A proxy's page, or nothing at all."""
    api.answers["POST", PODS] = (400, {}, b"<html>no</html>")
    with pytest.raises(Refused, match=r'refused to create Pod "web": <html>no</html> \(400\)'):
        client.create({"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"}}, "lab")
    api.answers["POST", PODS] = (400, {}, b"[]")
    with pytest.raises(Refused, match=r"\[\]"):
        client.create({"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"}}, "lab")
    assert str(Refused(400, "", "no")) == "no (400)"


@pytest.mark.parametrize(
    "said",
    [
        "failed to create typed patch object (/web; /v1, Kind=Pod): .spec.containerz: field not declared in schema",
        (
            "failed to convert new object (/web; /v1, Kind=Pod) to proper version: unable to convert unstructured object to /v1, Kind=Pod: "
            "quantities must match the regular expression '^x$'"
        ),
    ],
)
def test_a_wrong_object_is_the_labs_fault(api: FakeApi, client: Client, said: str) -> None:
    """Although server-side apply answers it with a 500."""
    api.answers["PATCH", f"{PODS}/web"] = (500, {}, status(500, "", said))

    with pytest.raises(Refused, match=r'refused to apply Pod "web": (\.spec\.containerz: field not declared|quantities must match)'):
        client.apply({"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"}}, "lab")


@pytest.mark.parametrize(
    ("kind", "version", "path"), [("DaemonSet", "apps/v1", "/openapi/v3/apis/apps/v1"), ("DaemonSet", None, "/openapi/v3/apis/apps/v1")]
)
def test_an_unknown_field_is_looked_up_in_the_servers_own_schema(
    api: FakeApi, client: Client, kind: str, version: str | None, path: str
) -> None:
    """Only in this case."""
    refused = Refused(
        500, "", "failed to create typed patch object (/w; apps/v1, Kind=DaemonSet): .spec.strategy: field not declared in schema"
    )
    document = {"kind": kind, "spec": {"strategy": {}}, **({"apiVersion": version} if version else {})}
    api.answers["GET", path] = (200, {}, json.dumps(APPS).encode())

    told = "spec.strategy is not a field of this kind. Did you mean updateStrategy?"
    assert client.explained(document, refused) == [(("spec", "strategy"), told)]
    assert client.explained(document, Refused(403, "Forbidden", "no")) == [((), "the API server refuses it: no")]
    assert [request[1] for request in api.requests] == [path]


def test_the_schema_is_read_only_where_something_may_be_misplaced(api: FakeApi, client: Client) -> None:
    """An object without such places costs no request."""
    api.answers["GET", "/openapi/v3/apis/apps/v1"] = (200, {}, json.dumps(APPS).encode())

    assert client.misplaced("DaemonSet", [], {}) == []
    assert api.requests == []
    assert [keys for keys, _ in client.misplaced("DaemonSet", [("spec", "replicas"), ("spec", "selector")], {"spec": {}})] == [
        ("spec", "replicas")
    ]


def test_without_its_schema_less_is_said(api: FakeApi, client: Client) -> None:
    """If the server does not provide it, the refusal is reported nevertheless."""
    api.answers["GET", "/openapi/v3/api/v1"] = (404, {}, status(404, "NotFound", "no such page"))
    refused = Refused(400, "", 'strict decoding error: unknown field "foo"')

    assert client.explained({"apiVersion": "v1", "kind": "Pod", "foo": 1}, refused) == [(("foo",), "foo is not a field of this kind.")]


def test_no_server_is_trouble(tmp_path: Path) -> None:
    """With its address, the reason in few words, and what to run."""
    client = Client(kubeconfig(tmp_path, "http://127.0.0.1:1"), "fake")

    with pytest.raises(SetupTrouble, match=r"at http://127.0.0.1:1 does not answer: .*Connection refused.* kubelab doctor"):
        client.connection.answer("GET", "/version", retries=connections.ONCE)


@pytest.mark.parametrize("verb", ["list", "create"])
def test_a_server_that_refuses_at_first_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    """It listens on its port only after the first try; a request that reached nobody is sent again, even one that must not be repeated."""
    api, stack = FakeApi(), ExitStack()
    api.answers["POST", PODS] = (200, {}, b'{"kind": "Pod"}')
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setattr(knocking.Patient, "sleep", lambda *_: stack.enter_context(serving(api, port)))
    client = Client(kubeconfig(tmp_path, f"http://127.0.0.1:{port}"), "fake")

    with stack:
        found = client.list("Pod", "lab") if verb == "list" else client.create({"kind": "Pod", "apiVersion": "v1", "metadata": {}}, "lab")

        assert found == ([] if verb == "list" else {"kind": "Pod"})


def test_a_server_that_refuses_for_good_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After half a minute; after a cut connection the request is not repeated, since it may have been accepted."""
    clock = iter([0.0, 0.0, 29.0, 31.0])
    monkeypatch.setattr(knocking, "monotonic", lambda: next(clock))
    refused = urllib3.exceptions.NewConnectionError(None, "refused")  # type: ignore[arg-type]
    refused.__cause__ = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    cut = urllib3.exceptions.ProtocolError("Connection aborted.", ConnectionResetError())

    left = connections.NOT_TWICE.increment("POST", "/", error=refused)
    assert left.get_backoff_time() == knocking.PAUSE
    left = left.increment("POST", "/", error=refused)
    for error, method in ((refused, "POST"), (cut, "POST")):
        with pytest.raises(urllib3.exceptions.HTTPError):
            left.increment(method, "/", error=error)


def test_a_connection_that_was_not_made_in_time_is_tried_again() -> None:
    """A firewall dropped what was sent: the server has received nothing."""
    dropped = urllib3.exceptions.ConnectTimeoutError(None, "timed out")

    assert connections.NOT_TWICE.increment("POST", "/", error=dropped).get_backoff_time() == knocking.PAUSE


@pytest.mark.parametrize(
    "message", ['pods is forbidden: User "x" cannot create resource "pods"', "pods is forbidden: not yet ready to handle request"]
)
def test_a_server_that_has_just_started_forbids_everything(api: FakeApi, client: Client, message: str) -> None:
    """That is believed once it is ready; what it then forbids stays forbidden."""
    api.answers["GET", "/readyz"] = (200, {}, b"ok")
    api.answers["POST", PODS] = (403, {}, status(403, "Forbidden", message))

    with pytest.raises(Refused, match="is forbidden"):
        client.create(WEB, "lab")
    assert [path for _, path, _ in api.requests] == [PODS, "/readyz", PODS]

    class Starting(dict[tuple[str, str], tuple[int, dict[str, str], bytes]]):
        """Ready, and with its rules read, the second time that somebody asks for that."""

        def get(self, key: Any, *_: Any) -> Any:
            found = self.pop(key) if key == ("GET", "/readyz") else self[key]
            if key == ("GET", "/readyz"):
                self["GET", "/readyz"], self["POST", PODS] = (200, {}, b"ok"), (201, {}, b'{"kind": "Pod"}')
            return found

    api.answers = Starting({**api.answers, ("GET", "/readyz"): (500, {}, b"informer-sync failed")})
    assert client.create(WEB, "lab") == {"kind": "Pod"}


@pytest.mark.parametrize("context", ["other", ""])
def test_a_context_that_is_not_there(tmp_path: Path, context: str) -> None:
    """It is named, with the file and the command that lists the existing ones."""
    with pytest.raises(SetupTrouble, match=r'context "\w*" of .*kubeconfig cannot be used: .*kubectl config get-contexts'):
        Client(kubeconfig(tmp_path, "http://127.0.0.1:1") if context else tmp_path / "kubeconfig", context)


@pytest.mark.parametrize(
    ("server", "direct"),
    [("https://127.0.0.1:6443", True), ("https://localhost:6443", True), ("https://10.89.0.2", True), ("https://k8s.example.com", False)],
)
def test_a_proxy_is_for_the_world_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str, *, direct: bool) -> None:
    """An address of this machine or its networks is reached without the environment's proxy."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    connection = Connection.of(kubeconfig(tmp_path, server), "fake")

    assert isinstance(connection._api.rest_client.pool_manager, urllib3.ProxyManager) is not direct


def test_the_token_is_sent(client: Client) -> None:
    """As the kubeconfig has it."""
    assert client.connection.authorization("/") == {"authorization": "Bearer secret"}


def test_another_account_has_its_own_token_and_no_certificate(tmp_path: Path) -> None:
    """A certificate would take precedence. All tokens share the sockets, and the known kinds."""
    client = Client(kubeconfig(tmp_path, "http://127.0.0.1:1"), "fake")
    client.connection.configuration.cert_file = "/a/certificate"

    one, other = client.bearing("one"), client.bearing("other")

    assert one.connection.authorization("/") == {"authorization": "Bearer one"}
    assert other.connection.authorization("/") == {"authorization": "Bearer other"}
    assert client.connection.authorization("/") == {"authorization": "Bearer secret"}
    assert one.connection.configuration.cert_file is None
    assert one.connection.pool is other.connection.pool is not client.connection.pool
    assert one._discovery is client._discovery


def test_a_token_is_asked_for_with_its_time(api: FakeApi, client: Client) -> None:
    """With the lifetime; by the ServiceAccount's subresource "token"."""
    path = "/api/v1/namespaces/homes/serviceaccounts/lab-1/token"
    api.answers["POST", path] = (201, {}, b'{"status": {"token": "t"}}')

    assert client.token("lab-1", "homes", 600) == "t"
    assert json.loads(api.bodies[-1])["spec"] == {"expirationSeconds": 600}


def test_a_watch_that_is_refused(api: FakeApi, client: Client) -> None:
    """Its answer, with the server's Retry-After."""
    api.faults.append(Fault(429, retry_after="7", message="later"))

    with pytest.raises(Rejected, match=r"later \(Fault\)") as caught:
        client.watch("Pod", "lab")
    assert (caught.value.code, caught.value.retry_after) == (429, 7)


def test_a_watch_that_a_server_forbids_as_it_starts_is_opened_once_it_is_ready(api: FakeApi, client: Client) -> None:
    """What it then forbids stays forbidden."""
    api.answers["GET", "/readyz"] = (200, {}, b"ok")
    forbidden = Fault(403, message='pods is forbidden: User "x" cannot watch resource "pods"')

    api.faults.extend([forbidden, Fault(then="end")])
    assert list(client.watch("Pod", "lab")) == []
    api.faults.extend([forbidden, forbidden])
    with pytest.raises(Rejected, match="cannot watch resource"):
        client.watch("Pod", "lab")


def test_a_watch_can_be_closed_twice(api: FakeApi, client: Client) -> None:
    """From any thread, also after its end."""
    api.faults.append(Fault(then="end"))
    stream = client.watch("Pod", "lab")

    assert list(stream) == []
    stream.close()
    stream.close()


def test_causes_in_few_words() -> None:
    """The innermost one, without Python's additions."""
    inner = urllib3.exceptions.NewConnectionError(None, "<Connection object at 0x7f>: refused")  # type: ignore[arg-type]

    assert cause(urllib3.exceptions.MaxRetryError(None, "/", inner)) == "refused"  # type: ignore[arg-type]
    assert cause(OSError(111, "Connection refused")) == "Connection refused"
    with pytest.raises(urllib3.exceptions.MaxRetryError) as refused:
        urllib3.PoolManager().request("GET", "https://127.0.0.1:1/", retries=urllib3.Retry(0))
    assert cause(refused.value) == "Connection refused"
    assert cause(ValueError()) == ""


def test_a_command_runs_to_its_end(api: FakeApi, client: Client) -> None:
    """Its output on both channels, and its exit code."""
    ended = b'{"status": "Failure", "details": {"causes": [{"reason": "ExitCode", "message": "3"}]}}'
    api.said["ls"] = [(1, b"out\n"), (2, b"err\n"), (3, ended)]

    assert client.execute("web", "lab", ["ls"], "main") == Output(3, "out\n", "err\n")
    assert api.requests[-1] == ("GET", f"{PODS}/web/exec", {"stdout": "true", "stderr": "true", "command": "ls", "container": "main"})


def test_a_command_that_does_not_end(api: FakeApi, client: Client) -> None:
    """It fails with the output so far."""
    api.said["hang"] = [(1, b"so far")]

    with pytest.raises(LabFailure, match=r'"hang" did not end within 1 s.*\n.*so far'):
        client.execute("web", "lab", ["hang"], timeout=1)


def test_a_command_for_a_pod_that_is_not_there(api: FakeApi, client: Client) -> None:
    """Refused, like every other verb."""
    api.answers["GET", f"{PODS}/web/exec"] = (404, {}, status(404, "NotFound", 'pods "web" not found'))

    with pytest.raises(Refused, match=r'refused to run a command: pods "web" not found \(NotFound\)'):
        client.execute("web", "lab", ["ls"])


def test_a_command_that_a_starting_server_forbids(api: FakeApi, client: Client) -> None:
    """It is tried again when the server is ready."""
    api.answers["GET", "/readyz"] = (200, {}, b"ok")
    api.answers["GET", f"{PODS}/web/exec"] = (403, {}, status(403, "Forbidden", 'cannot create resource "pods/exec"'))

    with pytest.raises(Refused, match="cannot create"):
        client.execute("web", "lab", ["ls"])
    assert [path.rpartition("/")[2] for _, path, _ in api.requests] == ["exec", "readyz", "exec"]


def test_a_command_without_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is trouble."""
    monkeypatch.setattr(knocking, "WAIT", 0)
    with pytest.raises(SetupTrouble, match="did not open a connection to run a command"):
        Client(kubeconfig(tmp_path, "http://127.0.0.1:1"), "fake").execute("web", "lab", ["ls"])


@pytest.mark.parametrize(
    ("answer", "runs"),
    [
        ((500, {}, b'container not found ("main")'), False),
        ((500, {}, b"container main not found in pod web_lab"), False),
        ((404, {}, status(404, "NotFound", 'pods "web" not found')), True),
        ((403, {}, status(403, "Forbidden", "no")), True),
    ],
)
def test_a_container_that_does_not_run(api: FakeApi, client: Client, answer: tuple[int, dict[str, str], bytes], *, runs: bool) -> None:
    """Only what its kubelet says of that container counts against it."""
    api.answers["GET", f"{PODS}/web/attach"] = answer

    assert client.is_running("web", "lab", "main") is runs
    assert api.requests[-1] == ("GET", f"{PODS}/web/attach", {"container": "main", "stdout": "true"})


def test_a_container_that_runs(api: FakeApi, client: Client) -> None:
    """Its kubelet opens a connection to it, which is closed at once; another request goes on a connection of its own."""
    api.said["attach"] = []
    api.put("web")

    assert client.is_running("web", "lab", "main")
    assert [one["metadata"]["name"] for one in client.list("Pod", "lab")] == ["web"]


def test_a_server_that_does_not_say_whether_a_container_runs(tmp_path: Path) -> None:
    """The Pod's status is believed."""
    assert Client(kubeconfig(tmp_path, "http://127.0.0.1:1"), "fake").is_running("web", "lab", "main")


@pytest.mark.parametrize(
    ("said", "code"),
    [('{"status": "Success"}', 0), ('{"status": "Failure", "details": {"causes": [{"reason": "ExitCode", "message": "3"}]}}', 3)],
)
def test_exit_codes(said: str, code: int) -> None:
    """As the error channel reports them."""
    assert _exit_code(said) == code


@pytest.mark.parametrize(
    ("said", "told"), [('{"message": "container not found"}', "container not found"), ("[]", r"\[\]"), ("", "the connection was cut")]
)
def test_a_command_that_did_not_run(said: str, told: str) -> None:
    """It has no exit code."""
    with pytest.raises(LabFailure, match=f"could not be run: {told}"):
        _exit_code(said)


def test_a_refused_websocket() -> None:
    """A 4xx is a refusal by the server; anything else is trouble."""

    class Bad(Exception):  # noqa: N818
        status_code = 404
        resp_body = status(404, "NotFound", "pods not found")

    assert isinstance(_refused(Bad()), Refused)
    Bad.status_code = 500
    Bad.resp_body = b""
    assert str(_refused(Bad("broken"))) == "The command could not be run: broken"


def test_contents(api: FakeApi, client: Client) -> None:
    """Every kind that is deleted with a namespace, once, in the version the server prefers; events are left out."""

    def resource(kind: str, verbs: tuple[str, ...] = ("list", "delete"), scope: str = "Namespaced") -> dict[str, Any]:
        return {"resource": kind.lower() + "s", "scope": scope, "responseKind": {"kind": kind}, "verbs": verbs}

    core = [resource("Pod"), resource("Event"), resource("Binding", ("create",)), resource("Node", scope="Cluster")]
    versions = [{"version": version, "resources": [resource("Order")]} for version in ("v2", "v1")]
    listings = {"/api": ({}, [{"version": "v1", "resources": core}]), "/apis": ({"name": "shop.io"}, versions)}
    for path, (metadata, found) in listings.items():
        api.answers["GET", path] = (200, {}, json.dumps({"items": [{"metadata": metadata, "versions": found}]}).encode())
    for path, name in ((PODS, "web"), ("/apis/shop.io/v2/namespaces/lab/orders", "first")):
        api.answers["GET", path] = (200, {}, json.dumps({"items": [{"metadata": {"name": name}}]}).encode())

    assert sorted(one["metadata"]["name"] for one in client.contents("lab")) == ["first", "web"]


WEB = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}
CHANGES: list[tuple[str, tuple[Any, ...]]] = [
    ("create", (WEB, "lab")),
    ("apply", (WEB, "lab")),
    ("rehearse", (WEB, "lab")),
    ("patch", ("Pod", "web", {}, "lab")),
    ("edit", ("Pod", "web", {}, "lab")),
    ("delete", ("Pod", "web", "lab")),
    ("token", ("default", "lab", 600)),
    ("execute", ("web", "lab", ["ls"])),
]


def test_a_client_that_only_reads_sends_nothing_else(api: FakeApi, client: Client) -> None:
    """Whatever the call; it runs no command in a container, either."""
    api.answers["GET", f"{PODS}/web"] = OK
    api.answers["POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"] = (201, {}, b'{"status": {"allowed": true}}')
    reading = client.reading()
    for verb, words in CHANGES:
        with pytest.raises(SetupTrouble, match=r"Nothing is changed here, and this would change something: [A-Z]+ /api"):
            getattr(reading, verb)(*words)

    assert api.requests == []
    assert reading.get("Pod", "web", "lab") == json.loads(OK[2])
    assert reading.may("list", "Pod", "lab")
