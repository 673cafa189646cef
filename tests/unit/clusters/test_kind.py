"""The kind provider's decisions, on a machine with fake docker, kind and kubectl; the real ones are in tests/cluster."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kubelab import locks
from kubelab.clusters import cluster_folder
from kubelab.clusters.kind import KindProvider
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import locks_folder
from kubelab.errors import SetupTrouble
from kubelab.output import Output
from tests.unit.clusters.conftest import IMAGE, Machine


def up(kind: KindProvider) -> str:
    """The output of an `up`."""
    said = io.StringIO()
    kind.up(Progress(said))
    return said.getvalue()


def test_up_makes_what_is_not_there_and_says_its_choices(machine: Machine) -> None:
    """Engine and image are named with their reasons; the cluster is found from then on."""
    kind = machine.kind()
    assert kind.find() is None

    said = up(kind)

    assert "engine: docker 28.2.2 (a Docker daemon answers)" in said
    assert f"node image: {IMAGE}: asked for" in said
    assert 'creating cluster "kubelab" with 2 workers, Kubernetes 1.36.3 (about 36 s) …; next: nodes, network and DNS ready' in said
    found = kind.find()
    assert found is not None
    assert (found.name, found.provider, found.version, found.context) == ("kubelab", "kind", "v1.36.3", "kind-kubelab")
    assert found.kubeconfig == machine.folder / "state" / "kubelab" / "kubelab" / "kubeconfig"
    assert found.images == "own"
    assert list(machine.known["nodes"]) == ["kubelab-control-plane", "kubelab-worker", "kubelab-worker1"]


def test_up_takes_what_runs_and_makes_anew_only_when_asked(machine: Machine) -> None:
    """The second `up` prints nothing."""
    up(machine.kind())

    assert up(machine.kind()) == ""
    assert "removing cluster" in up(machine.kind(fresh=True))


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"kubernetes": "1.35.4"}, "runs Kubernetes v1.36.3, not v1.35.4"),
        ({"workers": 0}, "has 2 workers, not 0"),
        ({"mirror": "http://10.0.0.5"}, "asks no mirror for images, not http://10.0.0.5"),
    ],
)
def test_a_wish_that_the_running_cluster_does_not_fit_is_refused(machine: Machine, wish: dict[str, object], text: str) -> None:
    """With the command that recreates it."""
    up(machine.kind())

    with pytest.raises(SetupTrouble, match=text) as trouble:
        up(machine.kind(**wish))
    assert str(trouble.value).endswith("--fresh")


@pytest.mark.parametrize("kept", [None, "- lab: nginx\n  runs: nginx:1.30\n  because: it is older\n"])
def test_a_cluster_without_the_images_that_labs_name_now_is_refused(machine: Machine, kept: str | None) -> None:
    """Otherwise a lab would be blamed for an image that an older node image lacks."""
    kind = machine.kind(workers=0)
    up(kind)
    images = kind.settings.folder / "images.yaml"
    images.write_text(kept) if kept else images.unlink()

    with pytest.raises(SetupTrouble, match="does not have all the images that labs name now") as trouble:
        up(kind)
    assert str(trouble.value).endswith("--fresh")


def test_a_cluster_that_has_more_images_is_taken(machine: Machine) -> None:
    """So is one whose images have another reason in their record."""
    kind = machine.kind(workers=0)
    up(kind)
    images = kind.settings.folder / "images.yaml"
    images.write_text(re.sub("because: .*", "because: of this", images.read_text()) + "- lab: one\n  runs: more\n")

    assert up(kind) == ""


def test_a_mirror_is_kept_with_the_cluster(machine: Machine) -> None:
    """An `up` with the same mirror or with none uses the running cluster."""
    kind = machine.kind(workers=0, mirror="http://10.0.0.5")
    up(kind)

    assert up(kind) == up(machine.kind()) == ""
    found = kind.find()
    assert found is not None
    assert found.reason.endswith("; mirror http://10.0.0.5")


def test_nodes_that_ended_are_cleared_away_and_made_anew(machine: Machine) -> None:
    """One ended node is enough."""
    kind = machine.kind(workers=0)
    up(kind)
    machine.know(nodes={"kubelab-control-plane": "exited"})
    assert kind.find() is None

    said = up(kind)

    assert "removing cluster" in said
    assert "creating cluster" in said


def test_an_up_that_never_came_to_its_end_is_begun_again(machine: Machine) -> None:
    """What exists may be a partial cluster."""
    kind = machine.kind(workers=0)
    up(kind)
    known = cluster_folder.read(kind.settings.folder)
    assert known
    cluster_folder.write(kind.settings.folder, replace(known, phase=cluster_folder.MAKING, child=2**22 + 1))

    assert kind.find() is None
    assert "creating cluster" in up(kind)


def test_a_cluster_whose_api_server_never_answers_is_made_anew(machine: Machine) -> None:
    """Not even on the node itself; the fake engine runs nothing in a node, so the new cluster's DNS does not answer, either."""
    kind = machine.kind(workers=0)
    up(kind)
    machine.know(fails={"kubectl get nodes": "connection refused", "exec": "not yet"})

    with pytest.raises(SetupTrouble, match="its DNS does not answer"):
        up(kind)


