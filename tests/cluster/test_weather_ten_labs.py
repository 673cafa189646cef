"""Ten labs during each misfortune of their cluster or their run: a right one is never FAILED, a wrong one never PASSED."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kubelab.client import Client
from tests.cluster import misfortunes
from tests.cluster.misfortune_labs import LABS, MANIFESTS, WRONG
from tests.cluster.misfortune_steps import RULE, SIGNAL, for_a_time
from tests.cluster.misfortunes import Misfortune, execute, judged, lab_command, settle, verdicts
from tests.cluster.runs import awaited, begun, children
from tests.cluster.weather import SmallCluster

pytestmark = [pytest.mark.cluster, pytest.mark.nightly]

SHARES = True
MARKED = "app.kubernetes.io/managed-by=kubelab"
FEATURE = "".join(f"\n  Scenario: {title}\n    {steps}\n" for title, steps in LABS.items())


@dataclass(frozen=True)
class Spell:
    """A misfortune that comes when the labs have begun, and goes after some seconds: where, and the commands for both."""

    name: str
    node: str
    seconds: int
    begin: str
    end: str = ":"
    mild: bool = False
    """Whether it is over before any sentence's limit: wrong labs are FAILED all the same, and right ones pass."""


def frozen(program: str, seconds: int) -> Spell:
    """A program of the control plane that stands still."""
    begin, end = (SIGNAL.format(program=program, signal=name) for name in ("STOP", "CONT"))
    return Spell(f"{program} frozen", "control-plane", seconds, begin, end)


def killed(program: str) -> Spell:
    """A program of the control plane that its kubelet starts again."""
    return Spell(f"{program} killed", "control-plane", 0, SIGNAL.format(program=program, signal="KILL"))


def stopped(unit: str) -> Spell:
    """A service of the worker that does not run."""
    return Spell(f"{unit} stopped", "worker", 60, f"systemctl stop {unit}", f"systemctl start {unit}")


def cut_off(target: str) -> Spell:
    """An API server that nobody reaches."""
    begin, end = (RULE.format(verb=verb, target=target) for verb in ("I", "D"))
    return Spell(f"network cut by {target}", "control-plane", 10, begin, end, mild=True)


SPELLS = (
    frozen("kube-controller-manager", 60),
    frozen("kube-scheduler", 60),
    frozen("kube-apiserver", 20),
    frozen("etcd", 20),
    killed("kube-apiserver"),
    killed("etcd"),
    stopped("kubelet"),
    stopped("containerd"),
    cut_off("DROP"),
    cut_off("REJECT"),
)
LASTING: Mapping[str, tuple[Misfortune, frozenset[str]]] = {
    "no name server": (misfortunes.nameless, frozenset({"name"})),
    "no StorageClass": (misfortunes.without_classes, frozenset({"claim"})),
    "a webhook on Pods": (misfortunes.guarded, frozenset(LABS)),
    "cordoned workers": (misfortunes.cordoned, frozenset(LABS) - {"daemon"}),
    "no scheduler": (misfortunes.without_scheduler, frozenset(LABS)),
}
"""Those that are there before the labs begin, and the labs that they keep from being judged: ERROR, and nothing else."""


@pytest.fixture
def client(chosen: SmallCluster) -> Iterator[Client]:
    """A client of the small cluster; afterwards one lab more passes, and no run has left anything."""
    found = Client(chosen.folder / "kubeconfig", f"kind-{chosen.name}")
    settle(found)
    yield found
    settle(found)
    after = verdicts(chosen.folder / "after", f"\n  Scenario: after\n    {LABS['pod']}\n", MANIFESTS)
    assert after["after"][0] == "passed", after
    awaited(lambda: not left(found), 90)


def left(client: Client) -> list[str]:
    """The namespaces and accounts of scenarios that are still there."""
    return [one["metadata"]["name"] for kind in ("Namespace", "ServiceAccount") for one in client.list(kind, labels="kubelab/run")]


@pytest.mark.parametrize(("misfortune", "troubled"), LASTING.values(), ids=LASTING)
def test_a_misfortune_that_was_there_before(
    small: SmallCluster, client: Client, tmp_path: Path, misfortune: Misfortune, troubled: frozenset[str]
) -> None:
    """The labs that it does not concern are judged as ever."""
    with misfortune(small, client):
        found = verdicts(tmp_path, FEATURE, MANIFESTS, "-n", "4")

    expected = {title: "error" if title in troubled else "failed" if title in WRONG else "passed" for title in LABS}
    assert {title: verdict for title, (verdict, _) in found.items()} == expected, found


@pytest.mark.parametrize("spell", SPELLS, ids=lambda spell: spell.name)
def test_a_misfortune_that_comes_and_goes(small: SmallCluster, client: Client, tmp_path: Path, spell: Spell) -> None:
    """Whatever the lab is doing when it comes."""
    with ten_labs(client, tmp_path) as run:
        execute(small, f"{small.name}-{spell.node}", *for_a_time(spell.begin, spell.end, spell.seconds))
        run.communicate(timeout=600)
    found = judged(tmp_path)

    told = {title: verdict for title, (verdict, _) in found.items()}
    assert told.keys() == LABS.keys()
    assert not [title for title in LABS if told[title] == ("passed" if title in WRONG else "failed")], found
    assert not spell.mild or told == {title: "failed" if title in WRONG else "passed" for title in LABS}, found


def test_a_worker_of_the_run_that_is_killed(client: Client, tmp_path: Path) -> None:
    """The lab that it ran is an error; another worker runs the rest."""
    with ten_labs(client, tmp_path) as run:
        os.kill(children(run)[0], signal.SIGKILL)
        run.communicate(timeout=600)
    found = judged(tmp_path)

    told = {title: verdict for title, (verdict, _) in found.items()}
    assert not [title for title in told if told[title] == ("passed" if title in WRONG else "failed")], found
    assert [title for title in told if told[title] == "error"], found
    assert len([title for title in told if told[title] != "error"]) >= len(LABS) - 2, found


@pytest.mark.parametrize(("end", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 2)], ids=["killed", "terminated"])
def test_a_run_that_is_ended(client: Client, tmp_path: Path, end: signal.Signals, code: int) -> None:
    """It blames no lab."""
    with ten_labs(client, tmp_path) as run:
        run.send_signal(end)
        told, _ = run.communicate(timeout=120)

    assert run.returncode == code, told
    assert not [title for title in LABS.keys() - WRONG if f"FAILED a.feature::{title}" in told], told


@contextmanager
def ten_labs(client: Client, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of all labs, as soon as the first scenario has a namespace."""
    with begun(lab_command(folder, FEATURE, MANIFESTS, "-n", "4")) as run:
        awaited(lambda: client.list("Namespace", labels=MARKED))
        yield run
