"""What the folder of a kind cluster keeps between runs, beside its kubeconfig: cluster.json, programs, its images; and its lock."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble
from kubelab.policy import IMAGES, OWN, shipped

MAKING, READY = "making", "ready"


@dataclass(frozen=True)
class KnownCluster:
    """A cluster as it was asked for and created; `phase` stays "making" when an `up` was interrupted.

    `child` is the process id of the kind that was creating it; `programs` are the paths of kind and kubectl.
    `mirror`: the URL of the registry that its nodes ask first.
    """

    phase: str
    kubernetes: str
    workers: int
    engine: str
    image: str
    own: bool
    kind: str
    kubectl: str
    reason: str
    child: int = 0
    mirror: str = ""


def read(folder: Path) -> KnownCluster | None:
    """The cluster that the folder tells of; None if there is none, or if it is half written or of an older version."""
    try:
        return KnownCluster(**json.loads((folder / "cluster.json").read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write(folder: Path, known: KnownCluster) -> None:
    """Replace what it tells atomically."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "cluster.json.new"
    fresh.write_text(json.dumps(asdict(known), indent=1))
    fresh.replace(folder / "cluster.json")


def keep(folder: Path, program: Path) -> Path:
    """The program in the folder, by a hard link if possible: it must survive clearing the cache."""
    kept = folder / "bin" / program.name
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    try:
        kept.hardlink_to(program)
    except OSError:
        shutil.copy2(program, kept)
    return kept


def keep_images(folder: Path) -> None:
    """Keep what the cluster that is being created runs for the images that labs name."""
    shutil.copyfile(IMAGES, folder / IMAGES.name)


def has_images(folder: Path) -> bool:
    """Whether the cluster has every image that this version of kubelab runs for others, on our own node image."""
    kept = folder / IMAGES.name
    return kept.exists() and {one.runs for one in shipped(OWN).values() if one.other} <= _running(kept)


def _running(images: Path) -> set[str]:
    import yaml  # noqa: PLC0415  (`--help` reads no cluster's folder)

    entries = yaml.safe_load(images.read_text(encoding="utf-8"))
    return {entry.get(OWN, entry)["runs"] for entry in entries}  # the entries of earlier versions had one side only


def forget(folder: Path) -> None:
    """Remove cluster.json, the kubeconfig, the addresses and the programs of a cluster that is gone."""
    for name in ("cluster.json", "cluster.json.new", "kubeconfig", "kubeconfig.lock", "addresses", IMAGES.name):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "bin", ignore_errors=True)


@contextmanager
def locked(folder: Path, progress: Progress) -> Iterator[None]:
    """Hold the folder's lock, one process at a time; prints a line when it has to wait for another."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (only the making of a cluster needs it)

    _writable(folder)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        with progress.stage("waiting for another process that works on this cluster"):
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupTrouble(
            f"The state folder {folder} cannot be made: {error.strerror}.\nName another: export XDG_STATE_HOME=~/state"
        ) from None
    if not os.access(folder, os.W_OK):
        raise SetupTrouble(f"The state folder {folder} is not writable.\nMake it yours: sudo chown -R $USER {folder}")
