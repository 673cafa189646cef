"""The container engine that a kind cluster runs on: docker if a Docker daemon answers, else podman; the reason, and its environment."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kubelab.clusters import podman
from kubelab.clusters.process import run
from kubelab.errors import SetupTrouble
from kubelab.output import Output

PROVIDER = "KIND_EXPERIMENTAL_PROVIDER"
"""kind's own variable for the engine; always set, since kind otherwise takes docker if its client exists."""
DIRECT = ("localhost", "127.0.0.1", "::1", ".svc", ".cluster.local", "10.244.0.0/16", "10.96.0.0/12")
"""Addresses of the cluster for which no proxy may be used (kind adds those of its own network)."""


QUESTIONS = {
    "docker": "{{.ServerVersion}}|{{.CgroupVersion}}|{{.DockerRootDir}}|{{.SecurityOptions}}",
    "podman": "{{.Version.Version}}|{{.Host.CgroupsVersion}}|{{.Store.GraphRoot}}|rootless={{.Host.Security.Rootless}}",
}
"""The format for `info`: version|cgroup version|storage folder|rights; docker's rights name rootless, podman's end with true."""


@dataclass(frozen=True)
class Probe:
    """The answer of one engine: the program's path ("" when there is none), whether it answered, its facts or its complaint."""

    program: str
    answers: bool = False
    said: str = ""


@dataclass(frozen=True)
class Engine:
    """An engine that answers: `docker` or `podman`, its version, why this one, and the environment it and kind must run in.

    `cgroup` is 1 or 2; `storage` is the folder where it keeps images; `rootless`: it runs without root's rights.
    """

    name: str
    program: str
    version: str
    reason: str
    environment: Mapping[str, str] = field(repr=False, compare=False)
    cgroup: int = 2
    storage: Path = Path("/")
    rootless: bool = False

    def run(self, *words: str | os.PathLike[str], timeout: float = 60, stdin: str | None = None) -> Output:
        """The output of the engine's own command, as `engine.run("ps", "-a")`."""
        return run([self.program, *words], timeout, self.environment, stdin=stdin)


def choose(environment: Mapping[str, str] | None = None) -> Engine:
    """The engine of this machine, found out now; SetupTrouble with the remedy when none answers."""
    environment = os.environ if environment is None else environment
    wanted = environment.get(PROVIDER, "")
    probes = {name: probe(name) for name in ("docker", "podman") if wanted in {"", name}}
    name, reason = choice(probes, wanted)
    return described(name, probes[name], reason, environment)


def described(name: str, probe: Probe, reason: str, environment: Mapping[str, str]) -> Engine:
    """The engine that a probe's facts describe."""
    version, cgroup, storage, rights = probe.said.split("|", 3)
    whole = complete(name, environment)
    rootless = "rootless" in rights if name == "docker" else rights.endswith("true")
    return Engine(name, probe.program, version, reason, whole, int(cgroup.strip("v") or 2), Path(storage), rootless)


def recorded(name: str, environment: Mapping[str, str] | None = None) -> Engine | None:
    """The engine that runs the cluster, without asking it; None when its program is gone."""
    program = shutil.which(name)
    environment = os.environ if environment is None else environment
    return Engine(name, program, "", "made the cluster", complete(name, environment)) if program else None


def probe(name: str) -> Probe:
    """The engine's facts by its own `info`: a client without a daemon does not answer."""
    program = shutil.which(name)
    if not program:
        return Probe("")
    output = run([program, "info", "--format", QUESTIONS[name]], timeout=20)
    answers = output.good and not output.out.startswith("|")
    return Probe(program, answers, output.out.strip() if answers else (output.err.strip().splitlines() or ["no answer"])[-1])


def choice(probes: Mapping[str, Probe], wanted: str = "") -> tuple[str, str]:
    """The name of the engine and the reason, from what each answered; `wanted` is the one that the environment demands."""
    answering = [name for name in ("docker", "podman") if name in probes and probes[name].answers]
    if not answering:
        raise SetupTrouble(absence(probes))
    name = answering[0]
    if wanted:
        return name, f"{PROVIDER} asks for it"
    if name == "docker":
        return name, "a Docker daemon answers"
    return name, "no Docker daemon answers" if probes["docker"].program else "there is no docker here"


def absence(probes: Mapping[str, Probe]) -> str:
    """Why no engine can be used, each one's complaint, and the command that fixes it."""
    found = [f"  {name}: {one.said if one.program else 'not installed'}" for name, one in sorted(probes.items())]
    return "\n".join(["No container engine answers, and a kind cluster runs in one.", *found, _mend(probes)])


def _mend(probes: Mapping[str, Probe]) -> str:
    install = f"sudo apt-get install {' '.join(podman.PACKAGES)}"
    if any("permission denied" in one.said.lower() for name, one in probes.items() if name == "docker"):
        return "Give yourself the right to use it: sudo usermod -aG docker $USER && newgrp docker"
    if "podman" in probes and probes["podman"].program:
        return "See why podman does not work: podman info   (often it needs root: sudo kubelab up)"
    if "docker" in probes and probes["docker"].program:
        return f"Start Docker: sudo systemctl start docker   (or install podman: {install})"
    return f"Install one: {install}"


def complete(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for kind and the engine: its name, our podman settings if the machine needs them, no proxy for the cluster."""
    whole = {**direct(environment), PROVIDER: name}
    settings = podman.settings_file() if name == "podman" and "CONTAINERS_CONF" not in environment else None
    return {**whole, "CONTAINERS_CONF": os.fspath(settings)} if settings else whole


def direct(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with the cluster's own addresses excluded from any proxy."""
    kept = {name: [word for word in environment.get(name, "").split(",") if word] for name in ("NO_PROXY", "no_proxy")}
    return {**environment, **{name: ",".join(dict.fromkeys([*words, *DIRECT])) for name, words in kept.items()}}
