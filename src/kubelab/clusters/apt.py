"""Installs the packages that the engine needs, where that is allowed: as root on Debian or Ubuntu."""

import os
import shutil
from pathlib import Path

from kubelab.clusters import podman, system
from kubelab.clusters.engine import probe
from kubelab.clusters.process import must
from kubelab.clusters.progress import Progress


def ensure(progress: Progress) -> None:
    """Install what podman needs where no Docker daemon answers and we may; elsewhere do nothing (doctor names what is missing)."""
    if not allowed() or probe("docker").answers:
        return
    lacking = podman.missing()
    if lacking:
        install(lacking, progress)
    podman.MODULES.mkdir(parents=True, exist_ok=True)


def allowed() -> bool:
    """Whether we are root on Debian or a derived distribution."""
    return system.root() and shutil.which("apt-get") is not None and "debian" in family()


def family(release: Path = Path("/etc/os-release")) -> set[str]:
    """The names of the distribution and of those it is derived from, by os-release; empty when it says nothing."""
    if not release.exists():
        return set()
    pairs = dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line)
    return {word for key in ("ID", "ID_LIKE") for word in pairs.get(key, "").strip('"').split()}


def install(names: list[str], progress: Progress) -> None:
    """Install Debian packages with apt-get, waiting for another apt to finish."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    remedy = f"Install them yourself: apt-get update && apt-get install {' '.join(names)}"
    with progress.stage(f"installing {', '.join(names)} (apt-get, since you are root)", 40):
        must([*command, "update"], "The list of packages could not be read", remedy, 300, environment)
        must([*command, "install", "--no-install-recommends", *names], "Packages could not be installed", remedy, 900, environment)
