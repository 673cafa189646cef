"""What podman needs on restricted machines: settings in a file of ours (never the user's), and its packages."""

import os
import shutil
from pathlib import Path

from kubelab.clusters import system
from kubelab.clusters.settings import cache_folder

PACKAGES = ("podman", "netavark", "aardvark-dns", "runc", "iptables")
"""The Debian packages for a podman that can run kind."""
PLACES = ("/usr/lib/podman", "/usr/libexec/podman", "/usr/local/libexec/podman", "/usr/sbin", "/sbin")
"""Folders outside PATH with programs of these packages."""
MODULES = Path("/lib/modules")
"""A folder that kind mounts into every node: podman, unlike docker, fails when it is missing."""
SYS_RESOURCE = 24
"""The number of CAP_SYS_RESOURCE, without which no limit can be raised."""


def missing() -> list[str]:
    """The packages without a program on this machine; another runtime than runc is fine unless our settings name runc."""
    folders = os.pathsep.join([os.environ.get("PATH", os.defpath), *PLACES])
    serving = {name: (name,) for name in PACKAGES} | ({} if restricted() else {"runc": ("runc", "crun")})
    return [name for name, programs in serving.items() if not any(shutil.which(one, path=folders) for one in programs)]


def restricted() -> bool:
    """Whether even root may not raise limits here."""
    capabilities = effective_capabilities()
    return capabilities is not None and system.root() and not capabilities >> SYS_RESOURCE & 1


def settings_file() -> Path | None:
    """The settings file for podman on this machine, written now; None where podman's own settings are fine."""
    if not restricted():
        return None
    import resource  # noqa: PLC0415  (Windows has none)

    path = cache_folder() / "containers.conf"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = settings_text(resource.getrlimit(resource.RLIMIT_NOFILE)[1], resource.getrlimit(resource.RLIMIT_NPROC)[1])
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path


def settings_text(files: int, processes: int) -> str:
    """Settings with runc, and without limits above this machine's hard limits (a negative number: unlimited).

    crun insists on limits that such a machine refuses.
    """
    limits = [f'"{name}={value}:{value}"' for name, value in (("nofile", _capped(files)), ("nproc", _capped(processes)))]
    return f'[containers]\ndefault_ulimits = [{", ".join(limits)}]\n\n[engine]\nruntime = "runc"\n'


def forget_dead_name_server(folder: Path = Path("/run/containers/networks/aardvark-dns"), processes: Path = Path("/proc")) -> None:
    """Remove podman's file with the process id of its name server if that process is not (or no longer) the name server.

    podman would otherwise signal another process with that id, and leave the containers without name resolution.
    """
    note = folder / "aardvark.pid"
    try:
        number = note.read_text().strip()
        alive = "aardvark" in (processes / number / "comm").read_text()
    except OSError:
        alive = False
    if not alive and os.access(folder, os.W_OK):
        note.unlink(missing_ok=True)


def _capped(value: int) -> int:
    enough = 20000
    return enough if value < 0 else min(value, enough)


def effective_capabilities(status: Path = Path("/proc/self/status")) -> int | None:
    """The effective capabilities of this process as the kernel's bit mask; None where the system does not have that file."""
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("CapEff:"))
    return int(line.split()[1], 16)
