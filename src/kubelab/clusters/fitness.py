"""Judges whether a machine can run a cluster: a finding for each check, with the command that fixes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from kubelab.clusters import podman
from kubelab.clusters.facts import Facts
from kubelab.clusters.system import REMEDY_ON_WINDOWS, told
from kubelab.errors import SetupTrouble

SYS_ADMIN = 21
"""The number of CAP_SYS_ADMIN, without which no container gets the rights a node needs."""
NEWER = {
    "docker": "sudo apt-get install docker.io   (the package docker is another program), or follow https://docs.docker.com/engine/install/",
    "podman": "sudo apt-get install podman",
}
"""How a newer engine is installed."""
WATCHES = 1000
"""The inotify watches of a node; measured: 540 without labs, most of them the kubelet's."""
GIB = 1024
"""MiB."""


class Verdict(Enum):
    """The result of a check: fine, worth improving, or in the way of a cluster."""

    FINE = "✓"
    ADVICE = "!"
    STOPS = "✗"


@dataclass(frozen=True)
class Diagnosis:
    """One check: what was found, and the exact command that fixes it ("" when it is fine)."""

    thing: str
    verdict: Verdict
    found: str
    remedy: str = ""

    def lines(self) -> list[str]:
        """The finding as lines for people."""
        first, *rest = [f"{self.verdict.value} {self.thing:<9}{self.found}", *([f"fix it: {self.remedy}"] if self.remedy else [])]
        return [*first.splitlines(), *(f"{'':11}{line}" for text in rest for line in text.splitlines())]


def findings(facts: Facts) -> list[Diagnosis]:
    """What the facts mean, most important first."""
    if not facts.engine:
        return [system(facts), Diagnosis("engine", Verdict.STOPS, facts.trouble), inotify(facts), memory(facts)]
    return [
        system(facts),
        engine(facts),
        rights(facts),
        packages(facts),
        modules(facts),
        inotify(facts),
        memory(facts),
        disk(facts),
        port(facts),
    ]


def refuse(found: Iterable[Diagnosis]) -> None:
    """SetupTrouble with every finding that is in the way of a cluster, if there is one."""
    stops = [finding for finding in found if finding.verdict is Verdict.STOPS]
    if stops:
        text = "\n".join(line for finding in stops for line in finding.lines())
        raise SetupTrouble(f"This machine cannot run the cluster yet:\n{text}")


def system(facts: Facts) -> Diagnosis:
    """What runs on this operating system."""
    if facts.system == "win32":
        return Diagnosis("system", Verdict.STOPS, told(facts.system), REMEDY_ON_WINDOWS)
    return Diagnosis("system", Verdict.FINE, told(facts.system))


def engine(facts: Facts) -> Diagnosis:
    """The engine, and whether it is too old."""
    assert facts.engine  # noqa: S101  (the one caller has looked)
    chosen = facts.engine
    said = f"{chosen.name} {chosen.version} ({chosen.reason}), cgroup v{chosen.cgroup}"
    oldest = {"docker": 20, "podman": 4}[chosen.name]
    if int(chosen.version.split(".")[0] or 0) < oldest:
        return Diagnosis("engine", Verdict.ADVICE, f"{said}; older than {oldest}.0", NEWER[chosen.name])
    return Diagnosis("engine", Verdict.FINE, said)


def rights(facts: Facts) -> Diagnosis:
    """Whether we may create containers with the rights of a node."""
    chosen = facts.engine
    if chosen and chosen.rootless and chosen.cgroup == 1:
        return Diagnosis("rights", Verdict.STOPS, "without root on cgroup v1 nothing can be limited, which nodes must", "sudo kubelab up")
    local = chosen is not None and chosen.name == "podman"
    if local and facts.root and facts.capabilities is not None and not facts.capabilities >> SYS_ADMIN & 1:
        text = "root here lacks CAP_SYS_ADMIN, so no container can be given a node's rights"
        return Diagnosis("rights", Verdict.STOPS, text, "start this container with: docker run --privileged")
    return Diagnosis("rights", Verdict.FINE, "enough for node containers")


