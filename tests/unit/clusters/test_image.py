"""Which node image stands for a Kubernetes version."""

import re
import tomllib
from importlib.resources import files

import pytest

from kubelab.clusters import image

TABLE = tomllib.loads(files("kubelab.clusters").joinpath("kindest.toml").read_text())


@pytest.mark.parametrize(
    ("version", "first", "count"),
    [("1.37.0", "v1.37.0@sha256:", 1), ("1.36.3", "v1.36.3", 2), ("1.20.1", "v1.20.1", 1)],
)
def test_a_listed_version_comes_by_digest_another_by_its_tag_or_a_neighbour(version: str, first: str, count: int) -> None:
    """The neighbour is a listed one of the same minor version."""
    names = image.candidates(version)

    assert names[0].startswith(f"docker.io/kindest/node:{first}")
    assert len(names) == count


def test_each_digest_of_the_table_says_where_it_was_published() -> None:
    """None may be made up."""
    for version, entry in TABLE.items():
        assert re.fullmatch(rf"docker\.io/kindest/node:v{re.escape(version)}(@sha256:[0-9a-f]{{64}})?", entry["image"])
        assert "@" not in entry["image"] or entry["source"].startswith("kind ")
