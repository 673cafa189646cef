"""Keeps the results of stages: each is a folder that appears completely or not at all, whenever the work is interrupted."""

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
"""The folder of unfinished work; what is in it while the lock is free was left by a killed run."""


@dataclass(frozen=True)
class Work:
    """The folders of a running stage: `out` becomes its result, the rest is removed."""

    folder: Path

    @property
    def out(self) -> Path:
        """The folder for the stage's result."""
        return self.folder / "out"

    @property
    def scratch(self) -> Path:
        """The folder that it runs in."""
        return self.folder / "scratch"

    @property
    def temporary(self) -> Path:
        """Its TMPDIR, which is not the folder that it runs in: Go refuses to compile a module directly in TMPDIR."""
        return self.folder / "tmp"

    @property
    def owner(self) -> Path:
        """The file to which the first process of the stage writes its /proc/self/stat, before it does anything else."""
        return self.folder / "owner"

    def disown(self) -> None:
        """End the processes that a killed run left working here, and wait until they no longer write."""
        noted = _fields(self.owner)
        process = int(noted[0]) if noted else 0
        if process and _born(noted) == _born(_fields(Path(f"/proc/{process}/stat"))):
            end_group(process)
            for _ in range(100):
                if _dead(process) or threading.Event().wait(0.02):
                    break


@dataclass(frozen=True)
class StageResults:
    """Results of stages under `folder`, named `<stage>-<key>`; logs beside it."""

    folder: Path

    def path(self, stage: str, key: str) -> Path:
        """The folder of the result, whether it exists or not."""
        return self.folder / f"{stage}-{key}"

    def has(self, stage: str, key: str) -> bool:
        """Whether the result is there."""
        return self.path(stage, key).is_dir()

    def log(self, stage: str) -> Path:
        """The log of the stage's last run; it is kept, whether the run succeeded or not."""
        return self.folder.parent / "logs" / f"{stage}.log"

    @contextmanager
    def locked(self, progress: Progress) -> Iterator[None]:
        """Hold the lock: one builder at a time; leftovers of a killed one are removed first."""
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
        """End and remove unfinished work of killed runs."""
        work = self.folder / WORK
        for folder in work.iterdir() if work.is_dir() else ():
            Work(folder).disown()
            remove(folder)

    @contextmanager
    def working(self, stage: str, key: str) -> Iterator[Work]:
        """Folders for a stage's work; its `out` becomes the result if the block succeeds, and nothing stays if it fails."""
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
        """Remove results of the stage with keys that no version of the recipe has any more."""
        for folder in self.folder.glob(f"{stage}-????????????"):
            if folder.name.rpartition("-")[2] not in keep:
                remove(folder)

    def room(self) -> float:
        """Free disk for results, in megabytes."""
        existing = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        return shutil.disk_usage(existing).free / 1e6


def remove(folder: Path) -> None:
    """Remove a folder of ours, but nothing in a mount: a bind-mounted /dev inside would be the machine's own."""
    mounts = [line.split()[4] for line in _lines(Path("/proc/self/mountinfo"))]
    inside = [mount for mount in mounts if Path(mount) != folder and Path(mount).is_relative_to(folder)]
    if inside:
        raise SetupTrouble(f"{folder} holds the mount {inside[0]} and cannot be removed.\nUnmount it: sudo umount --recursive {inside[0]}")
    shutil.rmtree(folder, ignore_errors=True)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _born(fields: list[str]) -> str:
    """When a process began, in clock ticks since boot: together with its id this identifies it."""
    return fields[21] if fields else ""


def _dead(process: int) -> bool:
    """Whether the process is gone, or only a zombie."""
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
