"""Keeps the results of stages: each is a folder that appears whole or not at all, whatever moment the work is ended at."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kubelab.clusters.process import end_group
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble

WORK = "work"
"""The folder of unfinished work; whatever is in it when nobody holds the lock was left by a killed run."""


@dataclass(frozen=True)
class Work:
    """The folders of a stage under way: `out` becomes its result, the rest is thrown away."""

    folder: Path

    @property
    def out(self) -> Path:
        """What the stage leaves behind."""
        return self.folder / "out"

    @property
    def scratch(self) -> Path:
        """Where it runs."""
        return self.folder / "scratch"

    @property
    def temporary(self) -> Path:
        """Its TMPDIR, which is not where it runs: Go compiles no module right in it."""
        return self.folder / "tmp"

    @property
    def owner(self) -> Path:
        """Where the first process of the stage leaves its /proc/self/stat, before it does anything else."""
        return self.folder / "owner"

    def disown(self) -> None:
        """End the processes that a killed run left working here, and wait until they have written their last."""
        noted = _fields(self.owner)
        process = int(noted[0]) if noted else 0
        if process and _born(noted) == _born(_fields(Path(f"/proc/{process}/stat"))):
            end_group(process)
            for _ in range(100):
                if _dead(process) or threading.Event().wait(0.02):
                    break


@dataclass(frozen=True)
class Store:
    """Results of stages under `folder`, named `<stage>-<key>`; logs beside it."""

    folder: Path

    def path(self, stage: str, key: str) -> Path:
        """Where the result is, or would be."""
        return self.folder / f"{stage}-{key}"

    def has(self, stage: str, key: str) -> bool:
        """The result is there, whole."""
        return self.path(stage, key).is_dir()

    def log(self, stage: str) -> Path:
        """The log of the stage's last run; it stays, whether the run succeeded or not."""
        return self.folder.parent / "logs" / f"{stage}.log"

    @contextmanager
    def locked(self, progress: Progress) -> Iterator[None]:
        """Alone at work: one builder at a time; leftovers of a killed one are removed first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log("any").parent.mkdir(exist_ok=True)
        lock = FileLock(self.folder / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            progress.line("another kubelab is making the node image: waiting for it")
            lock.acquire()
        try:
            self.sweep()
            yield
        finally:
            lock.release()

    def sweep(self) -> None:
        """End and remove unfinished work."""
        work = self.folder / WORK
        for folder in work.iterdir() if work.is_dir() else ():
            Work(folder).disown()
            remove(folder)

    @contextmanager
    def working(self, stage: str, key: str) -> Iterator[Work]:
        """Folders for a stage's work; its `out` becomes the result when the block ends well, and nothing stays when it does not."""
        work = Work(self.folder / WORK / f"{stage}-{key}")
        try:
            work.out.mkdir(parents=True)
            work.scratch.mkdir()
            work.temporary.mkdir()
            yield work
            work.out.replace(self.path(stage, key))
        finally:
            remove(work.folder)

    def forget(self, stage: str, keep: set[str]) -> None:
        """Remove results of the stage under keys that no version of the recipe has any more."""
        for folder in self.folder.glob(f"{stage}-????????????"):
            if folder.name.rpartition("-")[2] not in keep:
                remove(folder)

    def room(self) -> float:
        """Free disk for results, in megabytes."""
        existing = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        return shutil.disk_usage(existing).free / 1e6


def remove(folder: Path) -> None:
    """Remove a folder of ours, never through a mount: a bind-mounted /dev inside would be the machine's own."""
    mounts = [line.split()[4] for line in _lines(Path("/proc/self/mountinfo"))]
    inside = [mount for mount in mounts if Path(mount) != folder and Path(mount).is_relative_to(folder)]
    if inside:
        raise SetupTrouble(f"{folder} holds the mount {inside[0]} and cannot be removed.\nUnmount it: sudo umount --recursive {inside[0]}")
    shutil.rmtree(folder, ignore_errors=True)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _born(fields: list[str]) -> str:
    """When a process began, in clock ticks since boot: with its number this names it for good."""
    return fields[21] if fields else ""


def _dead(process: int) -> bool:
    """Nothing of the process is left but, perhaps, an exit code that nobody has asked for."""
    fields = _fields(Path(f"/proc/{process}/stat"))
    return not fields or fields[2] in {"Z", "X"}


def _fields(stat: Path) -> list[str]:
    """The fields of a /proc/<process>/stat: number, name, state, …; none where there is no such file."""
    try:
        number, _, rest = stat.read_text().partition(" (")
    except OSError:
        return []
    name, _, others = rest.rpartition(") ")
    return [number, name, *others.split()] if others else []
