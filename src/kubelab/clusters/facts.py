"""What a machine offers to a cluster: rights, kernel limits, disk, memory, ports, programs."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters import containers, engine, kindconfig, podman, system
from kubelab.clusters.engine import Engine
from kubelab.clusters.settings import cache_folder
from kubelab.errors import SetupTrouble

MIB = 1024 * 1024


@dataclass(frozen=True)
class Facts:
    """The facts of a machine that matter to a cluster; None for what this system does not tell.

    `system`: Python's name of the operating system.
    `standing`: nodes of this cluster that run already. `trouble`: why there is no engine. `capabilities`: the kernel's bit mask.
    `missing`: podman's packages that are not installed. `inotify`: allowed instances of a user, `used` those in use, `watches` allowed.
    `memory`, `disk` (of the engine's storage), `cache`: free MiB. `listener`: something takes port 53 on every address.
    """

    workers: int
    system: str = "linux"
    standing: int = 0
    engine: Engine | None = None
    trouble: str = ""
    root: bool = True
    capabilities: int | None = None
    missing: tuple[str, ...] = ()
    modules: bool = True
    inotify: int | None = None
    used: int = 0
    watches: int | None = None
    memory: int | None = None
    disk: int | None = None
    cache: int | None = None
    listener: bool = False


def gather(name: str, workers: int) -> Facts:
    """The facts of this machine for the cluster of this name with that number of workers."""
    chosen, trouble = _engine()
    with_podman = chosen is not None and chosen.name == "podman" and sys.platform == "linux"
    return Facts(
        workers=workers,
        system=sys.platform,
        standing=_standing(chosen, name) if chosen else 0,
        engine=chosen,
        trouble=trouble,
        root=system.root(),
        capabilities=podman.effective_capabilities(),
        missing=tuple(podman.missing()) if with_podman else (),
        modules=podman.MODULES.exists() or not with_podman,
        inotify=_number("/proc/sys/fs/inotify/max_user_instances"),
        used=inotify_used(),
        watches=_number("/proc/sys/fs/inotify/max_user_watches"),
        memory=_memory(),
        disk=free(chosen.storage) if chosen else None,
        cache=free(cache_folder()),
        listener=with_podman and everywhere(53),
    )


def _engine() -> tuple[Engine | None, str]:
    try:
        return engine.choose(), ""
    except SetupTrouble as trouble:
        return None, str(trouble)


def _standing(chosen: Engine, name: str) -> int:
    return sum(node.lives(chosen) for node in containers.nodes(chosen, kindconfig.label(name)))


def free(folder: Path) -> int | None:
    """Free MiB where the folder is, or would be; None if that is unknown (an engine's storage inside another machine)."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), None)
    return shutil.disk_usage(there).free // MIB if there and there != Path("/") else _root_free(folder)


def _root_free(folder: Path) -> int | None:
    return shutil.disk_usage("/").free // MIB if sys.platform == "linux" and folder.is_absolute() else None


def _number(path: str) -> int | None:
    return int(Path(path).read_text()) if Path(path).exists() else None


def _memory(table: Path = Path("/proc/meminfo")) -> int | None:
    if not table.exists():
        return None
    line = next(line for line in table.read_text().splitlines() if line.startswith("MemAvailable:"))
    return int(line.split()[1]) // 1024


def inotify_used(processes: Path = Path("/proc")) -> int:
    """How many inotify instances are open in the processes that we may inspect."""
    return sum(_instances(entry / "fd") for entry in processes.glob("[0-9]*"))


def _instances(descriptors: Path) -> int:
    try:
        return sum(_target(one) == "anon_inode:inotify" for one in descriptors.iterdir())
    except OSError:
        return 0


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def everywhere(port: int, tables: tuple[Path, ...] = (Path("/proc/net/udp"), Path("/proc/net/udp6"))) -> bool:
    """Whether a program listens on this UDP port on every address of the machine."""
    ending = f":{port:04X}"
    lines = [line.split()[1] for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return any(local.endswith(ending) and not local.removesuffix(ending).strip("0") for local in lines)
