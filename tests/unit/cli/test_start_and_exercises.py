"""`kubelab exercises` and `kubelab start`: the first commands of a student."""

import json
from pathlib import Path

import pytest

from kubelab import cli, exercises
from kubelab.practice import memory
from kubelab.practice.memory import Found
from tests.unit.practice.conftest import exercise, shipped

__all__ = ["exercise", "shipped"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, exercise: exercises.Exercise, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary current folder."""
    assert exercise.feature.is_file()
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_exercises_are_a_table(here: Path, exercise: exercises.Exercise, capsys: pytest.CaptureFixture[str]) -> None:
    """With what is done in this folder."""
    memory.keep(here, exercise, Found(2, 3, memory.digest(here, exercise), {}))

    assert cli.main(["exercises"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "NAME                POINTS  HERE    TASK",
        "controllers/rs_lab  3       2 of 3  Two Pods, then one",
        "ingress/page        1               A page",
        "services/page       1               A page",
    ]


def test_exercises_of_a_chapter_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Everything known about each."""
    assert cli.main(["exercises", "ingress", "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == [
        {
            "name": "ingress/page",
            "chapter": "ingress",
            "title": "A page",
            "task": "Write page.yaml.",
            "files": ["page.yaml"],
            "kinds": ["Ingress", "Service"],
            "of": 1,
            "objectives": [{"title": "It is shown", "points": 1}],
            "state": "not begun",
            "points": 0,
            "feature": str(exercises.shipped() / "ingress" / "page.feature"),
            "folder": None,
        }
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [(["exercises", "pod"], 'No chapter with exercises is called "pod".'), (["start", "rs-lba"], 'There is no exercise "rs-lba".')],
    ids=" ".join,
)
def test_a_wrong_word_is_a_usage_error(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2."""
    assert cli.main(words) == 2
    assert capsys.readouterr().err.startswith(told)


def test_an_exercise_is_begun_in_a_folder_called_as_it_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Existing files are reported."""
    (here / "rs_lab").mkdir()
    (here / "rs_lab" / "rs-lab.sh").write_text("mine")

    assert cli.main(["start", "rs-lab", "--skeleton"]) == 0

    out = capsys.readouterr().out.splitlines()
    assert out[0] == "  README.md              the task"
    assert "  rs-lab.yaml            a skeleton: fill it in" in out
    assert "  rs-lab.sh              was there, and is as it was" in out
    assert out[-1] == "Read rs_lab/README.md. Is it right: kubelab check rs_lab"
    assert (here / "rs_lab" / "rs-lab.yaml").read_text().startswith("apiVersion: apps/v1\nkind: ReplicaSet\n")


def test_the_folder_may_be_another_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a name that a shell would split."""
    assert cli.main(["start", "rs_lab", "my work"]) == 0

    assert (here / "my work" / "rs-lab.yaml").read_text() == ""
    assert capsys.readouterr().out.endswith("kubelab check 'my work'\n")
