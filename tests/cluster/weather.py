"""Run the real `kubelab` command against a small cluster of the tests' own, and cause bad weather for it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from kubelab.clusters import containers, engine, kindconfig
from kubelab.clusters.engine import Engine
from tests.cluster.runs import FROM_A_TERMINAL

COMMAND = [sys.executable, "-c", "import sys; from kubelab.cli import main; sys.exit(main())"]


def kubelab(*words: str, env: Mapping[str, str], timeout: float = 240, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """The finished command, with its output; `before` is a command to run it with."""
    return subprocess.run([*before, *COMMAND, *words], env=dict(env), capture_output=True, text=True, timeout=timeout, check=False)


@dataclass(frozen=True)
class SmallCluster:
    """A kind cluster with few workers (usually none), and with a name and a state folder of its own."""

    name: str
    env: Mapping[str, str]
    engine: Engine
    workers: int = 0

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The finished command for this cluster."""
        return kubelab(*words, "--name", self.name, env=self.env)

    def up(self) -> subprocess.CompletedProcess[str]:
        """`kubelab up`, finished."""
        return self.run("up", "--workers", str(self.workers))

    def bring_up(self) -> "SmallCluster":
        """Bring it up, or repair it; returns itself."""
        done = self.up()
        assert done.returncode == 0, done.stderr
        return self

    def remove(self) -> None:
        """Take it down, whatever state it is in."""
        self.run("down")
        self.remove_containers()

    def begin_up(self) -> subprocess.Popen[str]:
        """`kubelab up`, started."""
        words = [*FROM_A_TERMINAL, *COMMAND, "up", "--workers", str(self.workers), "--name", self.name]
        return subprocess.Popen(words, env=dict(self.env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    @property
    def nodes(self) -> list[containers.Node]:
        """Its node containers, as the engine lists them."""
        return containers.nodes(self.engine, kindconfig.label(self.name))

    @property
    def volumes(self) -> list[str]:
        """The volumes of its nodes, which podman manages separately."""
        return containers.volumes(self.engine, self.name)

    @property
    def folder(self) -> Path:
        """Its state folder."""
        return Path(self.env["XDG_STATE_HOME"]) / "kubelab" / self.name

    def kill_processes(self) -> None:
        """Kill the node's processes and their monitor without the engine's knowledge; a daemon would notice, so it is told to kill them."""
        if self.engine.name == "docker":
            self.engine.run("kill", *(node.name for node in self.nodes))
            return
        for node in self.nodes:
            for template in ("{{.State.ConmonPid}}", "{{.State.Pid}}"):
                said = self.engine.run("inspect", "--type", "container", "--format", template, node.name)
                if said.good and said.out.strip().isdigit():
                    os.kill(int(said.out), signal.SIGKILL)

    def remove_containers(self) -> None:
        """Remove the node's container, as somebody who tidies up would."""
        for node in self.nodes:
            self.engine.run("rm", "-f", "-v", node.name)

    def at_work(self) -> list[str]:
        """The command lines of processes that are still making this cluster."""
        rows = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True, check=True).stdout.splitlines()
        return [row for row in rows if "create cluster" in row and self.name in row]


def small_cluster(state: Path, workers: int = 0) -> SmallCluster:
    """One that keeps its state in this folder; nothing is created yet."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("KUBELAB_")}
    return SmallCluster(f"weather-{os.getpid()}", {**env, "XDG_STATE_HOME": os.fspath(state)}, engine.choose(), workers)


class SharedCluster:
    """A small cluster with one worker for several modules: made when it is needed, removed before another one is made.

    The kernel's limit of inotify instances does not leave room for two beside the cluster "kubelab".
    """

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._made: SmallCluster | None = None

    def up(self) -> SmallCluster:
        """The cluster, up: whatever the module before has left in it is repaired."""
        self._made = self._made or small_cluster(self._folders.mktemp("shared"), 1)
        return self._made.bring_up()

    def remove(self) -> None:
        """Take it down if it was made."""
        if self._made is not None:
            self._made.remove()
        self._made = None


def until(true: Callable[[], object], limit: float = 60) -> None:
    """Look repeatedly, each look being a call of another program, until it is true."""
    end = monotonic() + limit
    while not true():
        assert monotonic() < end, f"not within {limit:.0f} s"
