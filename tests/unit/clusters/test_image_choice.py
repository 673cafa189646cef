"""Which node image is used for a Kubernetes version."""

import io
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters import Settings, engine, image_choice, nodeimage
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble
from tests.unit.clusters.conftest import Machine

TABLE = tomllib.loads(files("kubelab.clusters").joinpath("kindest.toml").read_text())


@pytest.mark.parametrize(
    ("version", "first", "count"),
    [("1.37.0", "v1.37.0@sha256:", 1), ("1.36.3", "v1.36.3", 2), ("1.20.1", "v1.20.1", 1)],
)
def test_a_listed_version_comes_by_digest_another_by_its_tag_or_a_neighbour(version: str, first: str, count: int) -> None:
    """The neighbour is a listed version of the same minor version."""
    names = image_choice.candidates(version)

    assert names[0].startswith(f"docker.io/kindest/node:{first}")
    assert len(names) == count


def test_each_digest_of_the_table_says_where_it_was_published() -> None:
    """None is made up."""
    for version, entry in TABLE.items():
        assert re.fullmatch(rf"docker\.io/kindest/node:v{re.escape(version)}(@sha256:[0-9a-f]{{64}})?", entry["image"])
        assert "@" not in entry["image"] or entry["source"].startswith("kind ")


def chosen(**settings: Any) -> image_choice.Image:
    """The image that is chosen on the machine at hand."""
    return image_choice.choose(Settings(**settings), engine.choose(), Progress(io.StringIO()))


def test_what_is_on_the_machine_comes_first(machine: Machine) -> None:
    """No registry is queried, nothing is built."""
    machine.know(images=["docker.io/kindest/node:v1.36.3"], fails={"manifest": "must not be asked"})

    found = chosen()

    assert found.name == "docker.io/kindest/node:v1.36.3"
    assert found.reason == "kindest/node:v1.36.3: it is on this machine"
    assert (found.own, found.kind, found.kubectl) == (False, machine.folder / "bin" / "kind", machine.folder / "bin" / "kubectl")


def test_a_registry_that_answers_gives_the_image_or_its_neighbour(machine: Machine) -> None:
    """The output says that it is a neighbour."""
    machine.know(registry=["docker.io/kindest/node:v1.36.3"])
    assert chosen().reason == "kindest/node:v1.36.3: a container registry answers"

    machine.know(registry=[re.sub(":v[^@]*", "", image_choice.candidates("1.36.3")[1])])  # podman refuses a tag together with a digest
    assert chosen().reason == ("kindest/node:v1.36.4 (stands in for 1.36.3, of which none is published): a container registry answers")


@pytest.mark.parametrize(
    ("registry", "made", "why"),
    [(None, False, "no container registry answers"), ([], False, "no container registry answers"), ([], True, "it is on this machine")],
)
def test_without_a_registry_our_own_image_is_built(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    registry: list[str] | None,
    made: bool,  # noqa: FBT001
    why: str,
) -> None:
    """With its programs; an image that exists already is not built again."""
    machine.know(registry=registry)
    built = nodeimage.NodeImage("localhost/kubelab/node:x", Path("/programs"))
    monkeypatch.setattr(nodeimage, "build", lambda *_: built)
    monkeypatch.setattr(image_choice, "_made", lambda _: made)

    found = chosen()

    assert found.reason == f"localhost/kubelab/node:x, our own: {why}"
    assert (found.own, found.kind, found.kubectl) == (True, Path("/programs/kind"), Path("/programs/kubectl"))


def test_what_was_never_built_is_not_made(machine: Machine) -> None:
    """An empty cache folder; nor is a version without a recipe."""
    assert machine.folder
    assert not image_choice._made("1.36.3")
    assert not image_choice._made("0.1.0")


@pytest.mark.usefixtures("machine")
def test_an_image_that_is_asked_for_must_be_there_or_have_a_registrys_name() -> None:
    """Otherwise a misspelt local name would be looked up on the internet."""
    with pytest.raises(SetupTrouble, match='no image "mine" on this machine'):
        chosen(image="mine")
    assert chosen(image="example.org/kindest/node:v9").own is False