def packages(facts: Facts) -> Diagnosis:
    """The packages that podman needs; podman 3 has another kind of networks."""
    old = facts.engine is not None and facts.engine.version.startswith("3.")
    if facts.missing and not old:
        found = f"podman lacks {', '.join(facts.missing)}"
        return Diagnosis("packages", Verdict.STOPS, found, f"sudo apt-get install {' '.join(facts.missing)}")
    return Diagnosis("packages", Verdict.FINE, "all there")


def modules(facts: Facts) -> Diagnosis:
    """The folder that kind mounts into every node."""
    if facts.modules:
        return Diagnosis("modules", Verdict.FINE, f"{podman.MODULES} is there")
    return Diagnosis(
        "modules", Verdict.STOPS, f"{podman.MODULES} is missing, and podman cannot mount it", f"sudo mkdir -p {podman.MODULES}"
    )


def inotify(facts: Facts) -> Diagnosis:
    """Measured: a control plane takes 26 instances, a worker 13; it says how many clusters fit, since a class may want more than one."""
    if facts.inotify is None or facts.watches is None:
        return Diagnosis("inotify", Verdict.FINE, "no such limit here")
    need = _need(facts, 30, 15)
    said = f"{facts.used} of {facts.inotify} instances in use, the cluster needs {need}; {facts.watches} watches; {_room(facts)}"
    remedy = "sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288"
    if facts.inotify - facts.used < need:
        return Diagnosis("inotify", Verdict.STOPS, said, remedy)
    return Diagnosis("inotify", Verdict.ADVICE, said, remedy) if facts.watches < 16384 else Diagnosis("inotify", Verdict.FINE, said)  # noqa: PLR2004


def _room(facts: Facts) -> str:
    """How many more clusters of this size there is room for."""
    free, watches, nodes = (facts.inotify or 0) - facts.used, facts.watches or 0, facts.workers + 1
    many = max(0, min(free // (30 + 15 * facts.workers), watches // (WATCHES * nodes)))
    return (
        f"room for {many} {'more ' if facts.standing else ''}cluster{'' if many == 1 else 's'} of {nodes} node{'' if nodes == 1 else 's'}"
    )


def _need(facts: Facts, first: int, further: int) -> int:
    """The need of the nodes that do not run yet, given that of the control plane and of each worker."""
    workers = facts.workers - max(facts.standing - 1, 0)
    return (0 if facts.standing else first) + further * max(workers, 0)


def memory(facts: Facts) -> Diagnosis:
    """Measured: 1 GB for a control plane and two workers without labs."""
    if facts.memory is None:
        return Diagnosis("memory", Verdict.FINE, "not seen from here")
    need = _need(facts, 600, 250)
    said = f"{facts.memory} MiB free, the cluster needs {need}"
    if facts.memory < need:
        return Diagnosis("memory", Verdict.STOPS, said, "close other programs, or take fewer nodes: kubelab up --workers 0")
    return Diagnosis("memory", Verdict.FINE, said)


def disk(facts: Facts) -> Diagnosis:
    """Space for nodes, and for our own node image if it has to be built."""
    seen = [(name, free) for name, free in (("the engine's storage", facts.disk), ("the cache", facts.cache)) if free is not None]
    said = ", ".join(f"{free / GIB:.1f} GiB free in {name}" for name, free in seen) or "not seen from here"
    least = min((free for _, free in seen), default=100 * GIB)
    remedy = f"{facts.engine.name if facts.engine else 'docker'} system prune   (removes what no container uses)"
    if least < 2 * GIB:
        return Diagnosis("disk", Verdict.STOPS, f"{said}; nodes need 2 GiB", remedy)
    if least < 10 * GIB:
        return Diagnosis("disk", Verdict.ADVICE, f"{said}; building a node image needs 10 GiB", remedy)
    return Diagnosis("disk", Verdict.FINE, said)


def port(facts: Facts) -> Diagnosis:
    """The name server of podman's networks listens on port 53 of its bridge."""
    if not facts.listener:
        return Diagnosis("ports", Verdict.FINE, "free (the API server takes any free port of 127.0.0.1)")
    found = "a program listens on UDP port 53 of every address, where podman's name server must"
    return Diagnosis("ports", Verdict.STOPS, found, "see which with  sudo ss -lunp 'sport = :53'  and stop it")
