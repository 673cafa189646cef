"""Asking every collector at once, and taking what they have when the time is up."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from kubelab.client import Client
from kubelab.diagnostics import events, logs, nodes, story, tree
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


Collector = Callable[[], Sequence[str]]


def evidence(scene: Scene, failure: BaseException, limit: float = 5.0) -> list[Section]:
    """The sections that help with this failure, the most telling first, empty ones left out; at most `limit` seconds. Never raises."""
    try:
        collectors = _collectors(scene, failure)
    except Exception as error:  # noqa: BLE001  (evidence must never hide the failure it is about)
        return [Section("evidence", (_not_to_be_had(error),))]
    gathered: dict[str, tuple[str, ...]] = {}
    threads = [threading.Thread(target=_gather, args=(gathered, title, collect), daemon=True) for title, collect in collectors.items()]
    end = time.monotonic() + limit
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    late = ("(not to be had in time)",)
    return [Section(title, lines) for title in collectors if (lines := gathered.get(title, late))]


def _collectors(scene: Scene, failure: BaseException) -> Mapping[str, Collector]:
    view = scene.store.last_view(scene.since)
    about = tree.concerned(view, getattr(failure, "about", ()))
    return {
        "events": partial(events.lines, view, about),
        "objects": partial(tree.lines, view, about),
        **{title: partial(logs.lines, scene.client, wanted) for title, wanted in logs.wanted(about).items()},
        "timeline": partial(story.lines, view, scene.store.gaps()),
        "nodes": partial(nodes.lines, view, scene.client, about),
    }


def _gather(gathered: dict[str, tuple[str, ...]], title: str, collect: Collector) -> None:
    try:
        gathered[title] = tuple(collect())
    except Exception as error:  # noqa: BLE001  (evidence must never hide the failure it is about)
        gathered[title] = (_not_to_be_had(error),)


def _not_to_be_had(error: Exception) -> str:
    return f"(not to be had: {' '.join(str(error).split())[:300] or type(error).__name__})"
