"""The recipe as data, and the keys that name results."""

import json
from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters.nodeimage import recipe
from kubelab.errors import SetupTrouble
from kubelab.policy import OWN, shipped
from tests.unit.nodeimage.recipes import write


def keys(folder: Path, kubernetes: str = "1.36.3") -> dict[str, str]:
    """The keys of a recipe's stages."""
    return dict(recipe.read(kubernetes, folder).keys)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A recipe with two stages, the second of which needs the first."""
    more: dict[str, dict[str, Any]] = {
        "first": {"arguments": {"ETCD": "{etcd}", "WORD": "{word}"}, "files": ["data"]},
        "second": {"needs": ["first"]},
    }
    folder = write(tmp_path / "recipe", {"first": "true", "second": "true"}, more, word="one")
    (folder / "data").mkdir()
    (folder / "data" / "file").write_text("text")
    return folder


def test_words_in_braces_come_from_the_versions_and_from_the_row_of_the_kubernetes_version(two: Path) -> None:
    """Known words in braces are replaced."""
    assert recipe.read("1.35.4", two).stages["first"].arguments == {"ETCD": "3.6.6", "WORD": "one"}


def test_the_same_inputs_have_the_same_keys(two: Path) -> None:
    """Reading twice changes nothing."""
    assert keys(two) == keys(two)


@pytest.mark.parametrize("change", ["first.sh", "data/file", "data/another"])
def test_a_changed_script_or_file_changes_the_stage_and_all_that_need_it(two: Path, change: str) -> None:
    """Scripts, files, and new files in a folder count."""
    before = keys(two)
    (two / change).write_text("something else")
    after = keys(two)
    assert (after["first"] != before["first"], after["second"] != before["second"]) == (True, True)


def test_what_another_stage_needs_does_not_change_with_it(two: Path) -> None:
    """Keys depend only on earlier stages."""
    before = keys(two)
    (two / "second.sh").write_text("something else")
    assert keys(two)["first"] == before["first"]


def test_another_kubernetes_version_changes_the_stages_that_name_it(two: Path) -> None:
    """Because of the argument that differs."""
    assert keys(two, "1.35.4") != keys(two)


def test_an_unknown_version_is_refused_with_those_there_are(two: Path) -> None:
    """The text lists the known ones."""
    with pytest.raises(SetupTrouble, match=r"no recipe for a node image of Kubernetes 1\.2\.3, only for 1\.36\.3, 1\.35\.4"):
        recipe.read("1.2.3", two)


@pytest.mark.parametrize("kubernetes", recipe.versions())
def test_kubelabs_own_recipe_names_only_files_that_are_there(kubernetes: str) -> None:
    """Every version of the recipe that ships can be read, and every stage it needs is in it."""
    own = recipe.read(kubernetes)
    assert own.closure("node", "programs") == set(own.stages)


def tags(own: recipe.Recipe) -> set[str]:
    """The images that the recipe makes for labs, each an archive of its own."""
    made = {
        f"{stage.arguments['IMAGE']}:{tag}"
        for stage in own.stages.values()
        if "IMAGE" in stage.arguments
        for tag in stage.arguments["TAGS"].split()
    }
    lines = (recipe.FOLDER / "images" / "webapp" / "applications").read_text().splitlines()
    version = own.stages["webapp_images"].arguments["VERSION"]
    return made | {f"localhost/kubelab/{line.split('|')[0]}:{version}" for line in lines if not line.startswith("#")}


def test_every_image_that_runs_in_place_of_another_has_a_stage() -> None:
    """images.yaml lists nothing that the recipe does not make."""
    own = recipe.read(recipe.versions()[0])

    assert {one.runs for one in shipped(OWN).values() if one.other} <= tags(own)


def test_an_image_with_several_tags_is_several_images() -> None:
    """Its configuration names the tag: containerd would treat equal ones as one image, and report either tag."""
    stages = recipe.read(recipe.versions()[0]).stages.values()
    layouts = {stage.arguments["LAYOUT"] for stage in stages if " " in stage.arguments.get("TAGS", "")}

    for layout in layouts:
        assert "@NAME@" in json.loads((recipe.FOLDER / "images" / layout / "config.json").read_text())["Labels"].values()
    assert layouts


def test_a_tag_begins_with_the_version_inside() -> None:
    """The stage compares VERSION with what is inside, so that no tag names another version."""
    stages = [stage.arguments for stage in recipe.read(recipe.versions()[0]).stages.values() if "TAGS" in stage.arguments]

    assert {one["TAGS"] for one in stages if not all(tag.startswith(one["VERSION"]) for tag in one["TAGS"].split())} == set()
    assert len(stages) > 1
