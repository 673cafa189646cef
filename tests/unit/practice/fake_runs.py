"""Runs that do not judge by themselves: a test gives their results."""

import io
import json
from dataclasses import dataclass, field
from typing import Any

from kubelab.exercises import Objective
from kubelab.plugin.handshake import READY, WAITING
from kubelab.practice.judging import Hear, Judging, Task


@dataclass(eq=False)
class FakeRun:
    """A run, and a record of the calls made to it."""

    task: Task
    hear: Hear
    began: float
    done: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Recorded."""
        self.done.append("go")

    def end(self) -> None:
        """Recorded."""
        self.done.append("end")

    def await_end(self) -> None:
        """Recorded."""
        self.done.append("await")

    def says_ready(self) -> None:
        """It is waiting at its first sentence."""
        self.hear(self, f"{READY}\n")

    def says_waiting(self) -> None:
        """Another run has what it needs."""
        self.hear(self, f"{WAITING}\n")

    def judges(self, title: str, *, passed: bool = True, outcome: str = "", **more: Any) -> None:
        """It has judged an objective."""
        of = next(one.points for one in self.task.exercise.objectives if one.title == title)
        line = {
            "version": 1,
            "student": "",
            "exercise": self.task.exercise.name,
            "objective": title,
            "line": 9,
            "of": of,
            "points": of if passed else 0,
            "outcome": outcome or ("passed" if passed else "failed"),
            "kubernetes": "1.36.3",
            **more,
        }
        self.hear(self, json.dumps(line) + "\n")

    def is_over(self) -> None:
        """Its process has ended."""
        self.hear(self, None)

    def judges_all(self, *, passed: bool = True) -> None:
        """Everything, and then it is over."""
        for objective in self.objectives:
            self.judges(objective.title, passed=passed)
        self.is_over()

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """Those of its exercise."""
        return self.task.exercise.objectives


@dataclass(eq=False)
class Runs:
    """Every run that was started, and the time."""

    now: float = 0.0
    all: list[FakeRun] = field(default_factory=list)

    def start(self, task: Task, hear: Hear) -> Judging:
        """Another one."""
        self.all.append(FakeRun(task, hear, self.now))
        return self.all[-1]

    def clock(self) -> float:
        """The time."""
        return self.now


def said(stream: io.TextIOWrapper) -> list[str]:
    """The lines that were written to a stream."""
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode().splitlines()
