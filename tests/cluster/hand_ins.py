"""Classes whose hand-ins are our own solutions of exercises, each with one text changed; and how they are graded."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.cluster.changes import ROOT, Change
from tests.cluster.weather import kubelab

VARIANTS = "variants.yaml"


def solution(chapter: str, lab: str) -> Path:
    """Where our solution of an exercise is."""
    return ROOT / "manifests" / chapter / "solutions" / lab


def hand_in(folder: Path, chapter: str, lab: str, change: Change | None = None) -> None:
    """Write a student's folder: our solution, with the change made in the one file that has its text."""
    folder.mkdir(parents=True)
    for file in solution(chapter, lab).iterdir():
        if file.name != VARIANTS:
            shutil.copy(file, folder)
    if change:
        text = (folder / change.file).read_text()
        assert text.count(change.old) == 1, f"{change.file} has {change.old!r} {text.count(change.old)} times"
        (folder / change.file).write_text(text.replace(change.old, change.new))


def graded(submissions: Path, to: Path, *words: str, timeout: float = 1500) -> subprocess.CompletedProcess[str]:
    """The output of `kubelab grade` for a folder of submissions."""
    return kubelab("grade", str(submissions), "--to", str(to), "--jobs", "4", *words, env=os.environ, timeout=timeout)


def grades(folder: Path) -> Sequence[Mapping[str, Any]]:
    """The grades of results.json."""
    found: Sequence[Mapping[str, Any]] = json.loads((folder / "results.json").read_text())["grades"]
    return found


def lost(grade: Mapping[str, Any]) -> list[str]:
    """The objectives of a grade that did not pass."""
    return [one["title"] for one in grade["objectives"] if one["outcome"] != "passed"]


def by_student(found: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The grade of each student, in a class that handed in one exercise."""
    return {grade["student"]: grade for grade in found}
