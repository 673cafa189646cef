"""What a check says on the terminal: an objective a line, as soon as it is judged, then the points, and what to look at."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from kubelab.conditions.in_words import counted
from kubelab.exercises import Exercise
from kubelab.grading import FAILED, NOT_GRADED, PASSED, Mark
from kubelab.practice.tally import is_elsewhere

FULL, HINTS = "full", "hints"
"""How much is told of what is not so: the whole of each failure, or the first one in short, with its hint; nothing by any other word."""
ELSEWHERE = "elsewhere"
"""Beside the outcomes: an objective that is not judged here."""
SIGNS = {PASSED: ("✓", "ok"), FAILED: ("✗", "no"), NOT_GRADED: ("?", "??"), ELSEWHERE: ("·", "--")}
"""The sign of an outcome, and what stands for it on a terminal that has no such letters."""
COLOURS = {PASSED: "32", FAILED: "31", NOT_GRADED: "33", ELSEWHERE: "2"}
TITLES = {"expected": "expected", "last saw": "last_saw", "why": "why", "hint": "hint"}
"""The lines below a sentence that was not so, and the fields that they show."""


@dataclass(frozen=True)
class Screen:
    """Where it is said, and how much."""

    stream: TextIO
    detail: str = HINTS

    def line(self, text: str = "") -> None:
        """A line as it is; letters that the terminal has not are replaced."""
        encoding = self.stream.encoding or "utf-8"
        print(text.encode(encoding, "replace").decode(encoding), file=self.stream, flush=True)

    def begin(self, exercise: Exercise, namespace: str = "") -> None:
        """What is judged, and where it runs if it does already."""
        self.line(f"{exercise.title} ({exercise.name}){f' in the namespace {namespace}' if namespace else ''}")

    def row(self, mark: Mark, exercise: Exercise) -> None:
        """An objective that has been judged."""
        width = max((len(one.title) for one in exercise.objectives), default=0)
        said = f"{mark.points} of {mark.of}" if mark.outcome != NOT_GRADED else mark.cause if is_elsewhere(mark) else "not graded"
        self.line(f"{self._sign(ELSEWHERE if is_elsewhere(mark) else mark.outcome)} {mark.objective:<{width}}  {said}")

    def end(self, marks: Sequence[Mark]) -> None:
        """The points, and what to look at, of what is judged here."""
        judged = [mark for mark in marks if not is_elsewhere(mark)]
        self.line(_points(judged))
        for line in _details(judged, self.detail):
            self.line(line)

    def mistakes(self, mistakes: Iterable[str]) -> None:
        """What is wrong with the files as they are."""
        for text in mistakes:
            self.line(f"{self._sign(FAILED)} {text}")
        self.line("Nothing was applied. Correct this first; whether the values are right, the cluster says then.")

    def _sign(self, outcome: str) -> str:
        sign, word = SIGNS[outcome]
        shown = sign if _can_say("".join(one for one, _ in SIGNS.values()), self.stream) else f"[{word}]"
        coloured = self.stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return f"\033[{COLOURS[outcome]}m{shown}\033[0m" if coloured else shown


def _points(marks: Sequence[Mark]) -> str:
    """Of what is not graded nobody knows the points."""
    graded = [mark for mark in marks if mark.outcome != NOT_GRADED]
    if marks and not graded:
        return "Not graded."
    rest = "" if len(graded) == len(marks) else "; the rest is not graded"
    return f"{sum(mark.points for mark in graded)} of {counted(sum(mark.of for mark in graded), 'point')}{rest}"


def _can_say(letters: str, stream: TextIO) -> bool:
    try:
        letters.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _details(marks: Sequence[Mark], detail: str) -> Iterator[str]:
    missed = [mark for mark in marks if mark.outcome != PASSED]
    if detail == FULL:
        yield from (f"\n{mark.objective}\n{mark.text or mark.cause}" for mark in missed)
    if detail == HINTS and missed:
        failed = [mark for mark in missed if mark.outcome == FAILED]
        yield from ["", *_in_short((failed or missed)[0])]


def _in_short(mark: Mark) -> Iterator[str]:
    """An objective's title, the sentence that was not so, and the fields of its failure."""
    yield mark.objective
    if mark.sentence:
        yield f"  {mark.sentence}"
    for title, field in TITLES.items():
        text = str(getattr(mark, field)).strip()
        is_aside = field == "hint" and mark.outcome != FAILED  # the exercise's own hint, and the trouble is not about it
        if text and not is_aside:
            indented = text.replace("\n", "\n" + " " * 13)
            yield f"  {title:<10} {indented}"
