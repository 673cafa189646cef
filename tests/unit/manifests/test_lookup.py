"""Where manifests are searched."""

import os
from pathlib import Path

import pytest

from kubelab import manifests
from kubelab.errors import LabFailure
from kubelab.manifests import Solution


def test_the_folder_of_the_same_name_comes_first() -> None:
    """Then beside the feature, then the root's."""
    found = manifests.folders(Path("/lab/features/pods/a.feature"), Path("/lab"))

    assert [str(one) for one in found] == ["/lab/manifests/pods", "/lab/features/pods", "/lab/features/pods/manifests", "/lab/manifests"]


def test_a_student_needs_no_folders() -> None:
    """A feature and a manifest side by side."""
    assert manifests.folders(Path("/home/me/a.feature"), Path("/home/me"))[0] == Path("/home/me")


def test_the_first_one_found_counts(tmp_path: Path) -> None:
    """A missing one is reported with the places that were searched."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two" / "web.yaml").touch()
    places = (tmp_path / "one", tmp_path / "two")

    assert manifests.find("web.yaml", places) == tmp_path / "two" / "web.yaml"
    with pytest.raises(LabFailure, match=r'(?s)no manifest "other\.yaml".*one/other\.yaml.*two/other\.yaml'):
        manifests.find("other.yaml", places)


@pytest.mark.parametrize("name", ["../secret.yaml", "/etc/passwd.yaml"])
def test_nothing_outside_is_read(tmp_path: Path, name: str) -> None:
    """A lab is limited to its folders."""
    with pytest.raises(LabFailure, match="is outside"):
        manifests.find(name, (tmp_path,))


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ("web.yml", r'but .*/web\.yml is there\. Rename it to "web\.yaml"'),
        ("web.yaml.txt", r'but .*/web\.yaml\.txt is there\. Rename it to "web\.yaml"'),
        ("Web.yaml", r"did you mean Web\.yaml\?"),
        ("wbe.yaml", r"did you mean wbe\.yaml\?"),
        ("notes.txt", r'manifest "web\.yaml"; put it in one of these places'),
    ],
)
def test_what_is_there_in_its_place_is_named(tmp_path: Path, there: str, told: str) -> None:
    """Another extension, or a similar name."""
    (tmp_path / there).touch()

    with pytest.raises(LabFailure, match=told):
        manifests.find("web.yaml", (tmp_path, tmp_path / "none"))


@pytest.mark.parametrize("name", ["a\0.yaml", f"{'x' * 300}.yaml", "fifo.yaml", "folder.yaml", "loop.yaml", "*.yaml"])
def test_what_is_not_a_file_does_not_exist(tmp_path: Path, name: str) -> None:
    """Whatever it is called, nothing waits for it."""
    os.mkfifo(tmp_path / "fifo.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")

    with pytest.raises(LabFailure, match="There is no manifest"):
        manifests.find(name, [tmp_path, tmp_path / "manifests"])


@pytest.fixture
def solution(tmp_path: Path) -> Solution:
    """A student's folder for an exercise that asks for two files, one of which exists, beside a file of the lab's."""
    for file in ("student/web.yaml", "student/given.yaml", "lab/given.yaml", "lab/web.sh", "lab/solutions/a/web.sh"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    return Solution(tmp_path / "student", ("web.yaml", "web.sh"), "my/folder")


def test_what_a_student_writes_is_in_the_students_folder_and_nowhere_else(tmp_path: Path, solution: Solution) -> None:
    """A given file is the lab's, even if a student has one of that name."""
    lab = [tmp_path / "lab"]

    assert manifests.find("./web.yaml", lab, solution) == tmp_path / "student" / "web.yaml"
    assert manifests.find("given.yaml", lab, solution) == tmp_path / "lab" / "given.yaml"
    with pytest.raises(LabFailure, match=r'^"web\.sh" is missing from my/folder: the exercise asks for it\.$'):
        manifests.find("web.sh", lab, solution)


def test_a_missing_file_that_is_there_by_another_name_is_named(tmp_path: Path, solution: Solution) -> None:
    """Editors and downloads change names that way."""
    (tmp_path / "student" / "web.sh.txt").touch()

    with pytest.raises(LabFailure, match=r'asks for it, but .*/web\.sh\.txt is there\. Rename it to "web\.sh"\.$'):
        manifests.find("web.sh", [tmp_path / "lab"], solution)


def test_no_other_solution_is_found(tmp_path: Path, solution: Solution) -> None:
    """Although it is in a folder of the lab."""
    with pytest.raises(LabFailure, match="is outside the folders of the lab"):
        manifests.find("solutions/a/web.sh", [tmp_path / "lab"], solution)


def test_our_own_solution_lies_beside_the_manifests(tmp_path: Path, solution: Solution) -> None:
    """In a folder with the exercise's name; None if there is no such folder."""
    folders = [tmp_path / "none", tmp_path / "lab"]

    assert solution.folder.is_dir()
    assert manifests.solution_of("b", ["web.sh"], folders) is None
    found = manifests.solution_of("a", ["web.sh"], folders)
    assert found == Solution(tmp_path / "lab/solutions/a", ("web.sh",), str(tmp_path / "lab/solutions/a"))
