"""A scenario that plays a script with a clock of its own: nothing in it takes real time."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kubelab.errors import SetupTrouble
from kubelab.observation import Mark, Store
from kubelab.waiting import Hopeless, Noted


@dataclass
class Clock:
    """Monotonic seconds that only pass in a wait."""

    now: float = 100.0

    def __call__(self) -> float:
        """The current time."""
        return self.now


class ScriptedStore(Store):
    """A store to which the script's entries are written during a wait."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("lab", clock)
        self.clock = clock
        self.script: list[tuple[float, Callable[[], None]]] = []
        self.waits: list[float] = []
        self.refreshed = 0

    def at(self, offset: float, action: Callable[..., None], *arguments: Any, **named: Any) -> None:
        """Do something that number of seconds after the beginning."""
        self.script.append((self.began + offset, lambda: action(*arguments, **named)))
        self.script.sort(key=lambda entry: entry[0])

    def wait(self, version: int, timeout: float) -> int:
        """Move the clock to the script's next entry, or to the end of the wait."""
        self.waits.append(timeout)
        if self.version == version:
            end = self.clock.now + timeout
            if self.script and self.script[0][0] <= end:
                due, action = self.script.pop(0)
                self.clock.now = max(self.clock.now, due)
                action()
            else:
                self.clock.now = end
        return super().wait(version if self.version == version else -1, 0)

    def refresh(self) -> None:
        """Count the call, and do anything else that is needed."""
        self.refreshed += 1
        super().refresh()


@dataclass
class Lab:
    """What waiting needs of a scenario."""

    clock: Clock = field(default_factory=Clock)
    patience: float = 1.0
    failed_at: float = math.inf
    hopeless: Sequence[Hopeless] = ()
    away: str = ""
    waits: list[Noted] = field(default_factory=list)
    store: ScriptedStore = field(init=False)
    since: Mark = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock."""
        self.store = ScriptedStore(self.clock)
        self.since = self.store.mark()

    def attend(self, wording: str) -> None:
        """All controllers act in a script, unless it says otherwise."""
        if self.away:
            raise SetupTrouble(f"Could not see whether {wording}: {self.away}")

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return round(self.clock.now - self.store.began, 3)

    def put(self, item: dict[str, Any], change: Any = "", **named: Any) -> None:
        """Write an object's new state."""
        known = self.store.find(item["kind"], item["metadata"]["name"])
        self.store.put(item["kind"], change or ("MODIFIED" if known else "ADDED"), item, **named)

    def at(self, offset: float, item: dict[str, Any], change: Any = "", **named: Any) -> None:
        """Write an object's new state that number of seconds after the beginning."""
        self.store.at(offset, self.put, item, change, **named)
