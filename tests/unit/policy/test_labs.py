"""Every image in labs, manifests, wrong solutions, controls and variants is in the policy, except images that are meant to be missing."""

import re
from pathlib import Path

import pytest

from kubelab.policy import PUBLIC, normal, shipped
from tests.cluster.changes import FOLDERS, ROOT, Change, changes

NAMED = re.compile(r"""\bimage: ?["']?([^\s"'{},\]]+)|--image=([^\s"'\\]+)|\bimages? "([^"]+)"|\bset image .*?[\w-]=([^\s"'\\]+)""")
"""How a manifest, a command and a sentence name an image."""
VAIN = ("ErrImagePull", "ProgressDeadlineExceeded", "new replicas have been updated")
"""The texts of a missing image: a scenario or an entry with one of them may name an image that does not exist."""
KNOWN = frozenset(normal(lab) for lab in shipped(PUBLIC))
LABS = sorted((ROOT / "features").glob("*/*.feature"))
MANIFESTS = sorted(path for glob in ("*/*.yaml", "*/solutions/*/*") for path in (ROOT / "manifests").glob(glob) if path.stem != "variants")


def unknown(text: str) -> set[str]:
    """The images of a text that the policy does not have."""
    found = {next(filter(None, groups)) for groups in NAMED.findall(text)}
    return {image for image in found if normal(image) not in KNOWN}


def scenarios(text: str) -> list[str]:
    """A feature's background and its scenarios."""
    return re.split(r"^ *Scenario(?: Outline)?:", text, flags=re.MULTILINE)


def changed(change: Change) -> str:
    """What a change results in: its manifest, or its scenario with the background."""
    text = (ROOT / change.changed).read_text(encoding="utf-8")
    parts = scenarios(text) if change.file.endswith(".feature") else [text]
    return "".join(one.replace(change.old, change.new) for one in parts if change.old in one)


@pytest.mark.parametrize("path", [*LABS, *MANIFESTS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_lab_names_only_images_of_the_policy(path: Path) -> None:
    """Except in a scenario about an image that cannot be pulled."""
    parts = scenarios(path.read_text(encoding="utf-8"))

    assert [unknown(part) for part in parts if unknown(part) and not any(word in part for word in VAIN)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_change_of_a_lab_names_only_images_of_the_policy(folder: str) -> None:
    """Except if its failure is that the image cannot be pulled: otherwise it would fail for another reason on another cluster."""
    all_of_them = changes(folder)
    wrong = [one.title for one in all_of_them if one.because not in VAIN and unknown(changed(one)) - unknown_of_lab(one)]

    assert wrong == []
    assert all_of_them


def unknown_of_lab(change: Change) -> set[str]:
    """The unknown images in the unchanged lab."""
    return unknown((ROOT / change.changed).read_text(encoding="utf-8"))


def test_the_ways_to_name_an_image_are_all_found() -> None:
    """Otherwise the tests above would find nothing wrong."""
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