def test_a_cluster_that_is_only_slow_is_not_thrown_away(machine: Machine) -> None:
    """Its API server answers on the node itself, so the cluster works; the text says how to recreate it."""
    kind = machine.kind(workers=0)
    up(kind)
    machine.know(fails={"kubectl get nodes": "connection refused"})

    with pytest.raises(SetupTrouble, match=r"the machine is very busy(.|\n)*kubelab up --name kubelab --fresh"):
        up(kind)


def test_kind_that_fails_leaves_its_logs_and_nothing_else(machine: Machine) -> None:
    """With its last output and the place of the logs."""
    kind = machine.kind(workers=0)
    machine.know(fails={"create": "ERROR: failed to create cluster: no room"})

    with pytest.raises(SetupTrouble, match="kind could not create the cluster") as trouble:
        up(kind)

    assert "| ERROR: failed to create cluster: no room" in str(trouble.value)
    assert str(kind.settings.folder / "logs") in str(trouble.value)
    assert machine.known["nodes"] == {}
    assert cluster_folder.read(kind.settings.folder) is None


@pytest.mark.parametrize(
    ("fails", "text"),
    [
        ("kubectl wait --timeout=180s node", "the nodes do not become ready"),
        ("kubectl wait --timeout=180s deployment", "the system's deployments do not become available"),
        ("kubectl wait --timeout=180s pod", "the system's pods do not become ready"),
        ("exec", "its DNS does not answer on node kubelab-control-plane"),
    ],
)
def test_a_cluster_that_does_not_become_ready_is_told_and_removed(machine: Machine, fails: str, text: str) -> None:
    """kind itself would only have warned."""  # noqa: D403  (its name)
    machine.know(fails={fails: "timed out"})

    with pytest.raises(SetupTrouble, match=text):
        up(machine.kind(workers=0))
    assert machine.known["nodes"] == {}


def test_somebody_elses_kind_cluster_is_not_touched(machine: Machine) -> None:
    """It has a name that is not ours, and no folder of ours tells of it."""
    machine.know(nodes={"theirs-control-plane": "running"})

    for action in (lambda: up(machine.kind(name="theirs")), machine.kind(name="theirs").down):
        with pytest.raises(SetupTrouble, match='a kind cluster "theirs" that kubelab did not make'):
            action()
    assert machine.known["nodes"]


def unready(machine: Machine) -> None:
    """Let the fake kubectl report every node as not ready, and wait for it in vain."""
    script = machine.folder / "bin" / "kubectl"
    script.write_text(script.read_text().replace('"status": "True"', '"status": "Unknown"'))
    machine.know(fails={"kubectl wait node": "timed out"})


def test_a_node_that_is_not_ready_is_waited_for(machine: Machine) -> None:
    """If it does not become ready, that is reported with the remedy."""
    kind = machine.kind(workers=0)
    up(kind)
    unready(machine)

    with pytest.raises(SetupTrouble, match=r"does not become ready within 90 s\.\nRecreate the cluster .*--fresh"):
        up(kind)


def test_a_kubelet_that_somebody_has_stopped_is_started(machine: Machine) -> None:
    """What runs in the cluster stays; a healthy node is left alone."""
    kind = machine.kind(workers=0)
    up(kind)
    machine.know(units={"containerd": "active", "kubelet": "inactive"})
    assert up(kind) == ""
    unready(machine)
    machine.know(fails={})

    said = up(kind)

    assert "node kubelab-control-plane: kubelet did not run, and was started again" in said
    assert "creating" not in said
    assert machine.known["units"] == {"containerd": "active", "kubelet": "active"}


def test_an_api_server_whose_runtime_was_stopped_comes_back(machine: Machine) -> None:
    """It is a Pod like any other, and its kubelet starts it again."""
    kind = machine.kind(workers=0)
    up(kind)
    machine.know(units={"containerd": "failed", "kubelet": "inactive"}, fails={"kubectl get nodes": "connection refused"})

    with pytest.raises(SetupTrouble, match="the machine is very busy"):
        up(kind)

    assert machine.known["units"] == {"containerd": "active", "kubelet": "active"}


