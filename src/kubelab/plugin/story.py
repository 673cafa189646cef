"""What the scenario that runs in this process has done so far, sentence by sentence, with how long each one waited."""

from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kubelab.records.scenario_record import Wait
    from kubelab.scenario import Scenario


@dataclass(frozen=True)
class Told:
    """A sentence that is over: whether it was so, its seconds, and of its longest wait the seconds and the limit (0: it did not wait)."""

    text: str
    line: int
    good: bool
    seconds: float
    waited: float = 0.0
    limit: float = 0.0


@dataclass(frozen=True)
class Story:
    """A scenario under way: the sentences that are over, and the one that runs; of its wait the seconds, the limit and the last look.

    `sentence` is "" before the first one, and `seen` then says what is done; `limit` is 0 while nothing is waited for.
    """

    scenario: str
    over: tuple[Told, ...] = ()
    sentence: str = ""
    line: int = 0
    seconds: float = 0.0
    waited: float = 0.0
    limit: float = 0.0
    seen: str = ""


@dataclass(eq=False)
class Narrator:
    """Follows the scenario that runs; `now` may be asked by another thread."""

    story: Story | None = None
    lab: "Scenario | None" = None
    began: float = 0.0
    before: int = 0

    def begin(self, scenario: str) -> None:
        """A scenario begins."""
        self.story, self.lab, self.began = Story(scenario), None, monotonic()

    def end(self) -> None:
        """It is over."""
        self.story = self.lab = None

    def begins_with(self, what: str) -> None:
        """What is done before its first sentence, "" for what is always done."""
        if self.story:
            self.story = replace(self.story, seen=what)

    def begin_sentence(self, step: Any, lab: "Scenario | None") -> None:
        """A sentence begins, given as pytest-bdd's step."""
        if self.story:
            self.lab, self.began, self.before = lab, monotonic(), len(lab.waits) if lab else 0
            self.story = replace(self.story, sentence=f"{step.keyword} {step.name}", line=step.line_number, seen="")

    def end_sentence(self, lab: "Scenario | None", *, good: bool) -> "list[tuple[Told, Wait]]":
        """It is over; its waits. It may have been the first one to ask for `lab`."""
        if not self.story:
            return []
        self.lab = lab
        waits = [noted.wait for noted in self.lab.waits[self.before :]] if self.lab else []
        longest = max((wait for wait in waits if not wait.stretch), key=lambda wait: wait.waited, default=None)
        told = Told(self.story.sentence, self.story.line, good, monotonic() - self.began)
        told = replace(told, waited=longest.waited, limit=longest.limit) if longest else told
        self.story = replace(self.story, over=(*self.story.over, told), sentence="")
        return [(told, wait) for wait in waits]

    def now(self) -> Story | None:
        """The story as it is at this moment, None while no scenario runs."""
        story, lab, before = self.story, self.lab, self.before
        if story is None:
            return None
        story = replace(story, seconds=monotonic() - self.began)
        noted = lab.waits[-1] if lab and len(lab.waits) > before else None
        if lab is None or noted is None or noted.wait.met:
            return story
        from kubelab.waiting.lab import uncounted  # noqa: PLC0415  (collection needs none of it)

        began = lab.store.began + noted.wait.began
        waited = min(max(0.0, lab.clock() - began - uncounted(lab, began)), noted.wait.limit)
        return replace(story, waited=waited, limit=noted.wait.limit, seen=noted.wait.seen)
