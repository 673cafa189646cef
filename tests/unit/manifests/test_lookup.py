"""Where manifests are looked for."""

import os
from pathlib import Path

import pytest

from kubelab import manifests
from kubelab.errors import LabFailure


def test_the_folder_of_the_same_name_comes_first() -> None:
    """Then beside the feature, then the root's."""
    found = manifests.folders(Path("/lab/features/pods/a.feature"), Path("/lab"))

    assert [str(one) for one in found] == ["/lab/manifests/pods", "/lab/features/pods", "/lab/features/pods/manifests", "/lab/manifests"]


def test_a_student_needs_no_folders() -> None:
    """A feature and a manifest side by side."""
    assert manifests.folders(Path("/home/me/a.feature"), Path("/home/me"))[0] == Path("/home/me")


def test_the_first_one_found_counts(tmp_path: Path) -> None:
    """A missing one is told with the places looked in."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two" / "web.yaml").touch()
    places = (tmp_path / "one", tmp_path / "two")

    assert manifests.find("web.yaml", places) == tmp_path / "two" / "web.yaml"
    with pytest.raises(LabFailure, match=r'(?s)no manifest "other\.yaml".*one/other\.yaml.*two/other\.yaml'):
        manifests.find("other.yaml", places)


@pytest.mark.parametrize("name", ["../secret.yaml", "/etc/passwd.yaml"])
def test_nothing_outside_is_read(tmp_path: Path, name: str) -> None:
    """A lab keeps to its folders."""
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
    """Another ending, or a name like it."""
    (tmp_path / there).touch()

    with pytest.raises(LabFailure, match=told):
        manifests.find("web.yaml", (tmp_path, tmp_path / "none"))


@pytest.mark.parametrize("name", ["a\0.yaml", f"{'x' * 300}.yaml", "fifo.yaml", "folder.yaml", "loop.yaml", "*.yaml"])
def test_what_is_no_file_is_not_there(tmp_path: Path, name: str) -> None:
    """Whatever it is called, nobody waits for it."""
    os.mkfifo(tmp_path / "fifo.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")

    with pytest.raises(LabFailure, match="There is no manifest"):
        manifests.find(name, [tmp_path, tmp_path / "manifests"])