def test_a_node_that_a_killed_lab_left_stopped_goes_on(machine: Machine) -> None:
    """Also one whose absence the control plane has not noticed yet."""
    kind = machine.kind(workers=1)
    up(kind)
    kind.pause("kubelab-worker")

    assert "node kubelab-worker was left stopped, and is started again" in up(kind)
    assert machine.known["nodes"]["kubelab-worker"] == "running"


def test_a_node_that_a_running_lab_has_stopped_is_left_to_it(machine: Machine) -> None:
    """It has the cluster to itself, and starts the node again; only the other nodes are waited for."""
    kind = machine.kind(workers=1)
    up(kind)
    for node in machine.known["nodes"]:
        kind.pause(node)
    unready(machine)

    with locks.held(locks_folder("kubelab"), [locks.WHOLE]):
        said = up(kind)

    assert "node kubelab-worker is stopped by a lab that runs now" in said
    assert set(machine.known["nodes"].values()) == {"paused"}


def test_nodes_can_be_entered_paused_and_let_go(machine: Machine) -> None:
    """Twice is fine; an unknown name is reported with the existing ones."""
    kind = machine.kind(workers=0)
    up(kind)
    node = "kubelab-control-plane"

    assert kind.execute(node, ["uname", "-r"]).out == f"{node} uname -r\n"
    for action, state in ((kind.pause, "paused"), (kind.pause, "paused"), (kind.unpause, "running"), (kind.unpause, "running")):
        action(node)
        assert machine.known["nodes"][node] == state
    with pytest.raises(SetupTrouble, match='has no node "other"'):
        kind.reach("other")
    machine.know(fails={"pause": "no freezer"})
    with pytest.raises(SetupTrouble, match="could not be paused"):
        kind.pause(node)


def test_down_may_be_said_at_any_time(machine: Machine) -> None:
    """Even if no engine answers and nothing was ever made; it is trouble only if something would be left."""
    kind = machine.kind(workers=0)
    up(kind)
    machine.know(fails={"info": "daemon is gone"})
    with pytest.raises(SetupTrouble, match="No container engine answers"):
        kind.down()
    machine.know(fails={})
    kind.down()

    assert machine.known["nodes"] == {}
    machine.know(fails={"info": "daemon is gone"})
    kind.down()


def test_logs_are_collected_from_a_cluster_that_is_there(machine: Machine, tmp_path: Path) -> None:
    """Without one, the text says how to make it."""
    kind = machine.kind(workers=0)
    with pytest.raises(SetupTrouble, match='There is no cluster "kubelab"'):
        kind.collect_logs(tmp_path / "logs")
    up(kind)
    kind.collect_logs(tmp_path / "logs")
    assert (tmp_path / "logs").is_dir()
    (tmp_path / "logs" / "kubelet.log").write_text("of another time")
    machine.know(fails={"export": "broken"})
    with pytest.raises(SetupTrouble, match="logs could not be collected"):
        kind.collect_logs(tmp_path / "logs")


def test_logs_that_could_be_read_are_kept_without_the_others(machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The export ends with an error if a node image has no crictl to list its images, but has written everything else."""
    kind = machine.kind(workers=0)
    up(kind)

    def export(*_: object) -> Output:
        (tmp_path / "kubelet.log").write_text("so it was")
        return Output(1, "", "no crictl")

    monkeypatch.setattr("kubelab.clusters.kind.run", export)

    kind.collect_logs(tmp_path)

    assert (tmp_path / "kubelet.log").read_text() == "so it was"


def test_an_engine_whose_program_is_gone_is_trouble(machine: Machine) -> None:
    """The cluster is not found, and nothing can be run in it."""
    kind = machine.kind(workers=0)
    up(kind)
    (machine.folder / "bin" / "docker").unlink()

    assert kind.find() is None
    with pytest.raises(SetupTrouble, match="docker, which runs the cluster, is not on PATH any more"):
        kind.execute("kubelab-control-plane", ["true"])


def test_containers_that_cannot_be_listed_or_removed_are_trouble(machine: Machine) -> None:
    """It does not count as a cluster that does not exist."""
    kind = machine.kind(workers=0)
    up(kind)
    machine.know(fails={"ps": "cannot list"})
    assert kind.find() is None
    with pytest.raises(SetupTrouble, match="docker does not list its containers"):
        kind.down()
    machine.know(fails={"rm": "busy"})
    with pytest.raises(SetupTrouble, match=r"cannot be removed\.\nbusy\nTry: docker rm -f -v kubelab-control-plane"):
        kind.down()
