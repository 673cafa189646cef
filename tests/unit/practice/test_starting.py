"""An exercise is begun in a folder: its task, given files, files to write; nothing is overwritten."""

import json
from pathlib import Path

import pytest

from kubelab import exercises, manifests
from kubelab.client.kinds import BUILT_IN
from kubelab.errors import SetupTrouble
from kubelab.exercises import Exercise
from kubelab.exercises.exercise_choice import NotMeant, named
from kubelab.practice import memory, skeletons, starting, task_page
from kubelab.practice.first_look import is_blank, look

FILES = ["README.md", "given.yaml", "known.yaml", "rs-lab.yaml", "rs-lab.sh", ".editorconfig", ".vscode/settings.json"]
SHIPPED = sorted(path.stem for path in (Path(skeletons.__file__).parent / "kinds").iterdir())


def test_a_folder_is_made_with_everything(exercise: Exercise, tmp_path: Path) -> None:
    """Given files are copied; files to write are empty; a manifest that only has a similar name is not copied."""
    folder = tmp_path / "new" / "rs_lab"

    put = starting.start(exercise, folder)

    assert [one.name for one in put] == FILES
    assert not any(one.was_there for one in put)
    assert (folder / "given.yaml").read_text().startswith("apiVersion: v1\nkind: ConfigMap")
    assert (folder / "rs-lab.yaml").read_text() == (folder / "rs-lab.sh").read_text() == ""
    assert json.loads((folder / ".vscode" / "settings.json").read_text())["[yaml]"]["editor.tabSize"] == 2
    assert memory.exercise_of(folder) == exercise


def test_what_is_there_stays(exercise: Exercise, work: Path) -> None:
    """It is reported; the other files are created."""
    (work / "rs-lab.yaml").write_text("mine")
    starting.start(exercise, work)
    (work / "README.md").write_text("my notes")
    (work / "given.yaml").unlink()

    put = starting.start(exercise, work, skeletons=True)

    assert [one.name for one in put if not one.was_there] == ["given.yaml"]
    assert (work / "rs-lab.yaml").read_text() == "mine"
    assert (work / "README.md").read_text() == "my notes"


def test_a_folder_of_another_exercise_is_refused(exercise: Exercise, work: Path) -> None:
    """Its task would be that of the other one."""
    starting.start(named("ingress/page", exercises.shipped()), work)

    with pytest.raises(NotMeant, match=r"is for the exercise ingress/page already\. Name another folder: kubelab start controllers"):
        starting.start(exercise, work)
    assert not (work / "rs-lab.yaml").exists()


def test_a_folder_that_cannot_be_made_is_named(exercise: Exercise, work: Path) -> None:
    """A file is in its place."""
    (work / "file").write_text("")

    with pytest.raises(SetupTrouble, match=r"The folder cannot be made: .*/work/file"):
        starting.start(exercise, work / "file" / "rs_lab")


def test_the_page_has_the_task_the_files_and_the_objectives(exercise: Exercise) -> None:
    """And the commands to type; no hint."""
    page = task_page.markdown(exercise, ["given.yaml"])

    assert page.startswith("# Two Pods, then one\n\nWrite rs-lab.yaml: a ReplicaSet named rs-mainui, without")
    assert "- `rs-lab.yaml`: your YAML, of the kind ReplicaSet\n" in page
    assert "- `rs-lab.sh`: your commands, one a line, each beginning with kubectl\n" in page
    assert "- `given.yaml`: given." in page
    assert "## What is looked at (3 points)\n" in page
    assert "| It is there | 2 |\n| Scaled in | 1 |\n" in page
    assert "kubelab check --watch" in page
    assert "kubectl scale" not in page


def test_a_page_of_several_kinds_names_them() -> None:
    """In the order of the exercise."""
    exercise = Exercise("x/y", Path("y.feature"), "T", "Do it.", ("y.yaml",), ("Ingress", "Service"), ())

    assert "- `y.yaml`: your YAML, objects of the kinds Ingress, Service\n" in task_page.markdown(exercise)


@pytest.mark.parametrize("kind", SHIPPED)
def test_a_skeleton_is_right_but_for_what_is_to_be_filled_in(kind: str) -> None:
    """It is YAML, of the right version, without a name."""
    exercise = Exercise("x/y", Path("y.feature"), "T", "Do it.", ("y.yaml",), (kind,), ())
    text = skeletons.skeleton("y.yaml", exercise)

    [document] = manifests.parse(text.replace("name:  #", "name: x #"), "y.yaml")

    assert (document.kind, document.body["apiVersion"]) == (kind, BUILT_IN[kind].api_version)
    assert text.count("#") >= 2


def test_a_skeleton_of_several_kinds_has_each(exercise: Exercise, work: Path) -> None:
    """A kind without a skeleton of its own gets the fields that every object has; a file of commands says what belongs there."""
    page = Exercise("x/y", Path("y.feature"), "T", "Do it.", ("y.yaml",), ("Service", "LimitRange", "Certificate"), ())
    (work / "y.yaml").write_text(skeletons.skeleton("y.yaml", page))

    text = (work / "y.yaml").read_text()
    assert [line for line in text.splitlines() if line.startswith(("kind", "---"))] == [
        "kind: Service",
        "---",
        "kind: LimitRange",
        "---",
        "kind: Certificate",
    ]
    assert look(work, page).mistakes == ("y.yaml:4: metadata.name is missing or empty: every object needs a name.",)
    (work / "y.sh").write_text(skeletons.skeleton("rs-lab.sh", exercise))
    assert is_blank(work / "y.sh")
