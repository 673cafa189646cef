"""What a store needs of the watches that fill it."""

from typing import Protocol


class Reader(Protocol):
    """Something that fills a store, and can also ask the cluster directly."""

    def watches(self, kind: str, namespace: str) -> bool:
        """Whether it watches that kind in that namespace ("" for cluster-wide objects)."""

    def read_again(self) -> None:
        """Take over what a fresh list shows and the watches have missed."""

    def catch_up(self, timeout: float) -> None:
        """Return once everything that a fresh list shows is known, at the latest after `timeout` seconds for each kind by reading again."""
