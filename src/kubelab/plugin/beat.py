"""Something that is done a few times a second while a run goes on, in a thread of its own."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

EVERY = 0.25
"""Seconds from one time to the next."""


@dataclass(eq=False)
class Beat:
    """Calls `tell` again and again, from `start` to `stop`; `tell` may fail, which ends it: what is only shown ends no run."""

    tell: Callable[[], None]
    over: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, once."""
        if self.thread is None:
            self.thread = threading.Thread(target=self._go, name="kubelab-live", daemon=True)
            self.thread.start()

    def stop(self) -> None:
        """End, and wait until it has."""
        self.over.set()
        if self.thread:
            self.thread.join()

    def _go(self) -> None:
        try:
            while not self.over.wait(EVERY):
                self.tell()
        except Exception:  # noqa: BLE001  (a full disk, a terminal that is gone)
            self.over.set()
