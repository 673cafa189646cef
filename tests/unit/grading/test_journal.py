"""The file from which a stopped grading resumes."""

from pathlib import Path

import pytest

from kubelab.errors import SetupTrouble
from kubelab.grading.journal import Journal, Key

from .small_class import RS_LAB, SCALED, UP, failed, line, open_, passed

ANN = Key("ann", RS_LAB.name, "c0ffee", RS_LAB.digest)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal that does not exist yet."""
    return Journal(tmp_path / "journal.jsonl")


def test_without_a_file_nothing_was_judged(journal: Journal) -> None:
    """Deleting it is fine."""
    journal.forget()
    journal.closed()

    assert journal.judged() == {}


def test_what_was_added_is_judged(journal: Journal) -> None:
    """By submission and objective."""
    journal.add([(ANN, line("ann", passed(UP)))])
    journal.add([(ANN, line("ann", failed(SCALED)))])

    assert journal.judged() == {ANN: {UP.title: line("ann", passed(UP)), SCALED.title: line("ann", failed(SCALED))}}


def test_other_files_are_another_submission(journal: Journal) -> None:
    """And so is a changed exercise."""
    changed = [Key("ann", RS_LAB.name, "dead", RS_LAB.digest), Key("ann", RS_LAB.name, "c0ffee", "ffff")]
    journal.add((key, line("ann", passed(UP))) for key in changed)

    assert set(journal.judged()) == set(changed)


def test_a_judgement_stays_and_trouble_gives_way(journal: Journal) -> None:
    """A result that a student was given does not change in a second run."""
    journal.add([(ANN, line("ann", open_(UP))), (ANN, line("ann", passed(SCALED)))])
    journal.add([(ANN, line("ann", passed(UP))), (ANN, line("ann", failed(SCALED))), (ANN, line("ann", open_(UP)))])

    assert journal.judged()[ANN] == {UP.title: line("ann", passed(UP)), SCALED.title: line("ann", passed(SCALED))}


def test_a_half_written_line_counts_for_nothing(journal: Journal) -> None:
    """Nor does it damage the next one."""
    journal.add([(ANN, line("ann", passed(UP)))])
    with journal.path.open("a") as file:
        file.write('{"version": 1, "stud')

    assert set(journal.judged()[ANN]) == {UP.title}
    journal.closed()
    journal.add([(ANN, line("ann", failed(SCALED)))])
    assert set(journal.judged()[ANN]) == {UP.title, SCALED.title}


def test_a_file_that_is_not_a_journal_is_named(journal: Journal) -> None:
    """With the remedy."""
    journal.path.write_text("what is this\n")

    with pytest.raises(SetupTrouble, match=r"journal.jsonl cannot be read(.|\n)*--fresh"):
        journal.judged()
