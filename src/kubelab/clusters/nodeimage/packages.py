"""Installs the Debian packages that bring a program we call, where we may, and names the command where we may not."""

import os
import shutil
from collections.abc import Mapping

from kubelab.clusters.process import must
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble


def install(programs: Mapping[str, str], progress: Progress) -> None:
    """Make sure that each program is on PATH: the keys are programs, the values the Debian packages that bring them.

    As root on Debian or Ubuntu what is missing is installed; elsewhere SetupTrouble names it and the command.
    """
    missing = {program: words for program, words in programs.items() if not shutil.which(program)}
    if not missing:
        return
    wanted = sorted({word for words in missing.values() for word in words.split()})
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupTrouble(_absent(sorted(missing), wanted))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with progress.stage(f"installing {', '.join(wanted)}", 20):
        must(
            ["apt-get", "update"],
            "Debian's package lists could not be read",
            "Look at the network, then again: apt-get update",
            300,
            environment,
        )
        command = ["apt-get", "install", "--yes", "--no-install-recommends", *wanted]
        must(command, f"{', '.join(wanted)} could not be installed", f"Install them by hand: {' '.join(command)}", 900, environment)


def _absent(programs: list[str], wanted: list[str]) -> str:
    command = f"sudo apt-get install {' '.join(wanted)}"
    return (
        f"Making the node image needs {', '.join(programs)}, which this machine does not have.\nInstall it: {command}   (Debian and Ubuntu)"
    )
