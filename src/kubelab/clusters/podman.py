"""What podman needs on machines that restrict it: settings in a file of ours (never the user's) and the packages that belong to it."""

import resource
from pathlib import Path

from kubelab.clusters.settings import cache_folder

PACKAGES = ("podman", "netavark", "aardvark-dns", "runc", "iptables")
"""Debian's packages of a podman that can run kind."""
SYS_RESOURCE = 24
"""The number of CAP_SYS_RESOURCE, without which no limit can be raised."""


def settings_file() -> Path | None:
    """The settings file for podman on this machine, written anew; None where podman's own settings serve."""
    capabilities = effective_capabilities()
    if capabilities is None or capabilities >> SYS_RESOURCE & 1:
        return None
    path = cache_folder() / "containers.conf"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = settings_text(resource.getrlimit(resource.RLIMIT_NOFILE)[1], resource.getrlimit(resource.RLIMIT_NPROC)[1])
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path


def settings_text(files: int, processes: int) -> str:
    """Settings that ask for no limit above the hard ones of this machine (a negative number: unlimited) and for runc.

    crun insists on limits that such a machine refuses.
    """
    limits = [f'"{name}={value}:{value}"' for name, value in (("nofile", _capped(files)), ("nproc", _capped(processes)))]
    return f'[containers]\ndefault_ulimits = [{", ".join(limits)}]\n\n[engine]\nruntime = "runc"\n'


def _capped(value: int) -> int:
    enough = 20000
    return enough if value < 0 else min(value, enough)


def effective_capabilities(status: Path = Path("/proc/self/status")) -> int | None:
    """The effective capabilities of this process as the kernel's bit mask; None where the system has no such file."""
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("CapEff:"))
    return int(line.split()[1], 16)
