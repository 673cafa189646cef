"""Images: one way from what a lab says to what runs, and one way back."""

import json
from pathlib import Path

import pytest

from kubelab import manifests
from kubelab.errors import SetupTrouble
from kubelab.manifests import Images, Substitution

OLD = Substitution("nginx:1.14", "docker.io/library/nginx:1.18", "it is gone")
NEW = Substitution("nginx", "docker.io/library/nginx:1.30", "the newest")


@pytest.fixture
def images() -> Images:
    """Two substitutions."""
    return Images({one.lab: one for one in (OLD, NEW)})


@pytest.mark.parametrize(
    ("says", "runs"),
    [
        ("nginx:1.14", OLD.runs),
        ("docker.io/library/nginx:1.14", OLD.runs),
        ("library/nginx", NEW.runs),
        ("nginx:1.15", "nginx:1.15"),
        (OLD.runs, OLD.runs),
    ],
)
def test_an_image_is_replaced_however_it_is_written(images: Images, says: str, runs: str) -> None:
    """Short or with its registry; what has no substitute stays."""
    assert images.runs(says) == runs


def test_every_container_of_a_template_is_replaced(images: Images) -> None:
    """At any depth, init containers too; an image elsewhere is only a text."""
    pod = {"initContainers": [{"image": "nginx:1.14"}], "containers": [{"name": "a", "image": "nginx"}, {"name": "b"}]}
    wanted = {"initContainers": [{"image": OLD.runs}], "containers": [{"name": "a", "image": NEW.runs}, {"name": "b"}]}

    replaced = manifests.substituted({"spec": {"template": {"spec": pod}}, "data": {"image": "nginx"}}, images)

    assert replaced == {"spec": {"template": {"spec": wanted}}, "data": {"image": "nginx"}}
    assert manifests.said(replaced, images)["spec"]["template"]["spec"] == pod


def test_only_what_the_scenario_met_is_named_back(images: Images) -> None:
    """An image that the lab itself names as it runs stays as it is."""
    text = f"Image: {OLD.runs}, {NEW.runs}; {OLD.runs}.1"

    images.runs("docker.io/library/nginx:1.14")

    assert images.says(text) == f"Image: docker.io/library/nginx:1.14, {NEW.runs}; {OLD.runs}.1"
    assert images.used() == [OLD]


def test_a_patch_is_replaced_too(images: Images) -> None:
    """Merge patches and JSON patches, in JSON or YAML."""
    merge = manifests.substituted_text("spec: {containers: [{name: a, image: nginx}]}", images)
    path = manifests.substituted_text('[{"op": "replace", "path": "/spec/containers/0/image", "value": "nginx"}]', images)

    assert json.loads(merge) == {"spec": {"containers": [{"name": "a", "image": NEW.runs}]}}
    assert json.loads(path)[0]["value"] == NEW.runs
    assert manifests.substituted_text("{no patch", images) == "{no patch"


def test_the_images_of_this_cluster_can_be_read() -> None:
    """The file that ships names an image, what runs, and why."""
    shipped = manifests.substitutions()

    assert shipped["nginx:1.14"].because
    assert all(one.runs and one.because for one in shipped.values())


@pytest.mark.parametrize("text", [None, "[", "- {lab: x}", "- x"])
def test_a_broken_list_of_images_is_trouble(tmp_path: Path, text: str | None) -> None:
    """Not the lab's fault."""
    file = tmp_path / "images.yaml"
    if text:
        file.write_text(text)

    with pytest.raises(SetupTrouble, match="cannot be read"):
        manifests.substitutions(file)
