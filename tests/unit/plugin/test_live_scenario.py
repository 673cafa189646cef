"""A scenario in which nothing may be changed, and how it names images."""

from pathlib import Path
from typing import Any

import pytest

from kubelab import kubectl
from kubelab.client import Refused
from kubelab.client.kinds import Resolve, built_in
from kubelab.clusters.provider import OURS, Cluster
from kubelab.errors import SetupTrouble
from kubelab.manifests import Solution
from kubelab.observation import Store
from kubelab.output import Output
from kubelab.plugin import live_namespace
from kubelab.plugin.live_scenario import LiveManifests, LiveScenario, images
from kubelab.policy import Substitution

CLUSTER = Cluster("fake", "kind", Path("/nowhere/kubeconfig"), "fake", "v1.36.3", "a test", "own", Path("/bin/false"), OURS)
POLICY = {
    "httpd:2.2": Substitution("httpd:2.2", "docker.io/library/httpd:2.4.62", "2.2 is gone"),
    "nginx": Substitution("nginx", "docker.io/library/nginx:1.30-newest", "the newest"),
}
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"


class Silent:
    """A client that is not asked for any object."""

    resolve: Resolve = staticmethod(built_in)

    def get(self, _kind: str, _name: str, _namespace: str | None = None) -> None:
        """The API server fails."""
        raise Refused(500, "InternalError", "no", "get Namespace")


@pytest.fixture
def lab(tmp_path: Path) -> LiveScenario:
    """A scenario in the namespace web, whose student has one file."""
    (tmp_path / "web.yaml").write_text(POD)
    solution = Solution(tmp_path, ("web.yaml",), "mine")
    store, client = Store("web"), Silent()
    parts: dict[str, Any] = {"cluster": CLUSTER, "provider": None, "client": client, "store": store, "since": store.mark()}
    return LiveScenario("S", tmp_path / "a.feature", "web", manifests=LiveManifests("web", [tmp_path], solution=solution), **parts)


@pytest.mark.parametrize("line", ["kubectl delete pod web", "kubectl diff -f web.yaml", "kubectl exec web -- ls", "ls"])
def test_a_command_that_does_more_than_read_is_not_run(lab: LiveScenario, line: str) -> None:
    """Whichever step runs it."""
    with pytest.raises(SetupTrouble, match="Nothing is changed here, and this command does more than read: "):
        lab.run(line)


def test_a_command_that_only_reads_is_run(lab: LiveScenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents of a file are read, but nothing is created."""

    def run(line: str, _kubeconfig: object, _images: object, files: Any, *_more: object, **_limits: float) -> Output:
        return Output(0, f"{line}: {[one.name for one in files('web.yaml')]}", "")

    monkeypatch.setattr(kubectl, "run", run)
    monkeypatch.setattr(Store, "catch_up", lambda _store: None)

    assert lab.run("kubectl get -f web.yaml").out == "kubectl get -f web.yaml: ['web']"
    assert lab.manifests.applied == []


def test_an_image_has_the_labs_name_where_what_stands_for_it_runs() -> None:
    """But not if the image that the lab names runs itself, or neither of the two."""
    found = images(POLICY, ["httpd:2.4.62", "busybox"])
    itself = images(POLICY, ["httpd:2.2", "httpd:2.4.62", "nginx:latest"])

    assert (found.runs("httpd:2.2"), found.says("runs docker.io/library/httpd:2.4.62")) == (POLICY["httpd:2.2"].runs, "runs httpd:2.2")
    assert found.runs("nginx") == "nginx"
    assert (itself.runs("httpd:2.2"), itself.runs("nginx")) == ("httpd:2.2", "nginx")


def test_trouble_of_the_api_server_is_told() -> None:
    """It does not count as a namespace that may not be read."""
    client: Any = Silent()

    with pytest.raises(Refused, match="InternalError"):
        live_namespace.require(client, CLUSTER, "web")
