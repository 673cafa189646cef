"""Bad weather while a node image is made: a disk too small or filling up, and kill -9, each with a real build of a tiny recipe."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kubelab.clusters.nodeimage import transfer
from tests.unit.nodeimage.recipes import maker, write

BUILD = """
import sys
from pathlib import Path
from tests.unit.nodeimage.recipes import maker
made = maker(Path(sys.argv[1]), Path(sys.argv[2])).make("last")
print(made["last"])
"""
LOAD = """
import sys
from pathlib import Path
from kubelab.clusters.nodeimage import transfer
from tests.unit.nodeimage.recipes import maker
transfer.load(Path(sys.argv[3]), lambda version: maker(Path(sys.argv[1]), Path(sys.argv[2]), version))
"""
OWN = """
from kubelab.clusters.nodeimage import programs
from kubelab.clusters.progress import Progress
programs("1.36.3", Progress(quiet=True))
"""


def on_a_small_disk(folder: Path, megabytes: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `words` with a tmpfs of that size as `folder`, in a mount namespace that ends with it; then list what is left there."""
    folder.mkdir()
    script = f'mount -t tmpfs -o size={megabytes}m tmpfs "$0" && {{ "$@"; code=$?; find "$0" -type f; exit $code; }}'
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = ["unshare", *root, "--mount", "sh", "-c", script, folder, *words]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_disk_too_small_for_the_node_image_is_named_before_anything_is_made(tmp_path: Path) -> None:
    """Our own recipe on a disk of 64 MB: how much it needs, what helps, and nothing left but the lock."""
    told = on_a_small_disk(tmp_path / "cache", 64, sys.executable, "-c", OWN)
    assert told.returncode == 1
    assert "0.1 GB are free there.\nFree some disk, or name a folder on another one: XDG_CACHE_HOME=" in told.stderr
    assert told.stdout.split() == [f"{tmp_path}/cache/kubelab/nodeimage/lock"]


def test_a_disk_that_fills_up_during_a_stage_is_named_and_nothing_half_is_left(tmp_path: Path) -> None:
    """Finished results stay, the log stays, the unfinished result does not."""
    scripts = {"first": 'echo whole > "$OUT/whole"', "last": 'dd if=/dev/zero of="$OUT/big" bs=1M count=50'}
    recipe = write(tmp_path / "recipe", scripts, {"last": {"needs": ["first"]}})
    told = on_a_small_disk(tmp_path / "cache", 20, sys.executable, "-c", BUILD, recipe, tmp_path / "cache")
    assert told.returncode == 1
    assert 'The disk is full: making last could not be finished (stage "last" of the node image, exit code 1).' in told.stderr
    assert "Free some disk, or name a folder on another one: XDG_CACHE_HOME=" in told.stderr
    left = sorted(line.removeprefix(f"{tmp_path}/cache/") for line in told.stdout.split())
    assert [name for name in left if "big" in name or "/work/" in name] == []
    assert [name for name in left if name.endswith("/whole")] != []


def test_a_disk_that_fills_up_while_an_image_is_loaded_is_named(tmp_path: Path) -> None:
    """The file is fine, so the text does not advise to copy it again, and no partial image is left."""
    recipe = write(tmp_path / "recipe", {"node": 'dd if=/dev/zero of="$OUT/image.tar" bs=1M count=50', "programs": "true"})
    transfer.save(tmp_path / "image.tgz", maker(recipe, tmp_path / "made"))
    words: list[str | Path] = [sys.executable, "-c", LOAD, recipe, tmp_path / "cache", tmp_path / "image.tgz"]
    told = on_a_small_disk(tmp_path / "cache", 20, *words)
    assert told.returncode == 1
    assert f"The disk is full: {tmp_path}/cache/nodeimage cannot take more.\nFree some disk" in told.stderr
    assert "image.tar" not in told.stdout


@pytest.mark.parametrize("moment", ["first", "last"])
def test_a_build_that_was_killed_goes_on_where_it_was(tmp_path: Path, moment: str) -> None:
    """During the first or the last stage: the next build makes that stage from its start and keeps what was finished."""
    wait = f'echo "$PPID" > {tmp_path}/now-$NAME; [ "$NAME" != {moment} ] || [ -e {tmp_path}/again ] || sleep 300'
    scripts = {name: f'NAME={name}; echo half > "$OUT/file"; {wait}\necho whole > "$OUT/file"' for name in ("first", "last")}
    recipe = write(tmp_path / "recipe", scripts, {"last": {"needs": ["first"]}})
    words: list[str | Path] = [sys.executable, "-c", BUILD, recipe, tmp_path / "cache"]
    with subprocess.Popen(words) as build:
        while not (tmp_path / f"now-{moment}").exists():
            assert build.poll() is None
        build.send_signal(signal.SIGKILL)
    (tmp_path / "again").touch()
    (tmp_path / "now-first").unlink()
    result = Path(subprocess.run(words, capture_output=True, text=True, timeout=60, check=True).stdout.strip())
    assert (result / "file").read_text() == "whole\n"
    assert ((tmp_path / "now-first").exists(), list((tmp_path / "cache" / "nodeimage" / "work").iterdir())) == (moment == "first", [])
