"""Tells when one of a student's files is saved, however the editor does that."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kubelab.errors import SetupTrouble

QUIET, LONGEST, IDLE = 30, 300, 250
"""Milliseconds: without a further change a save is over; it is told at the latest; how long its end is not looked for."""
Told = Callable[[str | SetupTrouble], None]
"""Told the names of the files that were saved, or why nobody can know any more; in a thread of its own."""


@contextmanager
def told(folder: Path, files: Sequence[str], tell: Told) -> Iterator[None]:
    """While the block lasts, tell of each save of one of these files of the folder; returns when it has begun to look."""
    over, begun = threading.Event(), threading.Event()
    watching = threading.Thread(target=_watch, args=(folder, files, tell, over, begun), daemon=True)
    watching.start()
    begun.wait()
    try:
        yield
    finally:
        over.set()
        watching.join()


def _watch(folder: Path, files: Sequence[str], tell: Told, over: threading.Event, begun: threading.Event) -> None:
    from watchfiles import watch  # noqa: PLC0415  (only --watch needs it)

    changes = watch(
        folder,
        watch_filter=lambda _change, path: Path(path).name in files,
        debounce=LONGEST,
        step=QUIET,
        stop_event=over,
        rust_timeout=IDLE,
        yield_on_timeout=True,
        recursive=False,
    )
    try:
        for change in changes:
            begun.set()
            names = sorted({Path(path).name for _, path in change})
            if names:
                tell(" and ".join(names))
    except Exception as error:  # noqa: BLE001  (watchfiles raises what the system does, and errors of its own)
        tell(SetupTrouble(f"The folder {folder} cannot be watched: {error}\nCheck it again by hand: kubelab check"))
    finally:
        begun.set()
