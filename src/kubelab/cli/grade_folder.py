"""The folder that `kubelab grade` writes into: only one that it has made or that is empty, and only one command at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kubelab.errors import SetupTrouble

MARK, LOCK = ".kubelab-grade", ".kubelab-grade.lock"
"""The file by which the folder is known as ours, and the one that is locked while somebody writes."""
WORK, LOG, JOURNAL = "work", "pytest.log", "journal.jsonl"
"""The folder of what is run, the file with pytest's own words, and the file of what was judged."""


def check(to: Path, sources: Sequence[Path]) -> None:
    """ValueError where writing into `to` would touch somebody else's files, or what is read from the `sources`."""
    for source in sources:
        if to.resolve().is_relative_to(source.resolve()):
            raise ValueError(f"{to} lies in {source}, from which is read: name another folder with --to")
    if to.exists() and not to.is_dir():
        raise ValueError(f"{to} is not a folder: name another one with --to")
    if to.is_dir() and any(to.iterdir()) and not (to / MARK).exists():
        raise ValueError(f"{to} is not empty, and kubelab grade has not written it: name another folder with --to")


@contextmanager
def held(to: Path) -> Iterator[None]:
    """In the block the folder is there and ours alone; SetupTrouble where another command has it."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (not needed for --help)

    to.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(to / LOCK, timeout=0):
            (to / MARK).touch()
            yield
    except Timeout as error:
        raise SetupTrouble(f"Another kubelab grade writes into {to}.\nWait for its end, or name another folder: --to") from error
