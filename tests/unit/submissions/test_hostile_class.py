"""The hand-ins of the cluster test that must be refused before anything runs are refused, and all others are accepted."""

from pathlib import Path

import pytest

from kubelab import kubectl
from kubelab.errors import LabFailure
from kubelab.submissions import Submission, inspected, read, students
from tests.cluster.hostile import FILES, KINDS, HandIn, hand_ins, write
from tests.unit.submissions.hand_ins import Exercise, copied

HONEST, HOSTILE = hand_ins()


@pytest.fixture
def taken(tmp_path: Path) -> dict[str, Submission]:
    """The result of reading each student's hand-in."""
    folder = write([*HONEST, *HOSTILE], tmp_path / "class", tmp_path / "mark")
    return {one.student: read(one, Exercise(files=FILES), tmp_path / "taken" / one.student) for one in students(folder)}


def test_there_are_twelve_of_each() -> None:
    """With different names."""
    assert [len({one.student for one in found}) for found in (HONEST, HOSTILE)] == [12, 12]
    assert len({one.student for one in [*HONEST, *HOSTILE]}) == 24


def refusals(submission: Submission) -> list[str]:
    """The refusals of a hand-in before anything runs."""
    return [*submission.refusals, *inspected(submission.folder, FILES, KINDS)]


def test_what_must_be_refused_is_refused_in_the_words_that_must_be_told(taken: dict[str, Submission]) -> None:
    """And nothing is written elsewhere."""
    told = {one.student: refusals(taken[one.student]) for one in HOSTILE}

    assert {one.student for one in HOSTILE if one.refused} == {student for student, said in told.items() if said}
    assert [one.student for one in HOSTILE if one.refused and not any(one.told in said for said in told[one.student])] == []
    assert not Path("/tmp/climbed.yaml").exists()


def test_honest_hand_ins_are_copied_whole(taken: dict[str, Submission]) -> None:
    """The right ones pass, whatever other files there are; some of the wrong ones are refused before anything runs."""
    for one in HONEST:
        assert set(copied(taken[one.student])) == set(FILES)
        assert not (one.right and refusals(taken[one.student]))


def test_nothing_that_pytest_would_load_is_copied(taken: dict[str, Submission]) -> None:
    """From the student who hands in a conftest.py, a pytest.ini, a feature and modules."""
    assert set(copied(taken["python"])) == set(FILES)


@pytest.mark.parametrize("hand_in", [one for one in HOSTILE if "kubectl" in one.files["rs-lab.sh"]], ids=lambda one: one.student)
def test_commands_are_kubectl_s_and_those_that_lead_elsewhere_are_refused(hand_in: HandIn) -> None:
    """Commands that only the API server can judge are accepted."""
    lines = [line for line in hand_in.files["rs-lab.sh"].splitlines() if line and not line.startswith("#")]

    told = [said for line in lines if (said := refusal(line))]

    assert len(told) == (len(lines) if hand_in.student == "intruder" else 0)
    assert all(hand_in.told in said for said in told)


def refusal(line: str) -> str:
    """Why a command is not run, "" if it is."""
    try:
        kubectl.allowed(line, "lab-rs-lab-bcdfghjkl")
    except LabFailure as failure:
        return str(failure)
    return ""
