"""What a cluster runs: the built-in policy, overridden by a file of one's own."""

import re
from pathlib import Path

import pytest

from kubelab.errors import SetupTrouble
from kubelab.policy import NONE, OWN, PUBLIC, chosen, located, mirrored, shipped
from kubelab.policy.custom import FORM, Custom, read


def written(folder: Path, text: str) -> str:
    """The path of a file with this text."""
    file = folder / "ours.yaml"
    file.write_text(text)
    return str(file)


def test_without_a_file_the_policy_is_the_one_that_ships() -> None:
    """With "none" there is no policy, with "own" that of our own node image, also for a context."""
    assert chosen(OWN) == shipped(OWN)
    assert chosen(PUBLIC, NONE) == {}
    assert chosen(PUBLIC, OWN) == chosen(OWN, OWN) == shipped(OWN)


def test_an_entry_comes_before_that_of_the_same_image(tmp_path: Path) -> None:
    """However the image is written; an entry for a new name is added."""
    images = chosen(PUBLIC, written(tmp_path, "images:\n- {lab: docker.io/library/nginx, runs: 'a/b:1'}\n- {lab: 'mine:1', runs: 'c:2'}\n"))

    assert images["docker.io/library/nginx"].runs == "a/b:1"
    assert images["docker.io/library/nginx"].because == "ours.yaml says so"
    assert {"nginx", "nginx:latest"}.isdisjoint(images)
    assert images["mine:1"].runs == "c:2"
    assert images["nginx:1.14"] == shipped(PUBLIC)["nginx:1.14"]


def test_a_mirror_has_everything_that_is_pulled(tmp_path: Path) -> None:
    """With its own prefix; entries of the file are used as they are, and our own nodes pull nothing."""
    file = written(tmp_path, "mirror: school.example:5000/hub/\nimages: [{lab: 'httpd:2.4', runs: 'a:1'}]")

    images = chosen(PUBLIC, file)

    assert images["nginx:1.14"].runs == "school.example:5000/hub/library/nginx:1.14.2"
    assert images["smlinux/thor"].runs == "school.example:5000/hub/kubelab/thor:1.0"
    assert images["httpd:2.4"].runs == "a:1"
    assert images["nginx:1.14"].because == shipped(PUBLIC)["nginx:1.14"].because
    assert chosen(OWN, file)["nginx:1.14"] == shipped(OWN)["nginx:1.14"]


def test_a_mirror_may_be_of_one_registry(tmp_path: Path) -> None:
    """The other registries are used directly."""
    images = chosen(PUBLIC, written(tmp_path, "mirror: {docker.io: a.example/hub, quay.io: a.example/quay}"))

    assert images["nginx:1.14"].runs == "a.example/hub/library/nginx:1.14.2"
    assert images["quay.io/metallb/speaker:v0.15.2"].runs == "a.example/quay/metallb/speaker:v0.15.2"
    assert images["centos:7"].runs == shipped(PUBLIC)["centos:7"].runs


@pytest.mark.parametrize(
    ("image", "there"),
    [
        ("nginx:1", "m/library/nginx:1"),
        ("docker.io/library/nginx:1", "m/library/nginx:1"),
        ("a/b", "m/a/b"),
        ("localhost/a:1", "m/a:1"),
        ("r.io/a/b:1", "m/a/b:1"),
        ("host:5000/a", "m/a"),
    ],
)
def test_a_mirror_keeps_the_name_without_its_registry(image: str, there: str) -> None:
    """With Docker Hub's folder "library" if the name omits it."""
    assert mirrored(image, {"": "m"}) == there
    assert mirrored(image, {}) == image


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("images: [", 1, "this is not YAML: "),
        ("a: \0", 1, "this is not YAML: "),
        ("[a]: b", 1, "is not known here"),
        ("a\n", 1, "images, mirror are expected here"),
        ("mirror: a\nimage: []\n", 2, '"image" is not known here; it may be images, mirror'),
        ("images:\n  lab: a\n", 2, "images is a list: each image begins with a dash"),
        ("images:\n- lab: a\n  runs: b\n- lab: c\n", 4, "this image has no runs"),
        ("images:\n- runs: a\n", 2, "this image has no lab"),
        ("images:\n- lab: a\n  runs: b\n  wy: c\n", 4, '"wy" is not known here; it may be because, lab, runs'),
        ("images:\n- lab: a\n  runs: [b]\n", 3, "a string is expected here"),
        ("images:\n- lab: a\n  runs:\n", 3, "a string is expected here"),
        ("images:\n- {lab: a, runs: b}\n- {lab: 'library/a:latest', runs: c}\n", 3, "library/a:latest already has an entry"),
        ("images:\n- a\n", 2, "because, lab, runs are expected here"),
        ("mirror: https://a.example\n", 1, '"https://a.example" is not a name'),
        ("mirror: {docker.io: a b}\n", 1, '"a b" is not a name'),
        ("mirror: [a]\n", 1, "a string is expected here"),
    ],
)
def test_a_broken_file_is_told_with_its_line_and_the_right_form(tmp_path: Path, text: str, line: int, what: str) -> None:
    """In a format that an editor can jump to."""
    file = written(tmp_path, text)

    with pytest.raises(SetupTrouble) as trouble:
        read(Path(file))

    assert str(trouble.value).startswith(f"{file}:{line}: ")
    assert what in str(trouble.value).splitlines()[0]
    assert str(trouble.value).endswith(FORM)


@pytest.mark.parametrize("text", ["", "# nothing", "images:", "mirror:"])
def test_an_empty_part_says_nothing(tmp_path: Path, text: str) -> None:
    """Somebody may want to fill it later."""
    assert read(Path(written(tmp_path, text))) == Custom()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """So is one that is not text."""
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SetupTrouble, match=r"missing.yaml: the file of --lab-images cannot be read: No such file"):
        read(tmp_path / "missing.yaml")
    with pytest.raises(SetupTrouble, match="is not a text file"):
        read(tmp_path / "picture")


def test_the_form_that_is_shown_is_right(tmp_path: Path) -> None:
    """A student will copy it."""
    found = read(Path(written(tmp_path, FORM.partition("\n")[2])))

    assert found.mirrors == {"": "registry.school.example/hub"}
    assert [one.lab for one in found.images] == ["nginx:1.14"]


def test_the_examples_of_the_page_are_right(tmp_path: Path) -> None:
    """The table's rows for the first one, and every registry that the policy pulls from in the second."""
    page = (Path(__file__).parents[3] / "docs" / "images.md").read_text(encoding="utf-8")
    first, second = (chosen(PUBLIC, written(tmp_path, text)) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))

    told = dict(re.findall(r"^\| `(\S+)` \| `(\S+)`", page, re.MULTILINE))
    ships = {one.runs: lab for lab, one in shipped(PUBLIC).items()}
    assert {image: first[ships[image]].runs for image in told} == told
    assert first["nginx:1.14"].because == "the school's own pages are in it"
    assert {one.runs.partition("/")[0] for one in second.values()} == {"registry.school.example", "quay.io"}


def test_a_relative_path_is_meant_from_a_folder() -> None:
    """An absolute path and the words "none" and "own" are unchanged."""
    folder = Path("/school")

    assert [located(text, folder) for text in ("", NONE, OWN, "a.yaml", "/b.yaml")] == ["", NONE, OWN, "/school/a.yaml", "/b.yaml"]
