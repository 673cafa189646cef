"""Docker's client instead of podman's makes, uses, stops and removes a cluster: a small one, since its nodes are stopped."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kubelab.client import Client
from tests.cluster.changes import ROOT
from tests.cluster.docker_service import docker_service, missing
from tests.cluster.runs import run
from tests.cluster.test_weather_nodes import STOPS
from tests.cluster.weather import SmallCluster

pytestmark = [pytest.mark.cluster, pytest.mark.nightly, pytest.mark.skipif(bool(missing()), reason=f"needs {missing()}")]

WORKERS = 1
LABS = ("controllers/daemon_set.feature", "services/node_port.feature", "services/load_balancer.feature")
"""Labs with Pods on workers, requests from outside, and addresses in the nodes' network."""


@pytest.fixture(scope="module", autouse=True)
def docker_answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As far as Docker's client can tell, a Docker daemon answers."""
    with docker_service(tmp_path_factory.mktemp("docker")) as host, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCKER_HOST", host)
        yield


def docker(*words: str) -> str:
    """The output of Docker's client."""
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=True).stdout


def test_up_chooses_docker_because_a_daemon_answers(small: SmallCluster) -> None:
    """It says so at once and in its record; kind made the nodes with its Docker provider."""
    known = json.loads((small.folder / "cluster.json").read_text())

    assert small.engine.name == known["engine"] == "docker"
    assert "(a Docker daemon answers)" in known["reason"]
    assert "a Docker daemon answers" in small.run("doctor").stdout
    assert {one["spec"]["providerID"] for one in client(small).list("Node")} == {
        f"kind://docker/{small.name}/{node.name}" for node in small.nodes
    }


def client(small: SmallCluster) -> Client:
    """A client of the small cluster."""
    return Client(small.folder / "kubeconfig", f"kind-{small.name}")


@pytest.mark.parametrize("lab", LABS)
def test_labs_are_green(chosen: SmallCluster, lab: str) -> None:
    """As on any other engine."""
    words = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", f"features/{lab}", "-n", "2"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)

    assert done.returncode == 0, done.stdout
    assert f'cluster "{chosen.name}" (kind)' in done.stdout


def test_a_node_is_stopped_and_goes_on(chosen: SmallCluster, tmp_path: Path) -> None:
    """With Docker's pause and unpause."""
    text = run(tmp_path, STOPS.replace('Then Pod "later-1" is ready within 90 seconds', "Then no Job was created"), "Stops")

    assert "1 passed" in text
    assert {docker("inspect", "--format", "{{.State.Status}}", node.name).strip() for node in chosen.nodes} == {"running"}


def test_a_frozen_cluster_goes_on_with_an_up(small: SmallCluster) -> None:
    """All of its nodes, including the one with the API server."""
    names = [node.name for node in small.nodes]
    docker("pause", *names)

    done = small.up()

    assert done.returncode == 0, done.stderr
    assert [node.state for node in small.nodes] == ["running", "running"]


def test_down_leaves_nothing(small: SmallCluster) -> None:
    """No container, no volume, no file; the next `down` finds nothing to do."""
    told = json.loads(docker("inspect", *(node.name for node in small.nodes)))
    volumes = {mount["Name"] for node in told for mount in node["Mounts"] if mount["Type"] == "volume"}

    assert small.run("down").returncode == 0
    assert small.nodes == []
    assert volumes
    assert not volumes & set(docker("volume", "ls", "--quiet").split())
    assert [path.name for path in small.folder.rglob("*") if path.is_file()] == ["lock"]
    assert small.run("down").returncode == 0
