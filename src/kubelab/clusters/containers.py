"""The containers that are a kind cluster's nodes: which there are, whether their processes really run, and their removal."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters import podman
from kubelab.clusters.engine import Engine
from kubelab.errors import SetupTrouble


@dataclass(frozen=True)
class Node:
    """A node's container as the engine describes it: `state` is the engine's word, `pid` the first process, by this machine's numbers."""

    name: str
    identity: str
    state: str
    pid: int

    def lives(self, engine: Engine, processes: Path = Path("/proc")) -> bool:
        """Whether the engine says that it runs (or is frozen), and with podman on Linux its first process really exists.

        podman has no daemon: when all processes of a machine have been ended at once, it still says "running".
        """
        if self.state not in {"running", "paused"}:
            return False
        return engine.name != "podman" or sys.platform != "linux" or self._runs(processes / str(self.pid))

    def _runs(self, process: Path) -> bool:
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            return state not in {"Z", "X"} and self.identity in (process / "cgroup").read_text()
        except OSError:
            return False


def nodes(engine: Engine, label: str) -> list[Node]:
    """The node containers with this label (`name=value`), including those that have ended."""
    listed = engine.run("ps", "--all", "--filter", f"label={label}", "--format", "{{.Names}}")
    if not listed.good:
        raise SetupTrouble(f"{engine.name} does not list its containers.\n{listed.tail}\nSee what is wrong: kubelab doctor")
    names = listed.out.split()
    form = "{{.Name}} {{.Id}} {{.State.Status}} {{.State.Pid}}"
    said = engine.run("inspect", "--type", "container", "--format", form, *names).out if names else ""
    return [_node(line) for line in said.splitlines() if line.strip()]


def _node(line: str) -> Node:
    name, identity, state, pid = line.split()
    return Node(name.removeprefix("/"), identity, state, int(pid))


def remove(engine: Engine, label: str) -> None:
    """Remove the node containers with this label and their volumes, in whatever state they are.

    podman refuses once to remove a container whose processes were killed without it, and then knows that the container has ended.
    """
    if engine.name == "podman":
        podman.forget_dead_name_server()
    at_once = ["--time", "0"] if engine.name == "podman" else []
    said = ""
    for _ in range(3):
        names = [node.name for node in nodes(engine, label)]
        if not names:
            break
        said = engine.run("rm", "--force", "--volumes", *at_once, *names, timeout=120).tail
    else:
        raise SetupTrouble(f"The nodes {', '.join(names)} cannot be removed.\n{said}\nTry: {engine.name} rm -f -v {' '.join(names)}")


def volumes(engine: Engine, cluster: str) -> list[str]:
    """The volumes that kind created for the cluster's nodes: with podman they outlive the containers, a gigabyte each."""
    return labelled(engine.run("volume", "ls", "--format", "{{.Name}} {{.Labels}}").out, cluster) if engine.name == "podman" else []


def remove_volumes(engine: Engine, names: list[str]) -> None:
    """Remove these volumes; one that is in use stays."""
    if names:
        engine.run("volume", "rm", "--force", *names, timeout=300)


def labelled(listing: str, cluster: str) -> list[str]:
    """The names of the volumes in a listing (lines `NAME LABELS`) whose label is the name of a node of the cluster."""
    ours = re.compile(rf"(\S+) (.*[\[ ,])?{re.escape(cluster)}-(control-plane|worker\d*)[=:]true([\], ].*)?")
    return [match[1] for line in listing.splitlines() if (match := ours.fullmatch(line))]
