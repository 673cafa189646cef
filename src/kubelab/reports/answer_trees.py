"""Who answered: from a Service to its endpoints, the Pods, with how many answers each gave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kubelab.records.scenario_record import Answers, ScenarioRecord, StateChange

ROW, HEAD = 30, 44
"""The height of a Pod and of what stands above, in pixels."""
MOST_TREES, MOST_PODS = 6, 12
"""What is shown of one scenario, and of one tree."""
LONGEST = 70.0
"""The width of the longest bar, in percent."""


@dataclass(frozen=True)
class Branch:
    """A Pod: whether it was an endpoint of the Service then, its answers, and the width of their bar in percent."""

    y: int
    pod: str
    endpoint: bool
    count: int
    width: float


@dataclass(frozen=True)
class Tree:
    """The answers at one sentence, the `number`-th; `endpoints` is None where no Service is known."""

    number: int
    target: str
    service: str
    endpoints: int | None
    total: int
    branches: tuple[Branch, ...]
    more: int
    height: int


def trees(record: ScenarioRecord) -> tuple[Tree, ...]:
    """One for each sentence at which requests were counted, and each target, up to the most that are shown."""
    ordered = sorted(record.answers, key=lambda one: (one.time, one.line, one.target, -one.count, one.pod))
    grouped = [list(some) for _, some in groupby(ordered, key=lambda one: (one.line, one.target))]
    return tuple(_tree(some, record) for some in grouped[:MOST_TREES])


def _tree(answers: Sequence[Answers], record: ScenarioRecord) -> Tree:
    first = answers[0]
    service, endpoints = _service(answers, record.timeline)
    counts = {one.pod: one.count for one in answers}
    pods = [*counts, *(name for name in endpoints if name not in counts)]
    most = max(counts.values())
    shown = pods[:MOST_PODS]
    branches = tuple(
        Branch(HEAD + ROW * row, pod, pod in endpoints, counts.get(pod, 0), round(LONGEST * counts.get(pod, 0) / max(most, 1), 2))
        for row, pod in enumerate(shown)
    )
    number = next((at for at, one in enumerate(record.sentences, 1) if one.line == first.line), 0)
    known = len(endpoints) if service else None
    return Tree(number, first.target, service, known, sum(counts.values()), branches, len(pods) - len(shown), HEAD + ROW * len(shown))


def _service(answers: Sequence[Answers], timeline: Iterable[StateChange]) -> tuple[str, tuple[str, ...]]:
    """The Service that is meant, and its endpoints then: the one that is named, or whose endpoints are most of those that answered."""
    there = _endpoints(timeline, max(one.time for one in answers))
    pods = {one.pod for one in answers}
    named = [name for name in there if name and name in answers[0].target]
    fitting = named or [name for name, endpoints in there.items() if pods & set(endpoints)]
    if not fitting:
        return "", ()
    best = max(sorted(fitting), key=lambda name: len(pods & set(there[name])))
    return best, there[best]


def _endpoints(timeline: Iterable[StateChange], time: float) -> dict[str, tuple[str, ...]]:
    """Of each Service at that time, sorted; a Service may have several slices."""
    slices: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in sorted(timeline, key=lambda one: one.time):
        if one.service and one.time <= time:
            slices[one.service, one.uid] = () if one.state == "gone" else one.endpoints
    services = {service for service, _ in slices}
    return {name: tuple(sorted({pod for (of, _), pods in slices.items() if of == name for pod in pods})) for name in sorted(services)}
