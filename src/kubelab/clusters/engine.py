"""The container engine a kind cluster runs on: docker where a Docker daemon answers, else podman; with the reason and its environment."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field

from kubelab.clusters import podman
from kubelab.clusters.process import Output, run
from kubelab.errors import SetupTrouble

PROVIDER = "KIND_EXPERIMENTAL_PROVIDER"
"""kind's own variable for the engine; always set, since kind picks docker wherever Docker's client exists."""
DIRECT = ("localhost", "127.0.0.1", "::1", ".svc", ".cluster.local", "10.244.0.0/16", "10.96.0.0/16")
"""Addresses of the cluster that a proxy must not see (kind adds those of its own network)."""


@dataclass(frozen=True)
class Probe:
    """What asking one engine said: the program's path ("" when there is none), whether it answered, its version or its complaint."""

    program: str
    answers: bool = False
    said: str = ""


@dataclass(frozen=True)
class Engine:
    """An engine that answers: `docker` or `podman`, its version, why this one, and the environment it and kind must run in."""

    name: str
    program: str
    version: str
    reason: str
    environment: Mapping[str, str] = field(repr=False)

    def run(self, *words: str | os.PathLike[str], timeout: float = 60, stdin: str | None = None) -> Output:
        """The output of the engine's own command, as `engine.run("ps", "-a")`."""
        return run([self.program, *words], timeout, self.environment, stdin=stdin)


def choose(environment: Mapping[str, str] | None = None) -> Engine:
    """The engine of this machine, asked anew; SetupTrouble with the mend when none answers."""
    environment = os.environ if environment is None else environment
    wanted = environment.get(PROVIDER, "")
    probes = {name: probe(name) for name in ("docker", "podman") if wanted in {"", name}}
    name, reason = choice(probes, wanted)
    return Engine(name, probes[name].program, probes[name].said, reason, complete(name, environment))


def probe(name: str) -> Probe:
    """Ask the engine for its server's version: a client without a daemon does not answer."""
    program = shutil.which(name)
    if not program:
        return Probe("")
    words = ["version", "--format", "{{.Server.Version}}"] if name == "docker" else ["info", "--format", "{{.Version.Version}}"]
    output = run([program, *words], timeout=20)
    answers = output.good and bool(output.out.strip())
    return Probe(program, answers, output.out.strip() if answers else (output.tail.splitlines() or ["no answer"])[-1])


def choice(probes: Mapping[str, Probe], wanted: str = "") -> tuple[str, str]:
    """The name of the engine and the reason, from what each said; `wanted` is the one that the environment insists on."""
    answering = [name for name in ("docker", "podman") if name in probes and probes[name].answers]
    if not answering:
        raise SetupTrouble(absence(probes))
    name = answering[0]
    if wanted:
        return name, f"{PROVIDER} asks for it"
    if name == "docker":
        return name, "a Docker daemon answers"
    return name, f"docker: {probes['docker'].said}" if probes["docker"].program else "there is no docker here"


def absence(probes: Mapping[str, Probe]) -> str:
    """Why no engine can be used, each one's complaint, and the command that mends it."""
    found = [f"  {name}: {one.said if one.program else 'not installed'}" for name, one in sorted(probes.items())]
    return "\n".join(["No container engine answers, and a kind cluster runs in one.", *found, _mend(probes)])


def _mend(probes: Mapping[str, Probe]) -> str:
    refused = next((one for one in probes.values() if "permission denied" in one.said.lower()), None)
    if refused:
        return "Give yourself the right to use it: sudo usermod -aG docker $USER && newgrp docker"
    if probes.get("docker", Probe("")).program and shutil.which("systemctl"):
        return "Start Docker: sudo systemctl start docker   (or install podman: sudo apt-get install " + " ".join(podman.PACKAGES) + ")"
    return "Install one: sudo apt-get install " + " ".join(podman.PACKAGES)


def complete(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for kind and the engine: which engine, our podman settings where the machine needs them, no proxy for the cluster."""
    whole = {**environment, PROVIDER: name}
    for variable in ("NO_PROXY", "no_proxy"):
        kept = [word for word in environment.get(variable, "").split(",") if word]
        whole[variable] = ",".join(dict.fromkeys([*kept, *DIRECT]))
    settings = podman.settings_file() if name == "podman" else None
    return {**whole, "CONTAINERS_CONF": os.fspath(settings)} if settings and "CONTAINERS_CONF" not in environment else whole
