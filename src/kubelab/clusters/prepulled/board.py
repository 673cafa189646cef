"""The progress that the process's threads report, collected and written to a file at each change."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kubelab.clusters.prepulled.state import State, write


@dataclass
class Board:
    """The state of one cluster's images while they are pulled; safe to use from several threads."""

    folder: Path
    state: State
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, folder: Path, images: Sequence[str], nodes: Sequence[str]) -> "Board":
        """A new one for these images and nodes, with nothing there yet, written to the file."""
        board = cls(folder, State(tuple(images), os.getpid(), dict.fromkeys(nodes, ())))
        write(folder, board.state)
        return board

    def has(self, node: str, *images: str) -> None:
        """Images are on the node."""
        with self.lock:
            there = (*self.state.there[node], *images)
            self._change(replace(self.state, there={**self.state.there, node: tuple(dict.fromkeys(there))}))

    def lacks(self, image: str, why: str) -> None:
        """An image could not be pulled; the first reason is kept."""
        with self.lock:
            self._change(replace(self.state, failed={image: why} | dict(self.state.failed)))

    def close(self) -> None:
        """The work has ended."""
        with self.lock:
            self._change(replace(self.state, over=True))

    def _change(self, state: State) -> None:
        self.state = state
        write(self.folder, state)
