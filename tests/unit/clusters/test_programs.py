"""Which kind and kubectl a cluster gets."""

import io
import sys
from pathlib import Path

import pytest

from kubelab.clusters import nodeimage, programs
from kubelab.clusters.nodeimage import recipe
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble
from tests.unit.clusters.conftest import Machine


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The Kubernetes versions whose programs were compiled, into /ours."""
    versions: list[str] = []

    def compile_them(version: str, _: Progress) -> Path:
        versions.append(version)
        return Path("/ours")

    monkeypatch.setattr(nodeimage, "programs", compile_them)
    return versions


def pair(kubernetes: str = "1.36.3") -> tuple[list[str], str]:
    """The folders of kind and kubectl, and the output."""
    said = io.StringIO()
    return [str(path.parent) for path in programs.pair(kubernetes, Progress(said))], said.getvalue()


@pytest.mark.parametrize("kubectl", ["1.35.0", "1.36.3", "1.37.1"])
def test_those_on_path_are_taken_where_they_fit(machine: Machine, compiled: list[str], kubectl: str) -> None:
    """A kubectl may be one minor version older or newer than its server."""
    machine.know(kubectl=kubectl, kind="0.32.0")
    here = str(machine.folder / "bin")

    assert pair() == ([here, here], "")
    assert compiled == []


def test_a_kubectl_too_far_from_the_server_is_not_taken(machine: Machine, compiled: list[str]) -> None:
    """The output says so, and the server's own minor version is compiled."""
    machine.know(kubectl="1.20.2")

    assert pair("1.34.11") == (
        [str(machine.folder / "bin"), "/ours"],
        "kubectl on PATH is 1.20, 14 minor versions apart from Kubernetes 1.34.11: taking our own\n",
    )
    assert [version.rpartition(".")[0] for version in compiled] == ["1.34"]


def test_a_kind_too_old_for_kubeadm_is_not_taken(machine: Machine, compiled: list[str]) -> None:
    """Nor one that does not report its version."""
    machine.know(kind="0.31.0")
    assert pair() == (["/ours", str(machine.folder / "bin")], "kind on PATH is 0.31, older than 0.32: taking our own\n")

    machine.know(kind="of somebody's own")
    assert pair()[0][0] == "/ours"
    assert compiled == ["1.36.3"] * 2


def test_a_machine_without_them_gets_ours(machine: Machine, compiled: list[str]) -> None:
    """Nobody has to install anything."""
    for name in programs.INSTALL:
        (machine.folder / "bin" / name).unlink()

    assert pair() == (["/ours", "/ours"], "kind is not on PATH: taking our own\nkubectl is not on PATH: taking our own\n")
    assert compiled == ["1.36.3"] * 2


def test_a_kubectl_as_near_as_ours_is_taken_where_we_can_compile_none_that_fits(machine: Machine, compiled: list[str]) -> None:
    """For a Kubernetes older than our oldest."""
    machine.know(kubectl="1.31.0")
    assert pair("1.29.4")[0][1] == str(machine.folder / "bin")
    assert compiled == []

    assert programs.nearest("1.29.4") == min(recipe.versions(), key=programs.minor)


def test_what_cannot_be_compiled_is_told_with_how_to_install_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the error of the compilation."""
    (machine.folder / "bin" / "kind").unlink()

    def fail(*_: object) -> Path:
        raise SetupTrouble("Go could not be installed from PyPI")

    monkeypatch.setattr(nodeimage, "programs", fail)
    with pytest.raises(SetupTrouble, match=r"Go could not be installed from PyPI\nOr install kind yourself: go install"):
        pair()


def test_nothing_is_compiled_where_our_scripts_do_not_run(machine: Machine, monkeypatch: pytest.MonkeyPatch, compiled: list[str]) -> None:
    """On macOS the programs on PATH are used as they are, and a missing one is named."""
    monkeypatch.setattr(sys, "platform", "darwin")
    machine.know(kubectl="1.20.2")
    assert pair()[0] == [str(machine.folder / "bin")] * 2

    (machine.folder / "bin" / "kind").unlink()
    with pytest.raises(SetupTrouble, match=r"kind is not installed\.\nInstall it: go install"):
        pair()
    assert compiled == []


def test_a_program_for_any_server_is_found_on_path_or_in_our_cache(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is empty at first."""
    (machine.folder / "bin" / "kubectl").unlink()
    with pytest.raises(SetupTrouble, match=r"kubectl is not installed\.\nInstall it: see https"):
        programs.program("kubectl")

    monkeypatch.setattr(programs, "built", lambda: Path("/ours"))
    assert programs.program("kubectl") == Path("/ours/kubectl")
    assert programs.program("kind") == machine.folder / "bin" / "kind"
