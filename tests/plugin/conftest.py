"""A student's folder with a fake cluster in it, to run pytest in."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

FAKE = Path(__file__).with_name("fake_cluster.py")


@dataclass(frozen=True)
class Folder:
    """A folder with feature files, and what a run in it did."""

    pytester: pytest.Pytester

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.pytester.path

    def feature(self, text: str, name: str = "a") -> Path:
        """Write a feature file; the text begins after the feature's title."""
        path = self.path / f"{name}.feature"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Feature: Things\n" + text)
        return path

    def run(self, *words: str) -> pytest.RunResult:
        """Run pytest in this process."""
        return self.pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:randomly", *words)

    def run_apart(self, *words: str) -> pytest.RunResult:
        """Run pytest in a process of its own."""
        return self.pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", *words)

    def ids(self) -> list[str]:
        """The ids that pytest collects."""
        return [line for line in self.run("--collect-only", "-q").outlines if "::" in line]

    @property
    def log(self) -> list[str]:
        """What the fake cluster and the steps noted."""
        log = self.path / "fake.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder with the fake cluster as its conftest; what kubelab keeps on a machine is kept in it too."""
    monkeypatch.setenv("XDG_STATE_HOME", str(pytester.path / "state"))
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest")  # a plugin of this project's tests, not of a student's
    _without_engine(pytester, monkeypatch)
    for variable in ("CI", "BUILD_NUMBER"):  # with these pytest tells each failure twice
        monkeypatch.delenv(variable, raising=False)
    shutil.copy(FAKE, pytester.path / "conftest.py")
    pytester.makeini("[pytest]\naddopts = --strict-markers")
    return Folder(pytester)


def _without_engine(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """No run gets at a real cluster, whatever becomes of its fake one."""
    programs = pytester.mkdir("programs")
    for name in ("docker", "podman", "kind"):
        (programs / name).write_text("#!/bin/sh\nexit 1\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
