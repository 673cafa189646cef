"""What each worker of a parallel run does at present, in files of the run's folder that the controlling process reads."""

import json
import re
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from kubelab.plugin.story import Story

FOLDER = "live"
"""Their folder in the run's folder."""


def write(folder: Path, worker: str, story: Story | None) -> None:
    """Write what a worker does at once: a reader sees the story before or this one. OSError where it cannot be written."""
    home = folder / FOLDER
    home.mkdir(exist_ok=True)  # the run's folder must be there still
    half = home / f"{worker}.half"
    half.write_text(json.dumps(None if story is None else asdict(story) | {"over": ()}), encoding="utf-8")
    half.replace(home / f"{worker}.json")


def read(folder: Path) -> dict[str, Story | None]:
    """What each worker does, None for one without a scenario; sentences that are over are not told."""
    files = sorted((folder / FOLDER).glob("*.json"), key=lambda file: [int(part) for part in re.findall(r"\d+", file.stem)])
    told = dict[str, Story | None]()
    for file in files:
        with suppress(FileNotFoundError):  # its worker has just gone
            one = json.loads(file.read_text(encoding="utf-8"))
            told[file.stem] = Story(**{**one, "over": ()}) if one else None
    return told


def forget(folder: Path, worker: str) -> None:
    """Remove the file of a worker that is gone."""
    (folder / FOLDER / f"{worker}.json").unlink(missing_ok=True)
