"""Every section of evidence by its collector: all run at once, and what they have when the time is up is taken."""

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from kubelab.answers.conversation import Conversation
from kubelab.client import Client
from kubelab.client.objects import Object
from kubelab.diagnostics import event_lines, log_lines, node_lines, tree
from kubelab.diagnostics.cause import Cause
from kubelab.diagnostics.causes import causes
from kubelab.diagnostics.surroundings import Surroundings
from kubelab.observation import Mark, Store
from kubelab.observation.timeline import in_lines

PAGE = re.compile(r"^status [23]\d\d\b")
"""How a failure begins what it last saw if a page came back."""
WHY = "why"
"""The title of the causes."""


@dataclass(frozen=True)
class Section:
    """One kind of evidence: a title, and lines of which the first matter most; `about` are the deciding objects, for a closer look."""

    title: str
    lines: tuple[str, ...]
    about: tuple[Object, ...] = ()


class Scene(Protocol):
    """What the evidence is gathered from."""

    @property
    def client(self) -> Client:
        """The cluster's client, to read what was not watched."""

    @property
    def store(self) -> Store:
        """What has been seen."""

    @property
    def since(self) -> Mark:
        """The moment just before the last When's action."""

    @property
    def namespace(self) -> str:
        """The scenario's namespace."""

    @property
    def network(self) -> Conversation:
        """The requests that it has made."""


Collector = Callable[[], Sequence[str | Cause]]


def evidence(scene: Scene, failure: BaseException, limit: float = 5.0) -> list[Section]:
    """The sections that help with this failure, the most telling first, empty ones left out; at most `limit` seconds. Never raises."""
    try:
        collectors = _collectors(scene, failure)
    except Exception as error:  # noqa: BLE001  (evidence must never hide the failure it is about)
        return [Section("evidence", (_why_missing(error),))]
    gathered: dict[str, Section] = {}
    threads = [threading.Thread(target=_gather, args=(gathered, title, collect), daemon=True) for title, collect in collectors.items()]
    end = time.monotonic() + limit
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    sections = [gathered.get(title, _nothing(title, "(not available in time)")) for title in collectors]
    return [section for section in sections if section.lines]


def _collectors(scene: Scene, failure: BaseException) -> Mapping[str, Collector]:
    view = scene.store.last_view(scene.since)
    named, answered = getattr(failure, "about", ()), bool(PAGE.search(getattr(failure, "last_saw", "")))
    around = Surroundings(view, scene.client, scene.network.last, answered)
    about = tree.concerned(view, named)
    return {
        WHY: partial(causes, around, about if named else ()),
        "objects": partial(tree.told, around, about),
        "events": partial(event_lines.lines, view, about),
        **{title: partial(log_lines.lines, scene.client, wanted) for title, wanted in log_lines.wanted(about).items()},
        "timeline": partial(in_lines, view, scene.store.gaps()),
        "nodes": partial(node_lines.lines, view, scene.client, about),
    }


def _gather(gathered: dict[str, Section], title: str, collect: Collector) -> None:
    try:
        found = collect()
        about = tuple(line.about for line in found if isinstance(line, Cause) and line.about)
        gathered[title] = Section(title, tuple(map(str, found)), about)
    except Exception as error:  # noqa: BLE001  (evidence must never hide the failure it is about)
        gathered[title] = _nothing(title, _why_missing(error))


def _nothing(title: str, why_not: str) -> Section:
    """What a section says that could not be gathered; for the causes, nothing."""
    return Section(title, () if title == WHY else (why_not,))


def _why_missing(error: Exception) -> str:
    return f"(not available: {' '.join(str(error).split())[:300] or type(error).__name__})"
