"""Misfortunes of a cluster, each caused for real, and the next `kubelab up`, which repairs it: in order, on one small cluster."""

import hashlib
import signal

import pytest

from kubelab.clusters import Settings
from kubelab.clusters.kind import KindProvider
from tests.cluster.weather import SmallCluster, kubelab, until

pytestmark = pytest.mark.cluster


def test_a_second_up_takes_the_running_cluster(small: SmallCluster) -> None:
    """The containers stay the same, and the choice of engine and image is not repeated."""
    before = small.nodes

    done = small.up()

    assert done.returncode == 0, done.stderr
    assert "creating" not in done.stderr
    assert small.nodes == before
    assert small.run("status").stdout.splitlines()[0].startswith(f"cluster     {small.name} (kind), Kubernetes v1.")


@pytest.mark.parametrize(
    ("words", "text"),
    [(("--kubernetes", "1.35.4"), ", not v1.35.4"), (("--workers", "1"), "has 0 workers, not 1")],
)
def test_another_version_or_size_is_said_and_asks_for_fresh(small: SmallCluster, words: tuple[str, ...], text: str) -> None:
    """Nothing is removed without a request to do so."""
    before = small.nodes

    done = small.run("up", *words)

    assert done.returncode == 3
    assert text in done.stderr
    assert done.stderr.splitlines()[-1].endswith("--fresh")
    assert small.nodes == before


def test_a_kubeconfig_context_is_used_and_never_written_to(small: SmallCluster) -> None:
    """The existing cluster's kubeconfig is unchanged, and `kubelab down` refuses to remove the cluster."""
    config = small.folder / "kubeconfig"
    before = hashlib.sha256(config.read_bytes()).hexdigest()
    env = {**small.env, "KUBECONFIG": str(config)}

    shown = kubelab("status", "--context", f"kind-{small.name}", env=env)
    refused = kubelab("down", env={**env, "KUBELAB_CONTEXT": f"kind-{small.name}"})

    assert shown.returncode == 0, shown.stderr
    assert f"kind-{small.name} (existing)" in shown.stdout
    assert "because     --context names this context" in shown.stdout
    assert refused.returncode == 3
    assert hashlib.sha256(config.read_bytes()).hexdigest() == before


def test_a_context_that_does_not_exist_is_named_with_the_nearest(small: SmallCluster) -> None:
    """And which setting named it."""
    env = {**small.env, "KUBECONFIG": str(small.folder / "kubeconfig"), "KUBELAB_CONTEXT": f"kin-{small.name}"}

    done = kubelab("status", env=env)

    assert done.returncode == 3
    assert f'There is no context "kin-{small.name}" (named by KUBELAB_CONTEXT)' in done.stderr
    assert f'Did you mean "kind-{small.name}"?' in done.stderr


def test_a_node_that_a_killed_lab_left_paused_goes_on(small: SmallCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same node, not a new one."""
    monkeypatch.setenv("XDG_STATE_HOME", small.env["XDG_STATE_HOME"])
    kind, node = KindProvider(Settings(name=small.name)), f"{small.name}-control-plane"
    before = [one.identity for one in small.nodes]
    kind.pause(node)
    kind.pause(node)
    assert [one.state for one in small.nodes] == ["paused"]

    done = small.up()

    assert done.returncode == 0, done.stderr
    assert [(one.identity, one.state) for one in small.nodes] == [(before[0], "running")]
    assert kind.execute(node, ["hostname"]).out.strip() == node


def test_two_ups_at_once_make_one_cluster_anew_whose_processes_were_killed(small: SmallCluster) -> None:
    """The engine may still report the old cluster as running; one of the two makes the new one, the other waits and uses it."""
    dead = [one.identity for one in small.nodes]
    small.kill_processes()

    both = [small.begin_up(), small.begin_up()]
    said = [process.communicate(timeout=240)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], "\n".join(said)
    assert sum("creating cluster" in text for text in said) == 1
    assert sum("waiting for another process" in text for text in said) == 1
    assert [one.identity for one in small.nodes] != dead
    assert len(small.nodes) == 1


def test_ctrl_c_leaves_no_half_cluster(small: SmallCluster) -> None:
    """The old one had lost its container; the new one was being made."""
    small.remove_containers()
    assert small.run("status").returncode == 1
    process = small.begin_up()
    until(lambda: small.nodes)

    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[0]

    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert small.nodes == []
    assert small.at_work() == []
    assert sorted(path.name for path in small.folder.iterdir()) == ["lock"]


def test_a_killed_up_is_repaired_by_the_next(small: SmallCluster) -> None:
    """The kind process that it left running is ended, its partial cluster removed."""
    process = small.begin_up()
    until(lambda: small.nodes)
    half = small.nodes
    process.kill()
    process.communicate(timeout=10)

    done = small.up()

    assert done.returncode == 0, done.stderr
    assert "removing cluster" in done.stderr
    assert small.nodes != half
    assert small.at_work() == []


def test_down_leaves_nothing_and_may_be_said_twice(small: SmallCluster) -> None:
    """No container, no volume, no kubeconfig, no record."""
    assert [small.run("down").returncode, small.run("down").returncode] == [0, 0]

    assert small.nodes == []
    assert small.volumes == []
    assert sorted(path.name for path in small.folder.iterdir()) == ["lock"]
