"""A student's folder with a fake cluster in it, to run pytest in."""

import os
import shutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import kubelab
from tests.conftest import LIGHT

FAKE = Path(__file__).with_name("fake_cluster.py")


@dataclass(frozen=True)
class Folder:
    """A folder with feature files, and the result of a run in it."""

    pytester: pytest.Pytester

    @property
    def path(self) -> Path:
        """Its path."""
        return self.pytester.path

    def feature(self, text: str, name: str = "a") -> Path:
        """Write a feature file; the text begins after the feature's title."""
        path = self.path / f"{name}.feature"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Feature: Things\n" + text)
        return path

    def run(self, *words: str) -> pytest.RunResult:
        """Run pytest in this process; the workers of a parallel run have their own."""
        return self.pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:randomly", *words)

    def run_apart(self, *words: str) -> pytest.RunResult:
        """Run pytest in a process of its own: where the run, or what is done to it, would change this one."""
        return self.pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", *words)

    def ids(self) -> list[str]:
        """The ids that pytest collects."""
        return [line for line in self.run("--collect-only", "-q").outlines if "::" in line]

    @property
    def log(self) -> list[str]:
        """The log of the fake cluster and the steps."""
        log = self.path / "fake.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """Import all of kubelab once: pytester forgets what a run in this process has imported, and each would import it anew."""
    for module in walk_packages(kubelab.__path__, "kubelab."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder with the fake cluster as its conftest; what kubelab stores on a machine is stored in it, too."""
    monkeypatch.setenv("XDG_STATE_HOME", str(pytester.path / "state"))
    monkeypatch.setenv("PYTEST_ADDOPTS", LIGHT)
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # runs in this process cover what others would, in half the time
    _without_engine(pytester, monkeypatch)
    for variable in ("CI", "BUILD_NUMBER"):  # these make pytest report each failure twice
        monkeypatch.delenv(variable, raising=False)
    shutil.copy(FAKE, pytester.path / "conftest.py")
    pytester.makeini("[pytest]\naddopts = --strict-markers")
    return Folder(pytester)


def _without_engine(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """No run reaches a real cluster, whatever happens to its fake one."""
    programs = pytester.mkdir("programs")
    for name in ("docker", "podman", "kind"):
        (programs / name).write_text("#!/bin/sh\nexit 1\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
