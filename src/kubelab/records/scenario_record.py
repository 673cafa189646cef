"""The record of one scenario, as values: what it said, how long it waited, and every state that the watches saw."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PASSED, FAILED, ERROR, SKIPPED, NOT_RUN = OUTCOMES = ("passed", "failed", "error", "skipped", "not run")
"""How a scenario or a sentence came out; only a sentence can be "not run". "error" says that it could not be judged."""

TIGHT = 0.6
"""The part of its limit from which on a wait has little headroom."""


@dataclass(frozen=True)
class Wait:
    """One wait of a sentence: when it began and how long it took, in seconds, and the limit that it had, patience included.

    `waited` counts as the limit does: without the time in which an image was pulled or nothing could be seen.
    `stretch`: it looked at whether a state lasts, for `limit` seconds, or at all that was seen before, where that is 0: it has no headroom.
    """

    began: float
    waited: float
    limit: float
    expected: str
    seen: str
    met: bool
    stretch: bool = False

    @property
    def used(self) -> float:
        """How much of the limit was waited for, 1 is all of it; 0 for a stretch."""
        return 0.0 if self.stretch or self.limit <= 0 else self.waited / self.limit


@dataclass(frozen=True)
class Sentence:
    """A sentence and how it came out. `began` is None for one that did not run; `type` is given, when or then.

    `expected`, `seen` and `error` are those of the failure, "" without one. `kubectl` is the command that a person would type.
    """

    line: int
    keyword: str
    text: str
    type: str
    outcome: str
    began: float | None = None
    took: float = 0.0
    waits: tuple[Wait, ...] = ()
    expected: str = ""
    seen: str = ""
    error: str = ""
    kubectl: str = ""


@dataclass(frozen=True)
class StateChange:
    """One object's change as a watch told it; `time` counts in seconds from the record's `began`.

    `state` is a Pod's: pending, pulling, waiting, running, ready, succeeded, failed, terminating, or gone for any object that is deleted.
    `owner` is the UID of its controller. `told` has the phrases of the timeline ("scheduled to kubelab-worker2"); `missed`: seen late.
    `counts` are of a controller (wanted, existing, ready, updated); `endpoints` the names of the ready Pods of an EndpointSlice.
    """

    time: float
    kind: str
    name: str
    namespace: str
    uid: str
    state: str = ""
    owner: str = ""
    node: str = ""
    restarts: int = 0
    told: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    endpoints: tuple[str, ...] = ()
    service: str = ""
    missed: bool = False


@dataclass(frozen=True)
class ClusterEvent:
    """An Event of the cluster: when it was seen, its type (Normal, Warning), and what it is about."""

    time: float
    type: str
    reason: str
    kind: str
    name: str
    message: str
    count: int = 1


@dataclass(frozen=True)
class Answers:
    """How many requests to `target` the Pod answered, as seen at a sentence; "" is no Pod of the scenario."""

    time: float
    line: int
    target: str
    pod: str
    count: int


@dataclass(frozen=True)
class Section:
    """Evidence of a failure: logs, events and the like, as lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class RunningImage:
    """An image that a lab names, and the one that ran for it."""

    lab: str
    runs: str
    because: str


@dataclass(frozen=True)
class RunFacts:
    """The run that a scenario was part of: `began` is a time of day in ISO 8601, UTC."""

    run: str
    began: str
    kubelab: str
    kubernetes: str = ""
    cluster: str = ""
    provider: str = ""


@dataclass(frozen=True)
class ObjectiveFacts:
    """The objective of an exercise that a scenario judges, as the exercise states it."""

    exercise: str
    title: str
    hint: str = ""


@dataclass(frozen=True)
class ScenarioRecord:
    """Everything known about one scenario.

    `id` is pytest's node id; `feature` the file's path as shown, `name` its title, `goal` its description, `chapter` its folder's name.
    `began` is the time of day to which all times count, ISO 8601 with milliseconds, UTC; `seconds` count from it to the end of the last
    sentence, `setup` are those before the first. `cause` is the failure in a line, `why` the same without the sentence, `text` the whole of
    it as the terminal shows it; `again` the command that runs it again, `reason` why it was skipped, or that it was expected to fail.
    """

    id: str
    feature: str
    name: str
    goal: str
    chapter: str
    scenario: str
    line: int
    outcome: str
    began: str
    seconds: float
    run: RunFacts
    tags: tuple[str, ...] = ()
    points: int | None = None
    student: str = ""
    objective: ObjectiveFacts | None = None
    setup: float = 0.0
    namespace: str = ""
    cause: str = ""
    why: str = ""
    text: str = ""
    reason: str = ""
    again: str = ""
    sentences: tuple[Sentence, ...] = ()
    timeline: tuple[StateChange, ...] = ()
    events: tuple[ClusterEvent, ...] = ()
    answers: tuple[Answers, ...] = ()
    evidence: tuple[Section, ...] = ()
    images: tuple[RunningImage, ...] = ()

    @property
    def took(self) -> float:
        """Seconds from the beginning of its setup to the end of its last sentence."""
        first = next((one.began for one in self.sentences if one.began is not None), self.seconds)
        return self.setup + self.seconds - first

    @property
    def nearest(self) -> tuple[int, Wait] | None:
        """The wait that came nearest to its limit, and the line of its sentence; None where nothing had a limit."""
        waits = ((one.line, wait) for one in self.sentences for wait in one.waits if wait.limit > 0 and not wait.stretch)
        return max(waits, key=lambda one: one[1].used, default=None)
