"""Which programs a stage calls, and the Debian packages with those that are missing."""

import shutil
from collections.abc import Mapping

from kubelab.clusters import apt
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble


def absent(programs: Mapping[str, str]) -> list[str]:
    """The Debian packages for the programs that are not on PATH; `programs` maps each to its package."""
    return sorted({word for program, words in programs.items() if not shutil.which(program) for word in words.split()})


def allowed(programs: Mapping[str, str]) -> None:
    """SetupTrouble with the command if something is missing that we may not install ourselves."""
    wanted = absent(programs)
    if wanted and not apt.allowed():
        raise SetupTrouble(
            f"Making the node image needs {', '.join(wanted)}, which this machine does not have.\n"
            f"Install it: sudo apt-get install {' '.join(wanted)}   (on Debian and Ubuntu; as root kubelab does it itself)"
        )


def install(programs: Mapping[str, str], progress: Progress) -> None:
    """Make sure that each program is on PATH."""
    wanted = absent(programs)
    if wanted:
        allowed(programs)
        apt.install(wanted, progress)
