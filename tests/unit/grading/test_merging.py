"""The results of several machines become those of the class."""

from itertools import permutations
from pathlib import Path

import pytest

from kubelab.errors import SetupTrouble
from kubelab.grading import Assignment, Results, results_file
from kubelab.grading.merging import merged
from kubelab.grading.shards import Shard

from .small_class import RS_LAB, SCALED, UP, class_of_four, failed, grade, open_, passed, results

A, B = Path("a"), Path("b")


def shards(whole: Results, many: int) -> list[tuple[Path, Results]]:
    """The same class, graded by that number of machines."""
    own = [Shard(number + 1, many).of(whole.students) for number in range(many)]
    return [(Path(str(part)), results(*(one for one in whole.grades if one.student in part))) for part in own]


@pytest.mark.parametrize("many", [1, 2, 3, 6])
def test_merged_shards_equal_one_run(many: int) -> None:
    """In every order, and byte for byte."""
    whole = class_of_four()

    for parts in permutations(shards(whole, many)) if many < 4 else [shards(whole, many)]:
        assert results_file.text(merged(parts)) == results_file.text(whole)


def test_different_files_of_one_student_are_named_with_both_places() -> None:
    """It is unclear which of them counts."""
    first, second = results(grade("ann", passed(UP))), results(grade("ann", passed(UP), digest="dead"))

    with pytest.raises(SetupTrouble, match=r'"ann" is graded in "controllers/rs_lab" twice, with different files: in a and in b\.'):
        merged([(A, first), (B, second)])


def test_different_points_for_the_same_files_are_named_likewise() -> None:
    """One of the two is wrong."""
    first, second = results(grade("ann", passed(UP))), results(grade("ann", failed(UP)))

    with pytest.raises(SetupTrouble, match="the same files have different points: in a and in b"):
        merged([(A, first), (B, second)])


@pytest.mark.parametrize("turn", [1, -1])
def test_of_the_same_files_what_is_graded_counts(turn: int) -> None:
    """Whichever comes first."""
    trouble, graded = results(grade("ann", passed(UP), open_(SCALED))), results(grade("ann", passed(UP), passed(SCALED)))

    assert merged([(A, trouble), (B, graded)][::turn]) == graded


def test_the_same_grade_twice_is_there_once() -> None:
    """Even if other things were seen."""
    first, second = (results(grade("ann", failed(UP, last_saw=saw))) for saw in ("web-x", "web-y"))

    assert merged([(A, first), (B, second)]).grades == first.grades


def test_an_exercise_that_changed_is_named_with_both_places() -> None:
    """Its points may mean something else."""
    other = Assignment(RS_LAB.name, RS_LAB.title, "ffff", RS_LAB.goals)

    with pytest.raises(SetupTrouble, match=r'The exercise "controllers/rs_lab" is not the same in a and in b'):
        merged([(A, results(grade("ann", passed(UP)))), (B, results(grade("bob", passed(UP)), exercises=[other]))])


def test_several_versions_are_listed() -> None:
    """Those of the clusters."""
    one = Results.of(["1.36.3"], ["0.1.0"], [], [])
    other = Results.of(["1.35.4"], ["0.1.0"], [], [])

    assert merged([(A, one), (B, other)]).kubernetes == "1.35.4, 1.36.3"
    assert merged([(A, merged([(A, one), (B, other)])), (B, one)]).kubernetes == "1.35.4, 1.36.3"
