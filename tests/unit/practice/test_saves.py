"""Saves are reported, however an editor makes them; other files, and those in .kubelab, are ignored."""

import queue
from collections.abc import Callable
from pathlib import Path

import pytest

from kubelab.errors import SetupTrouble
from kubelab.practice import saves

QUIET, SLOWLY = 300, 3000
"""Milliseconds, far longer than students' saves take: on a busy machine a save stops in its middle."""
FILES = ("rs-lab.yaml", "rs-lab.sh")
LIMIT = 30


def write(file: Path) -> None:
    """As most editors do."""
    file.write_text("kind: Pod")


def replace(file: Path) -> None:
    """As vim and others do: a new file takes the old one's place."""
    new = file.with_suffix(".new")
    new.write_text("kind: Pod")
    new.replace(file)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What belongs to one save is awaited for longer."""
    monkeypatch.setattr(saves, "QUIET", QUIET)
    monkeypatch.setattr(saves, "LONGEST", SLOWLY)


@pytest.mark.parametrize("save", [write, replace])
def test_a_save_is_told_once(work: Path, save: Callable[[Path], None]) -> None:
    """For an existing file, by its name."""
    (work / "rs-lab.yaml").write_text("")
    told: queue.Queue[str | SetupTrouble] = queue.Queue()

    with saves.told(work, FILES, told.put):
        save(work / "rs-lab.yaml")
        first = told.get(timeout=LIMIT)
        with pytest.raises(queue.Empty):
            told.get(timeout=1)

    assert first == "rs-lab.yaml"


def test_files_that_are_saved_together_are_told_together(work: Path) -> None:
    """Including new ones."""
    told: queue.Queue[str | SetupTrouble] = queue.Queue()

    with saves.told(work, FILES, told.put):
        for file in FILES:
            (work / file).write_text("")
        first = told.get(timeout=LIMIT)

    assert first == "rs-lab.sh and rs-lab.yaml"


def test_other_files_are_not_told(work: Path) -> None:
    """Nor are files in subfolders."""
    (work / ".kubelab").mkdir()
    told: queue.Queue[str | SetupTrouble] = queue.Queue()

    with saves.told(work, FILES, told.put):
        for file in ("README.md", ".kubelab/rs-lab.yaml", "rs-lab.yaml~"):
            (work / file).write_text("")
        with pytest.raises(queue.Empty):
            told.get(timeout=1)


def test_a_folder_that_cannot_be_watched_is_trouble(work: Path) -> None:
    """It is reported, not raised in a thread where nobody sees it."""
    told: queue.Queue[str | SetupTrouble] = queue.Queue()

    with saves.told(work / "none", FILES, told.put):
        trouble = told.get(timeout=LIMIT)

    assert isinstance(trouble, SetupTrouble)
    assert "none cannot be watched: " in str(trouble)
