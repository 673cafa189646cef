"""Locks by resource across all processes of this machine: who needs a resource alone waits for the others; a holder's death frees it."""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

WHOLE = "cluster"
"""The resource that every scenario shares; a scenario that names it, or is exclusive, has it alone."""
DOOR = "door"
"""Held for a moment by each scenario, and by one that wants the whole cluster as long as it waits: newcomers queue behind it."""
HOLDER = "holder-"
"""How the name of a holder's file begins: it names what its holder has alone, is locked, and is gone before that is free again."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has something alone: the resources, and the file that names them."""

    file: Path
    resources: frozenset[str]

    def excludes(self, other: "Holder") -> bool:
        """Whether they cannot hold what they name at the same time; everybody holds the cluster, at least with others."""
        return WHOLE in self.resources | other.resources or not self.resources.isdisjoint(other.resources)


@contextmanager
def held(folder: Path, resources: Iterable[str], *, exclusive: bool = False, waits: Callable[[], None] = lambda: None) -> Iterator[Holder]:
    """Hold the named resources alone, and the cluster with the others, or alone where `exclusive` or named; blocks until all are free.

    Resources are taken in the order of their names, so that no two scenarios wait for each other.
    `folder` is the cluster's, the same for all processes; `waits` is called before each wait for one that is not free.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {*resources, WHOLE} if exclusive else set(resources)
    alone = WHOLE in wanted
    with ExitStack() as stack:
        with _lock(folder / DOOR, alone=alone, waits=waits):
            stack.enter_context(_lock(folder / WHOLE, alone=alone, waits=waits))
        for resource in sorted(wanted - {WHOLE}):
            stack.enter_context(_lock(folder / _file_name(resource), alone=True, waits=waits))
        holder = Holder(folder / f"{HOLDER}{secrets.token_hex(6)}", frozenset(wanted))
        if wanted:
            stack.enter_context(_noted(holder))
        yield holder


@contextmanager
def after_a_death(folder: Path, living: Holder) -> Iterator[bool]:
    """Whether a process died that had something alone: told to one process at a time, and only until the block has come to its end.

    `living` is who asks: what it has now, nobody else has, so a file of another that names it is that of a dead process.
    That file may still be locked: the kernel frees the locks of a killed process one by one, in no order that can be relied on.
    """
    if not any(_dead(folder, living)):
        yield False
        return
    with alone(folder, "what the dead have left"):
        dead = list(_dead(folder, living))
        yield bool(dead)
        for file in dead:
            file.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path, resource: str) -> Iterator[None]:
    """Hold one resource for a moment, within a scenario that holds the cluster already; do not wait for another one meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with _lock(folder / _file_name(resource), alone=True):
        yield


@contextmanager
def nobody_alone(folder: Path) -> Iterator[bool]:
    """Whether no scenario has the cluster alone; if so, none gets it alone while the block lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / WHOLE).open("a") as handle:
        try:
            _flock(handle, alone=False, wait=False)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _noted(holder: Holder) -> Iterator[None]:
    """The holder's file, which nobody sees before it is locked and written."""
    unseen = holder.file.with_name(f".{holder.file.name}")
    with _lock(unseen, alone=True):
        unseen.write_text("\n".join(sorted(holder.resources)), "utf-8")
        unseen.rename(holder.file)
        try:
            yield
        finally:
            holder.file.unlink(missing_ok=True)


def _dead(folder: Path, living: Holder) -> Iterator[Path]:
    """The files of holders that have died."""
    for file in folder.glob(f"{HOLDER}*"):
        with suppress(OSError):
            other = Holder(file, frozenset(file.read_text("utf-8").splitlines()))
            if file != living.file and (other.excludes(living) or _is_free(file)):
                yield file


def _is_free(file: Path) -> bool:
    with file.open("r+") as handle:
        try:
            _flock(handle, alone=False, wait=False)  # shared, for others may ask at the same time
        except BlockingIOError:
            return False
    return True


@contextmanager
def _lock(file: Path, *, alone: bool, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    with file.open("a") as handle:  # closing it unlocks, and so does the death of the process
        try:
            _flock(handle, alone=alone, wait=False)
        except BlockingIOError:
            waits()
            _flock(handle, alone=alone)
        yield


def _flock(handle: IO[str], *, alone: bool, wait: bool = True) -> None:
    import fcntl  # noqa: PLC0415  (Windows has none, and pytest loads this module there too)

    fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))


def _file_name(resource: str) -> str:
    return "resource-" + re.sub(r"[^A-Za-z0-9.-]+", "_", resource)
