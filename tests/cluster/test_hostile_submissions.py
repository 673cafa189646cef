"""A class of 24 is graded, half of it hostile: the honest grades are as without the others, and the cluster is as before."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters.kind import KindProvider
from kubelab.clusters.settings import Settings
from kubelab.containment import HOME, SUBMITTED
from tests.cluster.foreign import Foreign
from tests.cluster.hostile import EXERCISE, HandIn, hand_ins, write
from tests.cluster.test_containment import everything
from tests.cluster.weather import kubelab

pytestmark = [pytest.mark.cluster, pytest.mark.nightly]

HONEST, HOSTILE = hand_ins()
JOBS = "4"
Grade = Mapping[str, Any]


@dataclass(frozen=True)
class Graded:
    """The results of a class: each student's grade, without what differs from run to run, and each student's feedback as one text."""

    grades: Mapping[str, Grade]
    told: Mapping[str, str]


@dataclass(frozen=True)
class Tried:
    """The honest students alone, the whole class, and the cluster's objects before and after; `mark` is what no submission may write."""

    alone: Graded
    together: Graded
    before: Mapping[str, str]
    after: Mapping[str, str]
    mark: Path


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """The kind cluster "kubelab" as its owner has it."""
    cluster = KindProvider(Settings()).find()
    assert cluster is not None
    return Foreign(cluster, tmp_path_factory.mktemp("context"))


@pytest.fixture(scope="module")
def tried(owner: Foreign, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Both classes, one after the other."""
    folder = tmp_path_factory.mktemp("class")
    mark = folder / "mark"
    alone = graded(HONEST, folder / "alone", mark)
    before = everything(owner)
    together = graded([*HONEST, *HOSTILE], folder / "together", mark)
    return Tried(alone, together, before, everything(owner), mark)


def graded(chosen: Sequence[HandIn], folder: Path, mark: Path) -> Graded:
    """Grade these hand-ins in a folder of their own."""
    submissions = write(chosen, folder / "submissions", mark)
    words = ["grade", str(submissions), "--exercise", EXERCISE, "--jobs", JOBS, "--to", str(folder / "grades")]
    done = kubelab(*words, env=os.environ, timeout=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((folder / "grades" / "results.json").read_text())["grades"]
    told = {one["student"]: json.dumps(one, ensure_ascii=False) for one in found}
    return Graded({one["student"]: dict(_lasting(one)) for one in found}, told)


def _lasting(grade: Grade) -> Iterator[tuple[str, Any]]:
    """A grade without what was seen in the run, which contains names and times."""
    yield from ((name, value) for name, value in grade.items() if name != "objectives")
    yield "objectives", [{name: value for name, value in one.items() if name != "seen"} for one in grade["objectives"]]


def reached(grade: Grade) -> int:
    """How many objectives passed."""
    return [one["outcome"] for one in grade["objectives"]].count("passed")


def test_the_honest_grades_are_as_alone(tried: Tried) -> None:
    """All of them are graded; the right solutions, and only those, have all points."""
    assert {one: tried.together.grades[one] for one in tried.alone.grades} == tried.alone.grades
    assert set(tried.alone.grades) == {one.student for one in HONEST}
    assert all(grade["graded"] for grade in tried.alone.grades.values())
    full = {student for student, grade in tried.alone.grades.items() if grade["points"] == grade["of"]}
    assert full == {one.student for one in HONEST if one.right}


def test_the_others_are_told_what_they_must_be_told(tried: Tried) -> None:
    """Each gets the expected sentence, and no more points than the files deserve."""
    grades, told = tried.together.grades, tried.together.told

    assert {one.student: told[one.student] for one in HOSTILE if json.dumps(one.told)[1:-1] not in told[one.student]} == {}
    assert {one.student: reached(grades[one.student]) for one in HOSTILE if reached(grades[one.student]) > one.points} == {}
    refused = {one.student for one in HOSTILE if grades[one.student]["refusals"]}
    assert refused == {one.student for one in HOSTILE if one.refused}
    assert [one.student for one in HOSTILE if one.refused and grades[one.student]["points"]] == []


def test_nothing_of_a_submission_was_loaded_or_written_elsewhere(tried: Tried) -> None:
    """Neither as a pytest plugin nor from an archive."""
    assert not tried.mark.exists()
    assert not Path("/tmp/climbed.yaml").exists()


def test_nothing_outside_the_namespaces_has_changed(tried: Tried) -> None:
    """Objects of the whole cluster, and of its system, are as before."""
    assert {name for name, text in tried.before.items() if tried.after.get(name) != text} == set()
    new = tried.after.keys() - tried.before.keys()
    assert {name for name in new if name.startswith(("ClusterRole", "Namespace/")) or "hostile" in name or "/kube-system/" in name} == set()


@pytest.mark.usefixtures("tried")
def test_nothing_is_left_behind(owner: Foreign) -> None:
    """Neither a namespace of a submission, which goes within the time that its Pods have to end, nor an account."""
    owner.kubectl("wait", "--for=delete", "namespace", "-l", "kubelab/submission", "--timeout=180s", timeout=200)

    for home in (SUBMITTED, HOME):
        accounts = owner.kubectl("get", "serviceaccounts", "-n", home, "-l", "kubelab/submission", "-o", "name")
        assert accounts.split() == []
