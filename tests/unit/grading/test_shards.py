"""How a class is divided among machines."""

from collections import Counter

import pytest

from kubelab.grading.shards import INDEX, Shard, shard


@pytest.mark.parametrize(("text", "environment"), [("2/3", {}), (" 2/3 ", {}), ("/3", {INDEX: "1"}), ("2/3", {INDEX: "0"})])
def test_a_shard_is_named_or_told_by_the_job(text: str, environment: dict[str, str]) -> None:
    """Kubernetes counts from 0; the command line takes precedence."""
    assert shard(text, environment) == Shard(2, 3)
    assert str(shard(text, environment)) == "2/3"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3", "is not a shard: write 2/3"),
        ("a/b", "is not a shard"),
        ("-1/3", "is not a shard"),
        ("0/3", "there is no shard 0 of 3: they are numbered from 1"),
        ("4/3", "there is no shard 4 of 3"),
        ("1/0", "there is no shard 1 of 0"),
        ("/3", "JOB_COMPLETION_INDEX, which is not set: write 1/3"),
    ],
)
def test_what_is_not_a_shard_is_reported(text: str, said: str) -> None:
    """With what to write instead."""
    with pytest.raises(ValueError, match=said):
        shard(text, {})


@pytest.mark.parametrize("many", [1, 2, 3, 7, 12, 20])
def test_every_student_is_in_one_shard(many: int) -> None:
    """No two shards differ by more than one student."""
    students = [f"student-{number:02}" for number in range(12)]
    parts = [Shard(number, many).of(students) for number in range(1, many + 1)]

    assert Counter(one for part in parts for one in part) == Counter(students)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
