"""Run a lab with one thing changed, in a folder of its own, as a student would: a real pytest, a real cluster."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import yaml

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class WrongSolution:
    """One entry of a `manifests/<chapter>/wrong/<lab>.yaml`: a change in one place, and the failure it must cause."""

    chapter: str
    lab: str
    scenario: str
    file: str
    old: str
    new: str
    fails_at: str
    because: str

    @property
    def title(self) -> str:
        """How pytest names the case."""
        return f"{self.chapter}/{self.lab}: {self.old.strip()} -> {self.new.strip() or 'nothing'}"

    @property
    def feature(self) -> Path:
        """Where its feature lies, from the root."""
        return Path("features", self.chapter, f"{self.lab}.feature")

    @property
    def changed(self) -> Path:
        """Where the file that is changed lies, from the root."""
        folder = "features" if self.file.endswith(".feature") else "manifests"
        return Path(folder, self.chapter, self.file)


def wrong_solutions() -> list[WrongSolution]:
    """Every wrong solution of the repository, in the order of its files."""
    paths = sorted((ROOT / "manifests").glob("*/wrong/*.yaml"))
    return [read(path, entry) for path in paths for entry in yaml.safe_load(path.read_text())]


def read(path: Path, entry: dict[str, Any]) -> WrongSolution:
    """One entry of a file of wrong solutions."""
    change = entry["change"]
    chapter, lab = path.parent.parent.name, path.stem
    return WrongSolution(chapter, lab, entry["scenario"], change["file"], change["from"], change["to"], entry["fails at"], entry["because"])


def copy_lab(feature: Path, to: Path) -> None:
    """Copy a lab's feature, named from the root, and its chapter's manifests."""
    manifests = Path("manifests", feature.parent.name)
    shutil.copytree(ROOT / manifests, to / manifests)
    (to / feature).parent.mkdir(parents=True)
    shutil.copy(ROOT / feature, to / feature)


def copy_chapter(wrong: WrongSolution, to: Path) -> None:
    """Copy the lab's feature and its chapter's manifests, with the one change made."""
    copy_lab(wrong.feature, to)
    changed = to / wrong.changed
    text = changed.read_text()
    assert wrong.old in text, f"{wrong.changed} has no {wrong.old!r} to change"
    changed.write_text(text.replace(wrong.old, wrong.new))


def run_lab(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run pytest in the folder; the finished process, and the failure's text as JUnit has it."""
    done, report = _pytest(folder, *arguments, timeout=180)
    failures = ET.parse(report).iter("failure") if report.exists() else []  # noqa: S314  (our own file)
    return done, "\n".join(failure.text or "" for failure in failures)


def run_all(folder: Path, wrong: Mapping[str, WrongSolution], *arguments: str) -> dict[str, str]:
    """Run wrong solutions, each in the folder below this one that it is given by; by that, each failure's text as JUnit has it.

    What passed, or was an error, is told as such.
    """
    for name, one in wrong.items():
        copy_chapter(one, folder / name)
    lines = {name: line_of(folder / name / one.feature, one.scenario, one.fails_at) for name, one in wrong.items()}
    (folder / "lines.json").write_text(json.dumps(lines))
    shutil.copy(Path(__file__).with_name("impatience.py"), folder / "conftest.py")
    (folder / "scenarios").write_text("\n".join(f"{name}/{one.feature}::{one.scenario}" for name, one in wrong.items()))
    done, report = _pytest(folder, *arguments, "@scenarios")
    assert report.exists(), done.stdout + done.stderr
    return {case.attrib["classname"].partition(".")[0]: _told(case) for case in ET.parse(report).iter("testcase")}  # noqa: S314


def _pytest(folder: Path, *arguments: str, timeout: float | None = None) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A finished run of pytest in a folder, and where its JUnit report is."""
    (folder / "pytest.ini").touch()
    report = folder / "junit.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=timeout), report


def _told(case: ET.Element) -> str:
    failure, error = case.find("failure"), case.find("error")
    if failure is not None:
        return failure.text or ""
    return f"an error: {error.text}" if error is not None else "it passed"


def line_of(feature: Path, scenario: str, sentence: str) -> int:
    """The line, from 1, of a sentence in a scenario of a feature file, or in its background."""
    lines = [line.strip() for line in feature.read_text().splitlines()]
    start = lines.index(f"Scenario: {scenario}")
    return lines.index(sentence, start if sentence in lines[start:] else 0) + 1
