"""Checks a student's folder: looks at the files, lets a run judge them that was prepared ahead, tells and remembers what it finds."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kubelab.clusters import child
from kubelab.grading import score_reading
from kubelab.plugin.handshake import READY, WAITING
from kubelab.practice import memory
from kubelab.practice.first_look import Look, Schemas, look
from kubelab.practice.judging import Hear, Judging, Start, Task
from kubelab.practice.screen import Screen
from kubelab.practice.tally import PART, TROUBLE, Tally, code

FRESH = 30 * 60.0
"""Seconds for which a prepared run is kept: the token of its account is good for an hour."""
STALE = 60.0
"""Seconds after which a prepared run that cannot judge is given a second try, by a new one: the cluster may have changed meanwhile."""

WAIT = "Another run has the cluster, or a part of it, for itself. Waiting until it lets this one go on …"


@dataclass(eq=False)
class Checker:
    """One folder under check: the run that is `prepared`, the one that is `judging`, all that are `alive`, and the last check's `code`.

    `schemas` are asked once the files can be read; `hear` is what a run tells of itself. `is_ready`: the prepared run waits at its first
    sentence; `is_lost`: it has ended by itself, so that none is prepared before the next check.
    """

    task: Task
    start: Start
    hear: Hear
    screen: Screen
    schemas: Schemas = lambda _body: None
    clock: Callable[[], float] = time.monotonic
    alive: list[Judging] = field(default_factory=list)
    prepared: Judging | None = None
    is_ready: bool = False
    is_lost: bool = False
    judging: Judging | None = None
    had_waited: float = 0.0
    tally: Tally | None = None
    code: int = TROUBLE

    @property
    def is_current(self) -> bool:
        """Whether the files are being judged as they are now."""
        return self.judging is not None and self.tally is not None and self.tally.digest == self._digest()

    @property
    def waited(self) -> float:
        """Seconds for which the prepared run has been there."""
        return self.clock() - self.prepared.began if self.prepared else 0.0

    @property
    def invites(self) -> bool:
        """Whether the next check may come: nothing is judged, and what can be prepared is."""
        return self.judging is None and (self.is_lost or (self.prepared is not None and self.is_ready))

    def prepare_next(self) -> None:
        """Have a run that waits while nothing is judged."""
        if not self.judging and not self.is_lost:
            self.prepare()

    def prepare(self) -> None:
        """Have a run that waits, if there is none."""
        if self.prepared is None:
            self.prepared, self.is_ready = self.start(self.task, self.hear), False
            self.alive.append(self.prepared)

    def renew(self) -> None:
        """Have a new one in the place of the run that waits."""
        if self.prepared:
            self.prepared.end()
            self.prepared = None
        self.prepare()

    def begin(self) -> None:
        """Look at the files, and let them be judged unless something is wrong with them; a run of older files ends."""
        if self.judging:
            self.judging.end()
            self.judging = None
        self.is_lost = False
        self.tally = Tally(self.task.exercise, self._digest())
        self.screen.begin(self.task.exercise, self.task.namespace)
        if self.task.namespace:
            self.prepare()
            self._go()
        else:
            self._look(self.tally)

    def heed(self, judging: Judging, line: str | None) -> None:
        """Take what a run says."""
        if line is None:
            self._over(judging)
        elif line.strip() == READY:
            self.is_ready = self.is_ready or judging is self.prepared
        elif judging is not self.judging or not self.tally:
            return
        elif line.strip() == WAITING:
            self._tell_wait(self.tally)
        else:
            mark = score_reading.read(line).mark
            self.tally.marks[mark.objective] = mark
            self.screen.row(mark, self.task.exercise)

    def close(self) -> None:
        """End every run, and return once they have cleared up."""
        for judging in self.alive:
            judging.end()
        for judging in self.alive:
            judging.await_end()

    def _look(self, tally: Tally) -> None:
        """Let the files be judged unless something is wrong with them."""
        seen = look(self.task.folder, self.task.exercise)
        for text in seen.absent:
            self.screen.line(text)
        if not seen.is_begun or seen.mistakes:
            self._refuse(tally, seen)
            return
        self.prepare()
        seen = look(self.task.folder, self.task.exercise, self.schemas)
        if seen.mistakes:
            self._refuse(tally, seen)
        else:
            self._go()

    def _digest(self) -> str:
        return memory.digest(self.task.folder, self.task.exercise)

    def _go(self) -> None:
        self.had_waited = self.waited
        self.judging, self.prepared = self.prepared, None
        if self.judging:
            self.judging.go()

    def _refuse(self, tally: Tally, seen: Look) -> None:
        if seen.mistakes:
            self.screen.mistakes(seen.mistakes)
        self.code = PART
        memory.keep(self.task.folder, self.task.exercise, tally.found(tally.refused(next(iter((*seen.mistakes, *seen.absent)), ""))))

    def _over(self, judging: Judging) -> None:
        self.alive.remove(judging)
        judging.await_end()
        if judging is self.prepared:  # it could not begin: the next check tells why
            self.prepared, self.is_lost = None, True
        if judging is self.judging and self.tally:
            self.judging = None
            self._tell(self.tally)

    def _tell(self, tally: Tally) -> None:
        """Say what was found, and remember it; of trouble nothing is remembered."""
        marks = tally.all("the run ended before it was judged")
        self.code = code(marks)
        if self.code == TROUBLE and self.had_waited > STALE and not tally.is_second:
            self._try_again(tally)
            return
        for mark in marks:
            if mark.objective not in tally.marks:
                self.screen.row(mark, tally.exercise)
        self.screen.end(marks)
        if not tally.marks:
            self.screen.line(self._last_words())
        if self.code != TROUBLE and not self.task.namespace:  # what is remembered is said of files
            memory.keep(self.task.folder, self.task.exercise, tally.found(marks))

    def _tell_wait(self, tally: Tally) -> None:
        """Once in a check: objectives may wait one after another."""
        if not tally.has_waited:
            tally.has_waited = True
            self.screen.line(WAIT)

    def _try_again(self, tally: Tally) -> None:
        self.screen.line("The run that had been prepared could not judge everything. Once more, with a new one:")
        self.tally = Tally(tally.exercise, tally.digest, is_second=True)
        self.prepare()
        self._go()

    def _last_words(self) -> str:
        return "\n".join([f"pytest judged nothing. It said last ({self.task.log}):", *child.last_words(self.task.log)])
