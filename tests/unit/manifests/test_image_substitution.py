"""Images: from the lab's name to what runs, and back."""

import json

import pytest

from kubelab import manifests
from kubelab.manifests import Images
from kubelab.policy import Substitution

OLD = Substitution("nginx:1.14", "docker.io/library/nginx:1.18", "it is gone")
NEW = Substitution("nginx", "docker.io/library/nginx:1.30", "the newest")
SAME = Substitution("nginx:1.17", "docker.io/library/nginx:1.30", "the same")


@pytest.fixture
def images() -> Images:
    """Three substitutions, two of them with the same image."""
    return Images({one.lab: one for one in (OLD, NEW, SAME)})


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
    """Short or with its registry; an image without a substitute is unchanged."""
    assert images.runs(says) == runs


def test_every_container_of_a_template_is_replaced(images: Images) -> None:
    """At any depth, including init containers; an image name elsewhere is only text."""
    pod = {"initContainers": [{"image": "nginx:1.14"}], "containers": [{"name": "a", "image": "nginx"}, {"name": "b"}]}
    wanted = {"initContainers": [{"image": OLD.runs}], "containers": [{"name": "a", "image": NEW.runs}, {"name": "b"}]}

    replaced = manifests.substituted({"spec": {"template": {"spec": pod}}, "data": {"image": "nginx"}}, images)

    assert replaced == {"spec": {"template": {"spec": wanted}}, "data": {"image": "nginx"}}
    assert manifests.said(replaced, images)["spec"]["template"]["spec"] == pod


def test_only_what_the_scenario_met_is_named_back(images: Images) -> None:
    """If the lab itself names the image that runs, its name is unchanged."""
    text = f"Image: {OLD.runs}, {NEW.runs}; {OLD.runs}.1"

    images.replaced("docker.io/library/nginx:1.14")

    assert images.says(text) == f"Image: docker.io/library/nginx:1.14, {NEW.runs}; {OLD.runs}.1"
    assert images.used() == [OLD]


@pytest.mark.parametrize("asked", ["nginx:1.17", "nginx", "nginx:1.14", "nginx:latest", NEW.runs])
def test_asking_changes_nothing_of_what_the_scenario_has_said(images: Images, asked: str) -> None:
    """A sentence about another name with the same image does not rename that of the manifest."""
    images.replaced("nginx")

    images.runs(asked)

    assert images.says(f"web={NEW.runs}") == "web=nginx"
    assert images.used() == [NEW]


def test_an_image_that_runs_for_another_name_is_not_the_one_asked_for(images: Images) -> None:
    """Nor is the substitute of the manifest's image, under its own name; the manifest's name is, in any form."""
    images.replaced("nginx")

    assert [images.runs(name) for name in ("nginx:1.17", "nginx:1.30", NEW.runs)] == ["", "", ""]
    assert [images.runs(name) for name in ("nginx", "nginx:latest", "docker.io/library/nginx")] == [NEW.runs] * 3


def test_what_has_two_names_in_a_scenario_keeps_its_own(images: Images) -> None:
    """Neither name would be true of every pod; the image list has both, and a sentence may use either."""
    images.replaced("nginx")
    images.replaced("nginx:1.17")

    assert images.says(f"{NEW.runs} {OLD.runs}") == f"{NEW.runs} {OLD.runs}"
    assert images.used() == [NEW, SAME]
    assert images.runs("nginx") == images.runs("nginx:1.17") == NEW.runs


def test_two_spellings_of_one_image_are_one_name(images: Images) -> None:
    """The last one is used."""
    images.replaced("nginx:1.14")
    images.replaced("docker.io/library/nginx:1.14")

    assert images.says(OLD.runs) == "docker.io/library/nginx:1.14"


def test_an_image_that_the_lab_names_itself_is_not_renamed(images: Images) -> None:
    """Beside one that it replaces, it keeps its own name."""
    assert images.replaced("nginx:1.18") == "nginx:1.18"
    assert images.runs("nginx:1.18") == "nginx:1.18"

    images.replaced("nginx:1.14")

    assert images.says(f"{OLD.runs} and nginx:1.18") == f"{OLD.runs} and nginx:1.18"


def test_what_runs_is_known_by_the_labs_name(images: Images) -> None:
    """The scenario's name, otherwise that of labs; an image that only a lab names has none."""
    assert (images.lab_name("nginx:1.18"), images.lab_name("nginx:1.41"), images.lab_name("nginx:1.14")) == ("nginx:1.14", "", "")

    images.replaced("library/nginx:1.14")

    assert (images.lab_name(OLD.runs), images.lab_name(NEW.runs)) == ("library/nginx:1.14", "nginx")


def test_a_name_that_was_put_in_is_not_replaced_again() -> None:
    """Each place in a text is replaced only once."""
    images = Images({one.lab: one for one in (Substitution("a:1", "b:1", ""), Substitution("b:1", "c:1", ""))})
    images.replaced("a:1")
    images.replaced("b:1")

    assert images.says("c:1 b:1") == "b:1 a:1"


@pytest.mark.parametrize("text", ["x{}", "{}-rc", "{}.1", "my.io/{}", "{}:1"])
def test_only_a_whole_name_is_named_back(images: Images, text: str) -> None:
    """A text that only begins or ends like it is another image."""
    images.replaced("nginx:1.14")

    assert images.says(text.format(OLD.runs)) == text.format(OLD.runs)


def test_a_patch_is_replaced_too(images: Images) -> None:
    """Merge patches and JSON patches, in JSON or YAML."""
    merge = manifests.substituted_text("spec: {containers: [{name: a, image: nginx}]}", images)
    path = manifests.substituted_text('[{"op": "replace", "path": "/spec/containers/0/image", "value": "nginx"}]', images)

    assert json.loads(merge) == {"spec": {"containers": [{"name": "a", "image": NEW.runs}]}}
    assert json.loads(path)[0]["value"] == NEW.runs
    assert manifests.substituted_text("{no patch", images) == "{no patch"
