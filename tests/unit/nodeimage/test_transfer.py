"""Copying a node image to another machine."""

from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters.nodeimage import transfer
from kubelab.errors import SetupTrouble
from tests.unit.nodeimage.recipes import COUNTED, maker, runs, write


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """A recipe with the two stages whose results are copied, and one that they need."""
    scripts = {
        "compile": COUNTED,
        "node": 'head -c 20000 /dev/urandom > "$OUT/random"; echo image > "$OUT/image.tar"; mkdir "$OUT/sub"; echo tag > "$OUT/sub/tag"',
        "programs": 'echo "#!/bin/sh" > "$OUT/kind"; chmod +x "$OUT/kind"',
    }
    more: dict[str, dict[str, Any]] = {
        "compile": {"arguments": {"COUNTER": f"{tmp_path}/runs"}},
        "node": {"needs": ["compile"]},
        "programs": {"needs": ["compile"]},
    }
    return write(tmp_path / "recipe", scripts, more)


def test_a_machine_that_loads_makes_nothing_itself(recipe: Path, tmp_path: Path) -> None:
    """The results are as if they had been made there, programs executable."""
    transfer.save(tmp_path / "image.tgz", maker(recipe, tmp_path / "one"))
    version = transfer.load(tmp_path / "image.tgz", lambda version: maker(recipe, tmp_path / "two", version))
    made = maker(recipe, tmp_path / "two").make("node", "programs")
    assert (version, runs(tmp_path / "runs")) == ("1.36.3", 1)
    assert ((made["node"] / "sub" / "tag").read_text(), (made["programs"] / "kind").stat().st_mode & 0o111) == ("tag\n", 0o111)


def test_loading_twice_is_fine(recipe: Path, tmp_path: Path) -> None:
    """Existing results are unchanged."""
    transfer.save(tmp_path / "image.tgz", maker(recipe, tmp_path / "one"))
    for _ in range(2):
        transfer.load(tmp_path / "image.tgz", lambda version: maker(recipe, tmp_path / "two", version))


def test_a_file_of_another_kubelab_is_refused(recipe: Path, tmp_path: Path) -> None:
    """Its images might not be those that this version's labs expect."""
    transfer.save(tmp_path / "image.tgz", maker(recipe, tmp_path / "one"))
    (recipe / "node.sh").write_text("true")
    with pytest.raises(SetupTrouble, match=r"another version of kubelab.*\n.*kubelab image save image\.tgz"):
        transfer.load(tmp_path / "image.tgz", lambda version: maker(recipe, tmp_path / "two", version))


@pytest.mark.parametrize("content", [b"", b"no archive at all", None])
def test_a_broken_file_is_refused_and_nothing_stays(recipe: Path, tmp_path: Path, content: bytes | None) -> None:
    """Empty, something else, or cut off in the middle (None)."""
    file = tmp_path / "image.tgz"
    transfer.save(file, maker(recipe, tmp_path / "one"))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if content is None else content)
    with pytest.raises(SetupTrouble, match=r"image\.tgz could not be read.*\nCopy it again"):
        transfer.load(file, lambda version: maker(recipe, tmp_path / "two", version))
    assert not [path for path in (tmp_path / "two").rglob("*") if path.name in {"image.tar", "kind"}]


def test_a_file_that_cannot_be_written_is_refused(recipe: Path, tmp_path: Path) -> None:
    """Its folder does not exist."""
    with pytest.raises(SetupTrouble, match="could not be written: No such file or directory"):
        transfer.save(tmp_path / "nowhere" / "image.tgz", maker(recipe, tmp_path / "one"))
