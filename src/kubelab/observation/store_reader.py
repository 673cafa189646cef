"""What a store needs of those who fill it."""

from typing import Protocol


class Reader(Protocol):
    """Who fills a store, and can ask the cluster beside its watches."""

    def watches(self, kind: str, namespace: str) -> bool:
        """Whether it watches that kind in that namespace ("" for what is cluster-wide)."""

    def read_again(self) -> None:
        """Take over what a fresh list shows and the watches have missed."""

    def catch_up(self, timeout: float) -> None:
        """Return once the watches have told everything that a fresh list shows."""
