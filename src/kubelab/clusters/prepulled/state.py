"""The progress of pulling a cluster's images: a small file beside the cluster's record, and a lock that is held meanwhile."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE, LOCK = "images.json", "images.lock"


@dataclass(frozen=True)
class State:
    """`there`: for each node the images that it has of `images`; `failed`: for each image that could not be pulled, why.

    `process` is the id of the process at work; `over`: it has ended.
    """

    images: tuple[str, ...]
    process: int
    there: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    over: bool = False

    @property
    def everywhere(self) -> set[str]:
        """The images that every node has."""
        return set(self.images).intersection(*self.there.values()) if self.there else set()

    def has(self, images: Iterable[str]) -> bool:
        """Whether every node has all of these."""
        return set(images) <= self.everywhere

    def lines(self, *, under_way: bool) -> list[str]:
        """The lines to print; none if all images are on all nodes."""
        if self.has(self.images):
            return []
        some = f"{len(self.everywhere)} of {len(self.images)} images that labs use are on the nodes"
        failed = [line for image, why in self.failed.items() for line in f"  {image} could not be pulled: {why}".splitlines()]
        if under_way:
            return [f"{some}; the others are being pulled in the background (see: kubelab status)", *failed]
        if not self.over:
            return [f"{some}; pulling the others was interrupted (continue: kubelab up)", *failed]
        return [f"{some}; a lab that needs another one waits for it (try again: kubelab up)", *failed]


def read(folder: Path) -> State | None:
    """The state in the cluster's folder; None if nothing was ever pulled, or another version wrote it."""
    try:
        fields = json.loads((folder / FILE).read_text(encoding="utf-8"))
        there = {node: tuple(images) for node, images in fields.pop("there").items()}
        return State(images=tuple(fields.pop("images")), there=there, **fields)
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def write(folder: Path, state: State) -> None:
    """Replace the state atomically."""
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(asdict(state), indent=1), encoding="utf-8")
    fresh.replace(folder / FILE)


def is_under_way(folder: Path) -> bool:
    """Whether a process is at work on the cluster's images."""
    if not (folder / LOCK).exists():
        return False
    with locked(folder) as free:
        return not free


@contextmanager
def locked(folder: Path, patience: float = 0) -> Iterator[bool]:
    """The lock for work on the cluster's images: whether it could be acquired within `patience` seconds."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (only what makes or shows a cluster needs it)

    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
