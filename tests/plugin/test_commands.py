"""The command that a failure prints can be copied as it is: in the folder where pytest was run, with any title, beside others."""

import os
import shlex
import subprocess
import sys

import pytest

from tests.plugin.conftest import Folder

TITLES = ['It\'s "so", for $HOME & `all` [of it]', "파드의 '이름'과 \"레이블\"", "Rows"]
ROWS = "    Examples:\n      | n |\n      | it's a |\n      | b |\n"
SO = "    Then it is not so\n"


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_again_runs_that_very_scenario(folder: Folder, monkeypatch: pytest.MonkeyPatch, workers: list[str]) -> None:
    """Through a shell, from another folder than the root."""
    one, other, rows = TITLES
    outline = f"\n  Scenario Outline: {rows}\n    Then plainly <n> is c\n{ROWS}"
    path = folder.feature(f"\n  Scenario: {one}\n{SO}\n  Scenario: {other}\n{SO}{outline}", "Ann's labs/a")
    monkeypatch.chdir(folder.pytester.mkdir("else where"))

    printed = [line.split(maxsplit=1)[1] for line in folder.run(str(path), *workers).outlines if line.startswith("  again ")]

    assert len(printed) == 4
    for command in printed:
        done = run(command)
        assert (done.returncode, done.stdout.count("  again  ")) == (pytest.ExitCode.TESTS_FAILED, 1), done.stdout
        assert f"  again      {command}\n" in done.stdout


def test_what_is_kept_is_said_with_the_cluster(folder: Folder) -> None:
    """Not in the user's own kubeconfig."""
    folder.feature(f"\n  Scenario: S\n{SO}")

    lines = folder.run("--lab-keep", "failed").outlines

    [look] = [line.split(maxsplit=1)[1] for line in lines if line.startswith("  look ")]
    [last] = [line.partition(": ")[2] for line in lines if line.startswith("  when you have seen enough: ")]
    assert "(kept with" not in look
    assert shlex.split(last)[:5] == shlex.split(look)[:5]
    assert shlex.split(last)[1:5] == ["--kubeconfig", "/nowhere/kubeconfig", "--context", "fake"]


def test_a_namespace_is_kept_also_when_only_its_undoing_failed(folder: Folder) -> None:
    """Somebody will want to see why."""
    folder.feature("\n  Scenario: S\n    Given a change that nobody can undo\n")

    folder.run("--lab-keep", "failed").assert_outcomes(passed=1, errors=1)

    assert [line for line in folder.log if line.startswith("patch Namespace") and "kubelab/kept" in line]
    assert not [line for line in folder.log if line.startswith("delete Namespace")]


def run(command: str) -> subprocess.CompletedProcess[str]:
    """The result of the command in a shell, with this Python's pytest."""
    words = command.replace("pytest ", f"{shlex.quote(sys.executable)} -m pytest -p no:cacheprovider ", 1)
    return subprocess.run(["sh", "-c", words], env=dict(os.environ), capture_output=True, text=True, check=False)
