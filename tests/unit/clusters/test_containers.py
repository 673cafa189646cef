"""Whether a node really runs, and what is recorded of a cluster."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from kubelab.clusters import cluster_folder, containers, kindconfig, readiness
from kubelab.clusters.cluster_folder import KnownCluster
from kubelab.clusters.containers import Node
from kubelab.clusters.engine import Engine
from kubelab.clusters.progress import Progress
from kubelab.clusters.server import NodeList
from kubelab.errors import SetupTrouble
from kubelab.output import Output

PODMAN = Engine("podman", "/usr/bin/podman", "4.3.1", "", {})
DOCKER = Engine("docker", "/usr/bin/docker", "28.2.2", "", {})
NODE = Node("kubelab-worker", "abc123", "running", 77)
RECORD = KnownCluster("ready", "1.36.3", 2, "podman", "localhost/node:1", True, "/bin/kind", "/bin/kubectl", "because")


def process(folder: Path, state: str, group: str) -> None:
    """A process as the kernel describes it."""
    (folder / "77").mkdir()
    (folder / "77" / "stat").write_text(f"77 (init) {state} 1 77")
    (folder / "77" / "cgroup").write_text(f"0::/libpod_parent/libpod-{group}/init.scope")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere podman runs in a machine of its own")
@pytest.mark.parametrize(("state", "group", "lives"), [("S", "abc123", True), ("Z", "abc123", False), ("S", "another", False)])
def test_podmans_word_is_believed_only_with_the_process(tmp_path: Path, state: str, group: str, lives: bool) -> None:  # noqa: FBT001
    """A zombie is dead, and the process ID may belong to another process by now."""
    process(tmp_path, state, group)

    assert NODE.lives(PODMAN, tmp_path) == lives


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere podman runs in a machine of its own")
def test_a_node_whose_process_is_gone_is_dead_whatever_podman_says(tmp_path: Path) -> None:
    """As after all processes of a machine were killed without a reboot."""
    assert not NODE.lives(PODMAN, tmp_path)


def test_docker_is_believed_since_its_daemon_watches(tmp_path: Path) -> None:
    """The processes may be in another machine. A paused node is alive, an ended one is not."""
    assert NODE.lives(DOCKER, tmp_path)
    assert Node("n", "abc", "paused", 1).lives(DOCKER, tmp_path)
    assert not Node("n", "abc", "exited", 0).lives(DOCKER, tmp_path)


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """It is removed with its kubeconfig."""
    folder = tmp_path / "kubelab"
    cluster_folder.write(folder, RECORD)
    (folder / "kubeconfig").touch()

    assert cluster_folder.read(folder) == RECORD
    cluster_folder.forget(folder)
    assert list(folder.iterdir()) == []


def test_a_clusters_programs_outlive_the_cache_they_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a link, or by a copy if the cache is on another disk."""
    program = tmp_path / "kubectl"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert cluster_folder.keep(tmp_path / "lab", program).samefile(program)

    def refused(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refused)
    kept = cluster_folder.keep(tmp_path / "lab", program)
    program.unlink()

    assert kept.read_text() == "#!/bin/sh\n"
    assert kept.stat().st_mode & 0o100


@pytest.mark.parametrize("text", ["", "{", "[]", '{"phase": "ready"}'])
def test_an_unfinished_record_is_ignored(tmp_path: Path, text: str) -> None:
    """The same for a record of an older version."""
    (tmp_path / "cluster.json").write_text(text)

    assert cluster_folder.read(tmp_path) is None


def test_a_state_folder_that_cannot_be_made_is_trouble_with_a_remedy(tmp_path: Path) -> None:
    """A file is in its place."""
    (tmp_path / "file").touch()

    with pytest.raises(SetupTrouble, match="XDG_STATE_HOME"), cluster_folder.locked(tmp_path / "file" / "kubelab", Progress(io.StringIO())):
        pass


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_the_recipes_configuration_gets_a_line_for_each_worker(workers: int) -> None:
    """After the control plane."""
    text = kindconfig.text(workers)

    assert text.count("- role: control-plane\n") == 1
    assert text.count("- role: worker\n") == workers
    assert "failCgroupV1: false" in text


def test_a_pod_cannot_take_all_the_pids_of_its_node() -> None:
    """With any node image: the kubelet's configuration is the same for all."""
    config = yaml.safe_load(kindconfig.text(2))
    patches = [yaml.safe_load(patch) for patch in config["kubeadmConfigPatches"]]

    [kubelet] = [patch for patch in patches if patch["kind"] == "KubeletConfiguration"]
    assert 0 < kubelet["podPidsLimit"] <= 1024


def test_nodes_that_are_not_ready_are_named() -> None:
    """According to the API server."""
    ready = {
        "metadata": {"name": "a"},
        "status": {"conditions": [{"type": "Ready", "status": "True"}], "nodeInfo": {"kubeletVersion": "v1"}},
    }
    unknown = {"metadata": {"name": "b"}, "status": {"conditions": [{"type": "Ready", "status": "Unknown"}]}}
    nodes = NodeList([ready, unknown])

    assert (nodes.names, nodes.unready, nodes.version) == (["a", "b"], ["b"], "v1")


def test_the_dns_question_is_one_for_the_api_servers_address() -> None:
    """A header, the name as lengths and labels, type A, class IN."""
    script = readiness.question("ab.c", 5)

    expected = "6b6c" + "0100" + "0001" + "0000" * 3 + "02" + b"ab".hex() + "01" + b"c".hex() + "00" + "0001" + "0001"
    assert "".join(f"\\x{expected[i : i + 2]}" for i in range(0, len(expected), 2)) in script


def test_dns_is_asked_in_the_node_for_as_long_as_it_may_take() -> None:
    """With a little more patience, for the engine's own time."""
    asked: list[tuple[str, float]] = []

    def execute(node: str, argv: Sequence[str], limit: float) -> Output:
        asked.append((node, limit))
        return Output(0, argv[0], "")

    assert readiness.answer(execute, "worker", 5).out == "bash"
    assert asked == [("worker", 15)]


def test_only_volumes_of_the_clusters_own_nodes_are_its_volumes() -> None:
    """kind labels each with its node's name; another cluster's name may begin or end the same way."""  # noqa: D403  (its name)
    labels = ["map[lab-control-plane:true]", "map[a:b lab-worker:true c:d]", "lab-worker2=true,a=b"]
    others = ["map[lab-workers:true]", "map[labs-worker:true]", "map[my-lab-worker:true]", "map[]", "<none>"]
    listing = "\n".join(f"{number} {label}" for number, label in enumerate([*labels, *others]))

    assert containers.labelled(listing, "lab") == ["0", "1", "2"]
