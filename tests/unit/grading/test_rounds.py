"""What is run, how often, and what is not run again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kubelab.grading import Mark, Results, assembly, results_file, rounds
from kubelab.grading.journal import Journal

from .small_class import RS_LAB, SCALED, UP, HandIn, failed, line, open_, passed

ASKED = {RS_LAB.name: RS_LAB}
CLASS = [HandIn(name) for name in ("ann", "bob", "cy", "dee")]
REFUSED = HandIn("eve", refusals=("rs-lab.yaml:3: no hostPath.",))


@dataclass
class Fake:
    """Takes pytest's place: adds the line of each objective, and trouble for some students in a number of runs."""

    journal: Journal
    trouble: dict[str, int] = field(default_factory=dict)
    dies_after: int = 1000
    runs: list[list[str]] = field(default_factory=list)

    def __call__(self, submissions: Sequence[HandIn]) -> str:
        """One round; it may die before its end."""
        self.runs.append([one.student for one in submissions])
        for number, one in enumerate(submissions):
            if number == self.dies_after:
                return "pytest died"
            key = assembly.key_of(one, RS_LAB)
            self.journal.add((key, line(one.student, mark)) for mark in self._marks(one.student))
        return ""

    def _marks(self, student: str) -> list[Mark]:
        if self.trouble.get(student):
            self.trouble[student] -= 1
            return [passed(UP), open_(SCALED)]
        return [passed(UP), failed(SCALED) if student == "bob" else passed(SCALED)]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """An empty journal."""
    return Journal(tmp_path / "journal.jsonl")


def results(journal: Journal, submissions: Sequence[HandIn] = CLASS, why: str = "it ended") -> Results:
    """The results according to the journal."""
    return assembly.results(submissions, ASKED, journal.judged(), "0.1.0", lambda _: why)


def test_all_is_run_once(journal: Journal) -> None:
    """Except what is refused."""
    fake = Fake(journal)

    assert rounds.run([*CLASS, REFUSED], ASKED, journal, fake) == ""
    assert fake.runs == [["ann", "bob", "cy", "dee"]]
    assert [grade.points for grade in results(journal, [*CLASS, REFUSED]).grades] == [3, 1, 3, 3, 0]


def test_trouble_is_run_once_more(journal: Journal) -> None:
    """Only for the students who had trouble."""
    fake = Fake(journal, {"cy": 1})

    rounds.run(CLASS, ASKED, journal, fake)

    assert fake.runs == [["ann", "bob", "cy", "dee"], ["cy"]]
    assert results(journal).open == ()


def test_trouble_that_stays_is_not_graded(journal: Journal) -> None:
    """And the next command tries again."""
    fake = Fake(journal, {"cy": 3})

    rounds.run(CLASS, ASKED, journal, fake)
    assert [(one.student, one.reason) for one in results(journal).open] == [("cy", "the cluster did not answer")]

    rounds.run(CLASS, ASKED, journal, fake)
    assert fake.runs[2:] == [["cy"], ["cy"]]
    assert results(journal).open == ()


def test_what_was_stopped_goes_on(journal: Journal) -> None:
    """The grades are those of one run."""
    stopped = Fake(journal, dies_after=1)
    assert rounds.run(CLASS, ASKED, journal, stopped) == "pytest died"
    assert [one.student for one in results(journal).open] == ["cy", "dee"]

    rounds.run(CLASS, ASKED, journal, fake := Fake(journal))

    assert stopped.runs == [["ann", "bob", "cy", "dee"], ["bob", "cy", "dee"]]
    assert fake.runs == [["cy", "dee"]]
    whole = Journal(journal.path.with_name("whole"))
    rounds.run(CLASS, ASKED, whole, Fake(whole))
    assert results_file.text(results(journal)) == results_file.text(results(whole))


def test_a_finished_class_is_not_run_again(journal: Journal) -> None:
    """Except for students whose files have changed."""
    rounds.run(CLASS, ASKED, journal, Fake(journal))
    changed = [*CLASS[:3], HandIn("dee", digest="dead")]

    rounds.run(CLASS, ASKED, journal, again := Fake(journal))
    rounds.run(changed, ASKED, journal, fake := Fake(journal))

    assert (again.runs, fake.runs) == ([], [["dee"]])


@pytest.mark.parametrize("order", [[3, 1, 0, 2], [2, 3, 1, 0]], ids=str)
def test_any_order_gives_the_same_file(journal: Journal, order: list[int]) -> None:
    """Byte for byte."""
    other = Journal(journal.path.with_name("other"))
    rounds.run(CLASS, ASKED, journal, Fake(journal))
    shuffled = [CLASS[at] for at in order]

    rounds.run(shuffled, ASKED, other, Fake(other, {"ann": 1}))

    assert results_file.text(results(other, shuffled)) == results_file.text(results(journal))
