"""Installs the Debian packages that bring a program we call, where we may, and names the command where we may not."""

import os
import shutil
from collections.abc import Mapping

from kubelab.clusters.process import must
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble


def absent(programs: Mapping[str, str]) -> dict[str, str]:
    """Of these programs, each with the Debian packages that bring it, the ones that are not on PATH."""
    return {program: words for program, words in programs.items() if not shutil.which(program)}


def allowed(programs: Mapping[str, str]) -> None:
    """SetupTrouble with the command when something is missing that we may not install: only root on Debian or Ubuntu may."""
    missing = absent(programs)
    if missing and (os.geteuid() != 0 or not shutil.which("apt-get")):
        command = f"sudo apt-get install {' '.join(_packages(missing))}"
        raise SetupTrouble(f"Missing on this machine: {', '.join(sorted(missing))}.\nInstall it: {command}   (Debian and Ubuntu)")


def install(programs: Mapping[str, str], progress: Progress) -> None:
    """Make sure that each program is on PATH, from Debian's packages where it is not."""
    allowed(programs)
    wanted = _packages(absent(programs))
    if not wanted:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *wanted]
    with progress.stage(f"installing {', '.join(wanted)}", 20):
        must(
            ["apt-get", "update"], "Debian's package lists could not be read", "Look at the network, then: apt-get update", 300, environment
        )
        must(command, f"{', '.join(wanted)} could not be installed", f"Install it by hand: {' '.join(command)}", 900, environment)


def _packages(programs: Mapping[str, str]) -> list[str]:
    return sorted({word for words in programs.values() for word in words.split()})
