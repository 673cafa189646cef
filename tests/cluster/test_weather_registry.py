"""A real container registry on this machine: `up` uses the published node image, labs run; then the registry is stopped, busy, slow."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import pytest

from kubelab.clusters import addresses, engine, nodeimage
from kubelab.clusters.prepulled import state
from kubelab.clusters.prepulled.node_pulls import CTR
from kubelab.clusters.prepulled.wanted import wanted
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import KUBERNETES, Settings
from tests.cluster.changes import ROOT
from tests.cluster.registry import Door, registry
from tests.cluster.stock import Stock
from tests.cluster.weather import SharedCluster, SmallCluster, small_cluster

MADE = nodeimage.maker(KUBERNETES, Progress(quiet=True))
pytestmark = [
    pytest.mark.cluster,
    pytest.mark.nightly,
    pytest.mark.skipif(
        bool(MADE.missing("node", "programs")), reason="serves our own node image, which no `up` has made here: another registry answers"
    ),
]
PUBLISHED = f"docker.io/kindest/node:v{KUBERNETES}"
MIRROR = """\
[[registry]]
location = "docker.io"
[[registry.mirror]]
location = "127.0.0.1:{port}"
insecure = true
"""
"""Tells podman to ask the registry for what Docker Hub has."""
LABS = ("pods/run_a_pod", "labels/labels", "controllers/deployment", "services/cluster_ip", "resources/limits")
"""A few features of different chapters."""
FEATURE = """\
Feature: Images
  Scenario: One that every node has
    When I run "kubectl run there --image=nginx:1.15"
    Then Pod "there" is ready
  Scenario: One that no node has
    When I run "kubectl run away --image=httpd:2.4"
    Then Pod "away" is ready
  Scenario: One that nobody has
    When I run "kubectl run nowhere --image=nginx:99.9"
    Then Pod "nowhere" is ready
"""
AWAY = "docker.io/library/httpd:2.4.63"
"""What runs for httpd:2.4: removed from the nodes before each test of the weather."""


@dataclass(frozen=True)
class Online:
    """A cluster whose engine and nodes reach only the registry behind the proxy, and the output of its `up`."""

    cluster: SmallCluster
    door: Door
    said: str
    seconds: float

    def run(self, folder: Path, *words: str, timeout: float = 300) -> str:
        """The output of pytest in the folder on this cluster."""
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", *words]
        environment = {**self.cluster.env, "KUBELAB_NAME": self.cluster.name}
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=timeout)
        return done.stdout + done.stderr

    def images(self, node: str) -> list[str]:
        """The images of a node."""
        return self.cluster.engine.run("exec", node, *CTR, "list", "--quiet").out.split()

    def await_images(self) -> None:
        """Return once the nodes have pulled the images they should have, also those that took longer than an `up` waits."""
        with state.locked(self.cluster.folder, patience=300) as over:
            assert over
        assert "could not be pulled" not in self.cluster.run("status").stdout

    def forget(self, image: str) -> None:
        """Remove an image from every node, under all its names: the kubelet's runtime has one more name, which would keep its layers."""
        for node in self.cluster.nodes:
            rows = [row.split()[:3] for row in self.cluster.engine.run("exec", node.name, *CTR, "list").out.splitlines()]
            digests = {digest for name, _, digest in rows if name == image}
            names = [name for name, _, digest in rows if digest in digests]
            if names:
                self.cluster.engine.run("exec", node.name, *CTR, "remove", "--sync", *names)
            assert image not in self.images(node.name)


@pytest.fixture(scope="module")
def way() -> Iterator[ExitStack]:
    """What keeps the proxy open; closing it simulates a registry that is stopped."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The proxy of a registry that has everything; it is not open yet."""
    chosen, folder = engine.choose(), tmp_path_factory.mktemp("registry")
    if chosen.name != "podman":
        pytest.skip("Docker has its mirrors in its daemon's own settings, which are not a test's to change")
    with registry(folder) as port:
        Stock(chosen, port).fill(folder)
        yield Door(port)


@pytest.fixture(scope="module")
def online(door: Door, way: ExitStack, shared: SharedCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Online]:
    """A cluster as `kubelab up` makes it on a machine that has a registry and no node image of ours; gone at the end."""
    shared.remove()
    way.enter_context(door.open())
    folder = tmp_path_factory.mktemp("online")
    cluster = small_cluster(folder / "state", workers=2)
    cluster = replace(cluster, env={**cluster.env, **surroundings(door, cluster, folder)})
    assert not cluster.engine.run("image", "inspect", PUBLISHED).good, f"{PUBLISHED} is here already: no registry would be asked for it"
    try:
        began = monotonic()
        done = cluster.up()
        assert done.returncode == 0, done.stderr
        yield Online(cluster, door, done.stderr + done.stdout, monotonic() - began)
    finally:
        cluster.remove()
        cluster.engine.run("image", "rm", PUBLISHED)  # otherwise every later `up` on this machine would use it


