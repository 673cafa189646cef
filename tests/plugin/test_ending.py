"""However a run ends, and whatever it cannot write: its namespaces are removed, and none of its results is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugin.conftest import Folder

SCENARIOS = """
  Scenario: It fails
    Then it is not so

  Scenario: It waits
    Given a lasting change
    When the run is asked to end
    Then it is so

  Scenario: It comes later
    Then it is so
"""
BACKGROUND_JOB = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); os.execv(sys.executable, sys.argv[1:])"
"""Starts a program as a script's background job, which ignores Ctrl-C."""


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_sigterm_ends_a_run_as_ctrl_c_does(folder: Folder, workers: list[str]) -> None:
    """Also in the background: changes are undone, the namespace is removed, and the evidence of the scenario before it stays."""
    folder.feature(SCENARIOS)
    pytest_there = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:hypothesispytest"]

    done = subprocess.run(
        [sys.executable, "-c", BACKGROUND_JOB, *pytest_there, "--lab-evidence", "found", *workers],
        cwd=folder.path,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )

    assert done.returncode == pytest.ExitCode.INTERRUPTED
    assert "1 failed" in done.stdout
    assert "a.feature:4  Then it is not so" in done.stdout
    assert (folder.path / "found" / "a" / "It-fails.txt").is_file()
    assert "INTERNALERROR" not in done.stdout
    assert "so" not in folder.log
    if not workers:  # the fake cluster of the controller does not know what its workers made
        created = [line.removeprefix("create ") for line in folder.log if line.startswith(("create Namespace", "create Service"))]
        assert len(created) == 4  # a namespace and an account each; the contents of the namespaces go with them
        assert all(f"delete {one}" in folder.log for one in created)
        assert "undo first" in folder.log


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_a_run_also_where_its_exception_is_lost(folder: Folder, number: str) -> None:
    """Python drops an exception raised while it finalizes an object: no further scenario begins."""
    folder.feature(f"\n  Scenario: A\n    When {number} asks the run to end in vain\n\n  Scenario: B\n    Then it is so\n")

    done = folder.run_apart()

    assert done.ret == pytest.ExitCode.INTERRUPTED
    assert "so" not in folder.log


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_the_exit_code_is_pytests_wherever_the_signal_comes(folder: Folder, number: str) -> None:
    """Python remembers one that came in an exec of text, and would kill itself by SIGINT at the end."""
    folder.feature(f"\n  Scenario: A\n    When {number} asks the run to end while Python makes a class\n")

    assert folder.run_apart().ret == pytest.ExitCode.INTERRUPTED


def test_others_who_heed_sigterm_are_left_alone(folder: Folder) -> None:
    """Another plugin's handler stays installed."""
    folder.feature(SCENARIOS)
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + "\n\nsignal.signal(signal.SIGTERM, lambda *_: os._exit(7))\n")

    assert folder.run_apart().ret == 7


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_a_report_that_cannot_be_written_hides_nothing(folder: Folder, workers: list[str]) -> None:
    """A file is where its folder should be: one line says so, and the failures and the cleanup command are printed as usual."""
    folder.feature("\n  Scenario: It fails\n    Then it is not so\n")
    (folder.path / "reports").write_text("")

    result = folder.run("--junitxml=reports/labs.xml", *workers)

    result.assert_outcomes(failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    text = result.stdout.str() + result.stderr.str()
    assert "kubelab: a report could not be written: " in text
    assert "a.feature:4  Then it is not so" in text
    assert "INTERNALERROR" not in text
    assert "Traceback" not in text
    assert any(line.startswith("delete Namespace") for line in folder.log)


def test_a_report_of_a_run_without_labs_is_pytests_own_affair(folder: Folder) -> None:
    """We do not hide it."""
    (folder.path / "test_plain.py").write_text("def test_plain(): pass\n")
    (folder.path / "reports").write_text("")

    assert "FileExistsError" in folder.run_apart("--junitxml=reports/labs.xml").stderr.str()


@pytest.mark.parametrize("device", ["/dev/full", "/proc/sys/none"])
def test_evidence_of_a_full_or_closed_place_is_one_line(folder: Folder, device: str) -> None:
    """The verdict stays the same."""
    folder.feature("\n  Scenario: It fails\n    Then it is not so\n")
    found = folder.path / "found" / "a"
    found.mkdir(parents=True)
    (found / "It-fails.txt").symlink_to(Path(device))

    result = folder.run("--lab-evidence", "found")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["a.feature:4  Then it is not so", "The evidence could not be written into *found: *"])
