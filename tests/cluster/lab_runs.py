"""Run a lab, as it is or with one text changed, in a folder of its own, as a student would: a real pytest, a real cluster."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.cluster.changes import ROOT, Change, lines_of, make

PASSED = "it passed"
CROWDED = frozenset({"resources"})
"""Chapters whose Pods wait for room that those of other scenarios hold: their sentences keep all their time."""


def copy_lab(feature: Path, to: Path) -> None:
    """Copy a lab's feature, given by its path from the root, and its chapter's manifests."""
    manifests = Path("manifests", feature.parent.name)
    shutil.copytree(ROOT / manifests, to / manifests)
    (to / feature).parent.mkdir(parents=True)
    shutil.copy(ROOT / feature, to / feature)


def copy_changed(change: Change, to: Path) -> None:
    """Copy the lab's feature and its chapter's manifests, with the one change made."""
    copy_lab(change.feature, to)
    make(change, to)


def run_lab(folder: Path, *arguments: str, timeout: float = 600) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run pytest in the folder; returns the finished process, and the failure's text from JUnit."""
    done, report = _pytest(folder, *arguments, timeout=timeout)
    failures = ET.parse(report).iter("failure") if report.exists() else []  # noqa: S314  (our own file)
    return done, "\n".join(failure.text or "" for failure in failures)


def run_all(folder: Path, chosen: Mapping[str, Change], *arguments: str) -> dict[str, list[str]]:
    """Run changed labs, each in a subfolder with its name in `chosen`; returns by name the result of each of its scenarios.

    The result of a failed scenario is its text from JUnit; that of a passed one or an error says so.
    """
    for name, one in chosen.items():
        copy_changed(one, folder / name)
    hasty = {name: one for name, one in chosen.items() if one.scenario and one.chapter not in CROWDED}
    lines = {name: lines_of(folder / name / one.feature, one.scenario, one.fails_at)[0] for name, one in hasty.items()}
    (folder / "lines.json").write_text(json.dumps(lines))
    shutil.copy(Path(__file__).with_name("impatience.py"), folder / "conftest.py")
    (folder / "scenarios").write_text("\n".join(f"{name}/{one.selected}" for name, one in chosen.items()))
    done, report = _pytest(folder, *arguments, "@scenarios")
    assert report.exists(), done.stdout + done.stderr
    cases = [(case.attrib["classname"].partition(".")[0], _told(case)) for case in ET.parse(report).iter("testcase")]  # noqa: S314
    return {name: [told for where, told in cases if where == name] for name in chosen}


def _pytest(folder: Path, *arguments: str, timeout: float | None = None) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A finished run of pytest in a folder, and the path of its JUnit report."""
    (folder / "pytest.ini").touch()
    report = folder / "junit.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=timeout), report


def _told(case: ET.Element) -> str:
    failure, error = case.find("failure"), case.find("error")
    if failure is not None:
        return failure.text or ""
    return f"an error: {error.text}" if error is not None else PASSED
