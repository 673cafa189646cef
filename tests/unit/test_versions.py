"""The Kubernetes versions that are tested at night: tox, the workflow, our own node images and the published ones have the same."""

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from kubelab.clusters.settings import KUBERNETES

ROOT = Path(__file__).parents[2]
SECTION = "testenv:k8s-{1.34,1.35,1.36,1.37}"


@pytest.fixture
def versions() -> dict[str, str]:
    """The version of each tox environment, by its minor."""
    tox = ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini")
    found = dict(re.findall(r"^(\S+): KUBELAB_KUBERNETES = (\S+)$", tox[SECTION]["set_env"], re.MULTILINE))
    assert list(found) == re.findall(r"\d+[.]\d+", SECTION)
    return found


def test_each_is_its_minors(versions: dict[str, str]) -> None:
    """Including the default version."""
    assert all(version.startswith(f"{minor}.") for minor, version in versions.items())
    assert KUBERNETES in versions.values()


def test_a_node_image_can_be_made_of_each(versions: dict[str, str]) -> None:
    """From package registries alone."""
    recipe = yaml.safe_load((ROOT / "nodeimage" / "recipe.yaml").read_text())

    assert set(versions.values()) == set(recipe["kubernetes"])
    assert all((ROOT / "nodeimage" / "go" / "kube" / version / "go.sum").is_file() for version in versions.values())


def test_a_node_image_of_each_minor_is_published(versions: dict[str, str]) -> None:
    """It runs instead if a registry can be reached."""
    published = tomllib.loads((ROOT / "src" / "kubelab" / "clusters" / "kindest.toml").read_text())

    assert set(versions) == {version.rpartition(".")[0] for version in published}


def test_the_workflow_has_the_same_matrix(versions: dict[str, str]) -> None:
    """One job for each."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "nightly.yml").read_text())

    assert workflow["jobs"]["labs"]["strategy"]["matrix"]["kubernetes"] == list(versions)
