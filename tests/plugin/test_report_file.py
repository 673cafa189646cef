"""The page of --lab-report: the scenarios of this run, written at its end; writing it never changes a verdict."""

import pytest

from kubelab import cli
from kubelab.records import record_files
from tests.plugin.conftest import Folder
from tests.unit.reports.drawn_page import read

THREE = """
  Scenario: It passes
    Then it is so

  Scenario: It fails
    Then it is not so

  Scenario: It is an error
    Then the cluster is gone
"""
SERIAL_AND_PARALLEL = pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])


def ran(folder: Folder, *words: str) -> pytest.RunResult:
    """A run with a report."""
    return folder.run("--lab-report", "out/report.html", *words)


@SERIAL_AND_PARALLEL
def test_every_scenario_of_the_run_is_in_the_page(folder: Folder, workers: list[str]) -> None:
    """The last line says where it is."""
    folder.feature(THREE)

    result = ran(folder, *workers)

    page = folder.path / "out" / "report.html"
    root = read(page.read_text(encoding="utf-8"))
    found = {one.all("h4")[0].text: one.attributes["data-o"] for one in root.all("details", "scenario")}
    assert found == {"It passes": "passed", "It fails": "failed", "It is an error": "error"}
    assert f"kubelab: the report is {page}" in result.outlines[-3:]


def test_the_page_of_kept_records_is_the_same(folder: Folder) -> None:
    """If the folder has records of earlier runs, too, only the page of the command includes them."""
    folder.feature(THREE)

    ran(folder, "--lab-record", "kept")
    page = (folder.path / "out" / "report.html").read_text(encoding="utf-8")

    assert cli.main(["report", str(folder.path / "kept"), "--to", str(folder.path / "again.html")]) == 0
    assert (folder.path / "again.html").read_text(encoding="utf-8") == page

    ran(folder, "--lab-record", "kept", "-k", "passes")
    assert len(read((folder.path / "out" / "report.html").read_text(encoding="utf-8")).all("details", "scenario")) == 1
    assert len(list(record_files.in_folder(folder.path / "kept"))) == 3


def test_a_worker_that_dies_leaves_its_scenario_in_the_page(folder: Folder) -> None:
    """As a scenario that could not be judged."""
    folder.feature("\n  Scenario: It dies\n    When the worker dies\n")

    ran(folder, "-n", "1", "--max-worker-restart", "0")

    root = read((folder.path / "out" / "report.html").read_text(encoding="utf-8"))
    assert [one.attributes["data-o"] for one in root.all("details", "scenario")] == ["error"]


def test_a_page_that_cannot_be_written_is_one_line(folder: Folder) -> None:
    """The exit code stays that of the run."""
    folder.feature("\n  Scenario: It passes\n    Then it is so\n")
    (folder.path / "out").write_text("a file")

    result = ran(folder)

    assert result.ret == 0
    assert [line for line in result.outlines if "no report: " in line] == [f"kubelab: no report: File exists: {folder.path / 'out'}"]


def test_a_run_without_scenarios_has_no_page_and_says_so(folder: Folder) -> None:
    """A page that shows nothing would look as if nothing had failed."""
    (folder.path / "test_x.py").write_text("def test_x(): pass\n")

    result = ran(folder)

    assert result.ret == 0
    assert "kubelab: no report: no scenario has run" in result.outlines
    assert not (folder.path / "out").exists()
