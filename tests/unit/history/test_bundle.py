"""A bundle of what one run has left: complete, or refused."""

import json
import subprocess
from pathlib import Path

import pytest

from kubelab import cli
from kubelab.history.bundle import PARTS
from kubelab.records import record_files

from .nights import record


def run_in(folder: Path, *letters: str, kubernetes: str = "1.36.3") -> Path:
    """What a run leaves in that folder: a scenario per letter, and JUnit."""
    for number, letter in enumerate(letters):
        made = record(letter=letter, name=f"Scenario {number}", kubernetes=kubernetes)
        record_files.write(folder / "records" / f"{kubernetes}-{number}{record_files.SUFFIX}", made)
    folder.mkdir(exist_ok=True)
    (folder / "labs.xml").write_text("<testsuites/>")
    return folder


def test_a_bundle_says_what_ran_where_and_can_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a common program."""
    folder = run_in(tmp_path / "k8s-1.36", "P", "P", "F", "E", "S")
    (folder / "nodes").mkdir()
    (folder / "nodes" / "kubelet.log").write_text("so it was")

    assert cli.main(["history", "bundle", str(folder)]) == 0

    versions = json.loads((folder / "versions.json").read_text())
    assert (versions["kubernetes"], versions["kubelab"], versions["run"]) == ("1.36.3", "0.1.0", "run 1")
    readme = (folder / "README.md").read_text()
    assert readme.startswith(
        "# Labs on Kubernetes 1.36.3\n\n2 passed, 1 failed, 1 error, 1 skipped. kubelab 0.1.0, run run 1, begun 2026-08-01"
    )
    assert [name for name in PARTS if f"| `{name}` |" in readme] == ["labs.xml", "records", "nodes"]
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, capture_output=True, text=True, check=True).stdout.count(": OK\n") == 9
    (folder / "labs.xml").write_text("<other/>")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1
    said = capsys.readouterr().out
    assert f"{folder}: 9 files; to check them: cd {folder} && sha256sum --check SHA256SUMS\nit has no report.html\n" in said


def test_the_same_run_is_the_same_bundle(tmp_path: Path) -> None:
    """Made again, it has the same checksums."""
    folder = run_in(tmp_path, "P")
    sums = []
    for _ in range(2):
        cli.main(["history", "bundle", str(folder)])
        sums.append((folder / "SHA256SUMS").read_text())

    assert sums[0] == sums[1]


def test_a_run_that_did_not_finish_is_not_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without JUnit, or with a file that pytest could not collect, it is unknown what was not run."""
    folder = run_in(tmp_path, "P")

    (folder / "labs.xml").write_text('<testcase><error message="collection failure">…</error></testcase>')
    assert cli.main(["history", "bundle", str(folder)]) == 3
    (folder / "labs.xml").unlink()
    assert cli.main(["history", "bundle", str(folder)]) == 3
    said = capsys.readouterr().err
    assert "tells of a file that could not be collected" in said
    assert "is missing: the run has not come to its end" in said
    assert not (folder / "SHA256SUMS").exists()


@pytest.mark.parametrize("versions", [[], ["", ""], ["1.36.3", "1.37.2"]])
def test_a_bundle_is_of_one_version(versions: list[str], tmp_path: Path) -> None:
    """Neither of none nor of several."""
    for version in versions:
        run_in(tmp_path, "E", kubernetes=version)
    (tmp_path / "labs.xml").write_text("<testsuites/>")

    assert cli.main(["history", "bundle", str(tmp_path)]) == 3


def test_a_file_that_cannot_be_collected_is_known_by_what_pytest_writes(pytester: pytest.Pytester) -> None:
    """The text is pytest's own, and may change."""
    from kubelab.history.bundle import NOT_COLLECTED  # noqa: PLC0415  (beside what it is compared with)

    pytester.makepyfile("import nothing_of_this_name")
    pytester.runpytest_subprocess("-p", "no:kubelab", "--junitxml=labs.xml")

    assert NOT_COLLECTED in (pytester.path / "labs.xml").read_text()
