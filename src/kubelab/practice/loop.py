"""One check, or one at every save: what runs say and what is saved is heeded in the order in which it comes."""

import queue
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from kubelab.errors import SetupTrouble
from kubelab.practice.checker import FRESH, Checker
from kubelab.practice.judging import Judging

Saves = Callable[[Callable[[str | SetupTrouble], None]], AbstractContextManager[None]]
"""While its block lasts, tells of every save."""
INVITATION = "Save a file to check it again; Ctrl-C ends this."


@dataclass(frozen=True)
class Heard:
    """What a run has said; None: it is over."""

    judging: Judging
    line: str | None


@dataclass(frozen=True)
class Inbox:
    """What has come and is not heeded yet; a text names files that were saved."""

    events: "queue.SimpleQueue[Heard | str | SetupTrouble]" = field(default_factory=queue.SimpleQueue)

    def hear(self, judging: Judging, line: str | None) -> None:
        """Take what a run says, in whatever thread."""
        self.events.put(Heard(judging, line))


def once(checker: Checker, inbox: Inbox) -> int:
    """Check the files as they are; the exit code."""
    try:
        checker.begin()
        while checker.judging:
            _heed(checker, inbox.events.get())
    finally:
        checker.close()
    return checker.code


def watch(checker: Checker, inbox: Inbox, saves: Saves) -> int:
    """Check the files as they are, and again at every save, until Ctrl-C; the exit code of the last check."""
    try:
        with saves(inbox.events.put):
            checker.begin()
            while True:
                _next(checker, inbox)
    except KeyboardInterrupt:
        checker.screen.line()
    finally:
        checker.close()
    return checker.code


def _next(checker: Checker, inbox: Inbox) -> None:
    """Have the next run prepared while nothing is judged, and heed what comes; a prepared run that gets too old is renewed."""
    checker.prepare_next()
    before = (checker.invites, checker.tally)
    try:
        _heed(checker, inbox.events.get(timeout=max(0.0, FRESH - checker.waited)))
    except queue.Empty:
        checker.renew()
    if checker.invites and before != (True, checker.tally):
        checker.screen.line(INVITATION)


def _heed(checker: Checker, event: Heard | str | SetupTrouble) -> None:
    if isinstance(event, SetupTrouble):
        raise event
    if isinstance(event, Heard):
        checker.heed(event.judging, event.line)
    elif not checker.is_current:
        checker.screen.line(f"\n{event} was saved.")
        checker.begin()
