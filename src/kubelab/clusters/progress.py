"""Shows what long work is doing, how long it has taken and what comes next: a live line on a terminal, plain lines elsewhere."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TextIO

from kubelab import durations

HEARTBEAT = 60.0
"""Seconds between two plain lines that say that the work goes on."""


@dataclass(frozen=True)
class Activity:
    """A piece of work under way: what it is, its usual length in seconds (None: unknown), what follows, when it began."""

    title: str
    expected: float | None
    then: str
    began: float

    def line(self, now: float) -> str:
        """`compiling Kubernetes · 1 min 05 s of about 6 min · next: the node image`."""
        usual = f" of about {durations.short(self.expected)}" if self.expected else ""
        following = f" · next: {self.then}" if self.then else ""
        return f"{self.title} · {durations.whole(now - self.began)}{usual}{following}"


class Face(Protocol):
    """A way of showing progress."""

    def began(self, stage: Activity) -> None:
        """Show that a stage began."""

    def ended(self, stage: Activity, seconds: float, *, good: bool) -> None:
        """Show that a stage ended, and how many seconds it took."""

    def line(self, text: str) -> None:
        """Show a line that stays."""


class Progress:
    """Shows stages and lines on `stream` (standard error by default); stages may be nested and may run in several threads."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        stream = stream or sys.stderr
        self._face: Face = Live(stream) if stream.isatty() and not quiet else Plain(stream)

    @contextmanager
    def stage(self, title: str, expected_seconds: float | None = None, *, then: str = "") -> Iterator[None]:
        """Show the work inside the `with` block from beginning to end; `then` names what comes next."""
        stage = Activity(title, expected_seconds, then, time.monotonic())
        self._face.began(stage)
        good = False
        try:
            yield
            good = True
        finally:
            self._face.ended(stage, time.monotonic() - stage.began, good=good)

    def line(self, text: str) -> None:
        """Print a line that stays on the screen."""
        self._face.line(text)


@dataclass
class Plain:
    """Plain lines: one when a stage begins, one a minute while it lasts, one when it ends."""

    stream: TextIO
    running: dict[Activity, threading.Event] = field(default_factory=dict)

    def began(self, stage: Activity) -> None:
        """Print the stage with its usual length, and from then on a line every minute."""
        usual = f" (about {durations.short(stage.expected)})" if stage.expected else ""
        following = f"; next: {stage.then}" if stage.then else ""
        self.line(f"{stage.title}{usual} …{following}")
        over = self.running[stage] = threading.Event()
        threading.Thread(target=self._beat, args=(stage, over), daemon=True).start()

    def ended(self, stage: Activity, seconds: float, *, good: bool) -> None:
        """Print how long it took."""
        self.running.pop(stage).set()
        self.line(verdict(stage, seconds, good=good))

    def line(self, text: str) -> None:
        """Print one line at once."""
        print(text, file=self.stream, flush=True)

    def _beat(self, stage: Activity, over: threading.Event) -> None:
        while not over.wait(HEARTBEAT):
            self.line(f"  still {stage.line(time.monotonic())}")


@dataclass
class Live:
    """A live line at the bottom of a terminal for everything that runs, with finished stages above it."""

    stream: TextIO
    running: list[Activity] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    live: Any = None

    def began(self, stage: Activity) -> None:
        """Add the stage to the live line."""
        with self.lock:
            self.running.append(stage)
            if self.live is None:
                self._open()

    def ended(self, stage: Activity, seconds: float, *, good: bool) -> None:
        """Remove the stage from the live line and print how long it took."""
        with self.lock:
            self.running.remove(stage)
            self.line(verdict(stage, seconds, good=good))
            if not self.running:
                self.live.stop()
                self.live = None

    def line(self, text: str) -> None:
        """Print a line above the live one."""
        with self.lock:
            if self.live:
                self.live.console.print(text, markup=False, highlight=False, soft_wrap=True)
            else:
                print(text, file=self.stream, flush=True)

    def _open(self) -> None:
        from rich.console import Console  # noqa: PLC0415  (40 ms that only a terminal needs)
        from rich.live import Live as RichLive  # noqa: PLC0415

        console = Console(file=self.stream)
        self.live = RichLive(console=console, get_renderable=self._spinner(), refresh_per_second=8, transient=True)
        self.live.start()

    def _spinner(self) -> Any:
        from rich.spinner import Spinner  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        spinner = Spinner("dots")

        def shown() -> Any:
            now = time.monotonic()
            spinner.update(text=Text("\n".join(stage.line(now) for stage in list(self.running)[-3:])))
            return spinner

        return shown


def verdict(stage: Activity, seconds: float, *, good: bool) -> str:
    """`✓ creating the cluster, 35 s`, or `✗ …` when it failed."""
    return f"{'✓' if good else '✗'} {stage.title}, {durations.short(seconds)}"
