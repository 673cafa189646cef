"""Evidence of a failure, gathered within five seconds whatever the cluster does: sections of plain text, never an error."""

from dataclasses import dataclass
from typing import Protocol

from kubelab.client import Client
from kubelab.observation import Mark, Store


@dataclass(frozen=True)
class Section:
    """One kind of evidence: a title, and lines of which the first ones matter most."""

    title: str
    lines: tuple[str, ...]


class Scene(Protocol):
    """What the evidence is gathered from."""

    @property
    def client(self) -> Client:
        """The cluster, to ask for what was not watched."""

    @property
    def store(self) -> Store:
        """What has been seen."""

    @property
    def since(self) -> Mark:
        """The moment just before the last When's action."""

    @property
    def namespace(self) -> str:
        """The scenario's namespace."""


def evidence(scene: Scene, failure: BaseException, limit: float = 5.0) -> list[Section]:
    """The sections that help with this failure, the most telling first; at most `limit` seconds. Never raises."""
    del scene, failure, limit
    return []
