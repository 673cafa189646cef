"""Where the modules that only POSIX has are missing, as on Windows, pytest still runs, and a lab says that it cannot run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kubelab.clusters import system
from tests.plugin.conftest import Folder

REFUSED = ("fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "syslog")
SITE = f"""
import sys

class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name in {REFUSED}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

for name in {REFUSED}:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Refusal())
"""
"""The `sitecustomize` of such a Python: also of the workers that it starts."""
EVERY_MODULE = f"""
import importlib, pkgutil, sys, kubelab
names = [one.name for one in pkgutil.walk_packages(kubelab.__path__, "kubelab.") if not one.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(len(names), {{name in sys.modules for name in {REFUSED}}})
"""


def without(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The result of a command in a Python without these modules."""
    site = folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(SITE)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    return subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_every_module_can_be_imported(tmp_path: Path) -> None:
    """POSIX-only modules are imported where they are used."""
    done = without("-c", EVERY_MODULE, folder=tmp_path)

    assert done.returncode == 0, done.stderr
    count, imported = done.stdout.split()
    assert int(count) > 150
    assert imported == "{False}"


@pytest.mark.parametrize("words", [["--collect-only"], ["--collect-only", "-n", "2"], ["--help"], ["--fixtures"]], ids=" ".join)
def test_pytest_collects_labs(folder: Folder, words: list[str]) -> None:
    """People can still write labs there."""
    folder.feature("\n  Scenario: Good\n    Given a thing\n")
    (folder.path / "conftest.py").write_text("from pytest_bdd import given\n@given('a thing')\ndef thing():\n    'There is.'\n")

    done = without("-m", "pytest", *words, folder=folder.path)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_a_project_without_labs_is_not_disturbed(tmp_path: Path, workers: list[str]) -> None:
    """Its tests run as if kubelab were not installed."""
    (tmp_path / "test_plain.py").write_text("def test_plain(tmp_path): assert tmp_path.is_dir()\n")

    done = without("-m", "pytest", *workers, folder=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_on_windows_a_lab_says_that_it_needs_wsl(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the run with the way out, before anything is created."""
    monkeypatch.setattr(system.refuse, "__defaults__", ("win32",))
    folder.feature("\n  Scenario: Good\n    Given a thing\n")

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["Windows: *labs run only in WSL.", "Run them there: wsl --install*"])
    assert folder.log == []