def surroundings(door: Door, cluster: SmallCluster, folder: Path) -> dict[str, str]:
    """The environment of a machine with the registry: kind and kubectl on PATH, an empty cache, the mirror for engine and nodes."""
    (folder / "registries.conf").write_text(MIRROR.format(port=door.port))
    return {
        "PATH": f"{MADE.result('programs')}{os.pathsep}{cluster.env['PATH']}",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "CONTAINERS_REGISTRIES_CONF": str(folder / "registries.conf"),
        "KUBELAB_MIRROR": f"http://{gateway(cluster)}:{door.port}",
    }


def gateway(cluster: SmallCluster) -> str:
    """The address at which the nodes reach this machine, on the network that kind puts them on."""
    if not cluster.engine.run("network", "inspect", "kind").good:
        cluster.engine.run("network", "create", "kind")
    told = json.loads(cluster.engine.run("network", "inspect", "kind").out)[0]
    return next(router for _, router in addresses._ranges(told))


def is_green(said: str) -> bool:
    """Whether scenarios passed, and none had another outcome."""
    summary = said.rstrip().splitlines()[-1]
    return " passed" in summary and "failed" not in summary and "error" not in summary


@contextmanager
def weather(online: Online, tmp_path: Path) -> Iterator[Path]:
    """A folder with the feature, on nodes that lack one image; the registry works again at the end."""
    online.forget(AWAY)
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "images.feature").write_text(FEATURE)
    try:
        yield tmp_path
    finally:
        online.door.refusing = online.door.rate = None


def test_up_chooses_the_published_image_and_has_the_labs_images_on_every_node(online: Online) -> None:
    """Pulled through the registry by each node."""
    assert f"node image: kindest/node:v{KUBERNETES}: a container registry answers" in online.said
    online.await_images()
    for node in online.cluster.nodes:
        assert set(wanted(Settings()).names) <= set(online.images(node.name))
    assert [name for name in ("kindest/node:v" + KUBERNETES, "library/nginx:1.14.2", "pause:3.10.2") if not online.door.gave(name)] == []


def test_up_builds_unpublished_images_with_the_engine(online: Online) -> None:
    """Without our own node image, with the registry's compiler and busybox: the web program is built, and loaded into every node."""
    made = wanted(Settings()).made
    for image in made:
        online.forget(image)
    (online.cluster.folder / state.FILE).unlink()

    assert online.cluster.up().returncode == 0

    online.await_images()
    for node in online.cluster.nodes:
        assert set(made) <= set(online.images(node.name))
    assert online.door.gave("library/golang:1.26.7-alpine3.24")
    built = Path(online.cluster.env["XDG_CACHE_HOME"]) / "kubelab" / "webapp"
    assert sorted(file.name.partition("-")[0] for file in built.iterdir()) == ["appjs", "marvel", "thor"]


def test_labs_of_several_chapters_are_green_two_minutes_after_nothing(online: Online) -> None:
    """With the images that the policy gives every cluster that is not of our own node image."""
    began = monotonic()
    first = online.run(ROOT, f"features/{LABS[0]}.feature")
    assert online.seconds + monotonic() - began < 120
    assert "images: nginx:1.14 runs nginx:1.14.2" in first

    said = online.run(ROOT, *(f"features/{lab}.feature" for lab in LABS), "-n", "2")
    assert is_green(said), said


def test_a_stopped_registry_is_trouble_only_for_labs_that_need_it(online: Online, way: ExitStack, tmp_path: Path) -> None:
    """Images that the nodes have still run; a missing one is an error of the run, since it cannot be known whether it exists."""
    with weather(online, tmp_path) as folder:
        way.pop_all().close()
        try:
            said = online.run(folder, "images.feature", "-n", "3")
        finally:
            way.enter_context(online.door.open())

    assert "1 passed, 2 errors" in said, said
    assert "nothing listens at " in said


def test_a_registry_that_limits_its_pulls_is_named_so(online: Online, tmp_path: Path) -> None:
    """429, as Docker Hub answers clients that ask too often."""
    with weather(online, tmp_path) as folder:
        online.door.refusing = 429
        said = online.run(folder, "images.feature", "-n", "3")

    assert "1 passed, 2 errors" in said, said
    assert "too many requests: the registry limits how often it may be asked (429)" in said


def test_a_slow_registry_takes_its_time_and_not_the_labs(online: Online, tmp_path: Path) -> None:
    """At 200 kB/s; an image that does not exist is still the lab's fault."""
    with weather(online, tmp_path) as folder:
        online.door.rate = 200_000
        said = online.run(folder, "images.feature", "-n", "3")

    assert "1 failed, 2 passed" in said, said
    assert "there is no such image here, or no such tag of it" in said


@pytest.mark.parametrize("time", ["first", "second"])
def test_every_lab_is_green_on_it(online: Online, time: str) -> None:
    """As on our own node image; the second time too, after all that the first one has left."""
    said = online.run(ROOT, "features", "-n", "4", "--dist", "worksteal", timeout=1500)
    assert is_green(said), f"the {time} time:\n{said}"
