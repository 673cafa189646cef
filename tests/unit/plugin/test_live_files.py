"""What workers write for the controlling process: complete stories, or none."""

from pathlib import Path

import pytest

from kubelab.plugin import live_files
from kubelab.plugin.story import Story, Told

STORY = Story("It is replaced", (), "Then a replacement appears", 6, 9.0, 3.2, 30.0, "1 of 2 ready")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """In the order of the workers' numbers, without the finished sentences; there are no other files."""
    live_files.write(tmp_path, "gw10", None)
    live_files.write(tmp_path, "gw2", Story("Before"))
    live_files.write(tmp_path, "gw2", Story(**{**vars(STORY), "over": (Told("Given it", 1, good=True, seconds=1),)}))

    assert list(live_files.read(tmp_path).items()) == [("gw2", STORY), ("gw10", None)]
    assert sorted(file.name for file in (tmp_path / "live").iterdir()) == ["gw10.json", "gw2.json"]


def test_a_run_that_is_over_gets_no_folder_again(tmp_path: Path) -> None:
    """A worker that runs a moment longer leaves nothing behind."""
    with pytest.raises(FileNotFoundError):
        live_files.write(tmp_path / "gone", "gw0", STORY)

    assert live_files.read(tmp_path / "gone") == {}


def test_a_worker_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    """Even if it never wrote anything."""
    live_files.write(tmp_path, "gw0", STORY)
    live_files.forget(tmp_path, "gw0")
    live_files.forget(tmp_path, "gw1")

    assert live_files.read(tmp_path) == {}


def test_a_file_that_goes_while_it_is_read_is_left_out(tmp_path: Path) -> None:
    """Its worker has just ended; the other workers' files are read."""
    live_files.write(tmp_path, "gw0", STORY)
    (tmp_path / "live" / "gw1.json").symlink_to(tmp_path / "gone")

    assert live_files.read(tmp_path) == {"gw0": STORY}
