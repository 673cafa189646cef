"""Every image that labs, manifests, wrong solutions, controls and variants name is in the policy, but where it is not to come."""

import re
from pathlib import Path

import pytest

from kubelab.policy import PUBLIC, normal, shipped
from tests.cluster.changes import FOLDERS, ROOT, Change, changes

NAMED = re.compile(r"""\bimage: ?["']?([^\s"'{},\]]+)|--image=([^\s"'\\]+)|\bimages? "([^"]+)"|\bset image .*?[\w-]=([^\s"'\\]+)""")
"""How an image stands in a manifest, in a command and in a sentence."""
VAIN = ("ErrImagePull", "ProgressDeadlineExceeded", "new replicas have been updated")
"""What is told where an image does not come: a scenario or an entry that says so may name one that is not there."""
LABS = sorted((ROOT / "features").glob("*/*.feature"))
MANIFESTS = sorted(path for glob in ("*/*.yaml", "*/solutions/*/*") for path in (ROOT / "manifests").glob(glob) if path.stem != "variants")


def unknown(text: str) -> set[str]:
    """The images of a text that the policy does not have."""
    known = {normal(lab) for lab in shipped(PUBLIC)}
    found = {next(filter(None, groups)) for groups in NAMED.findall(text)}
    return {image for image in found if normal(image) not in known}


def scenarios(text: str) -> list[str]:
    """A feature's background and its scenarios."""
    return re.split(r"^ *Scenario(?: Outline)?:", text, flags=re.MULTILINE)


def changed(change: Change) -> str:
    """What is changed as it is then: its manifest, or its scenario with what stands before all of them."""
    text = (ROOT / change.changed).read_text(encoding="utf-8")
    parts = scenarios(text) if change.file.endswith(".feature") else [text]
    return "".join(one.replace(change.old, change.new) for one in parts if change.old in one)


@pytest.mark.parametrize("path", [*LABS, *MANIFESTS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_lab_names_only_images_of_the_policy(path: Path) -> None:
    """But in a scenario about an image that does not come."""
    parts = scenarios(path.read_text(encoding="utf-8"))

    assert [unknown(part) for part in parts if unknown(part) and not any(word in part for word in VAIN)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_change_of_a_lab_names_only_images_of_the_policy(folder: str) -> None:
    """But where the failure that it causes is that the image does not come: else it would fail for another cause on the next cluster."""
    all_of_them = changes(folder)
    wrong = [one.title for one in all_of_them if one.because not in VAIN and unknown(changed(one)) - unknown_of_lab(one)]

    assert wrong == []
    assert all_of_them


def unknown_of_lab(change: Change) -> set[str]:
    """What the unchanged lab names already."""
    return unknown((ROOT / change.changed).read_text(encoding="utf-8"))


def test_the_ways_to_name_an_image_are_all_found() -> None:
    """Else the tests above would find nothing wrong."""
    texts = [
        "  - image: redis:1",
        'containers: [{name: a, image: "redis:1"}]',
        'When I run "kubectl run a --image=redis:1"',
        'Then Pod "a" has image "redis:1" in container "b"',
        'And 2 pods of Deployment "a" run image "redis:1"',
        'When I run "kubectl set image deployment a b=redis:1"',
    ]

    assert [unknown(text) for text in texts] == [{"redis:1"}] * len(texts)
    assert unknown("image: docker.io/library/nginx:latest") == set()
    assert any(unknown(path.read_text(encoding="utf-8")) for path in LABS)
