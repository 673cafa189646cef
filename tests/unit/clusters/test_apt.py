"""What a run installs by itself, and on which machines; apt-get is a fake."""

import io
import os
import threading
from pathlib import Path

import pytest

from kubelab.clusters import apt, cluster_folder, podman
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble
from tests.unit.clusters.conftest import Machine


@pytest.fixture
def debian(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A Debian without any engine on which we are root, with an apt-get that records its arguments."""
    program = machine.folder / "bin" / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$@" >> {machine.folder}/told\n')
    program.chmod(0o755)
    (machine.folder / "bin" / "docker").unlink()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(apt, "family", lambda: {"debian"})
    monkeypatch.setattr(podman, "PLACES", ())
    monkeypatch.setattr(podman, "MODULES", machine.folder / "modules")
    return machine


def test_what_podman_lacks_is_installed_for_root_on_debian(debian: Machine) -> None:
    """With the folder that kind mounts."""
    apt.ensure(Progress(io.StringIO()))

    update, install = (debian.folder / "told").read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("install --no-install-recommends podman netavark aardvark-dns runc iptables")
    assert (debian.folder / "modules").is_dir()


def test_an_apt_that_fails_is_trouble_with_the_command(debian: Machine) -> None:
    """And its last output."""
    (debian.folder / "bin" / "apt-get").write_text("#!/bin/sh\necho no network >&2; exit 100\n")

    with pytest.raises(SetupTrouble, match=r"(?s)list of packages could not be read.*no network.*Install them yourself: apt-get update"):
        apt.ensure(Progress(io.StringIO()))


def test_where_a_docker_daemon_answers_nothing_is_installed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever our user is."""
    monkeypatch.setattr(apt, "allowed", lambda: True)
    monkeypatch.setattr(apt, "install", None)

    apt.ensure(Progress(io.StringIO()))

    assert machine.known["nodes"] == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [('ID=ubuntu\nID_LIKE="debian"\n', {"ubuntu", "debian"}), ("ID=fedora\n", {"fedora"}), ("", set()), (None, set())],
)
def test_the_distribution_says_what_it_is_made_from(tmp_path: Path, text: str | None, names: set[str]) -> None:
    """In its os-release; a system without one belongs to no family."""
    if text is not None:
        (tmp_path / "os-release").write_text(text)

    assert apt.family(tmp_path / "os-release") == names


def test_a_second_process_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    """In this test the second is a thread with a lock of its own."""
    said = io.StringIO()
    entered = threading.Event()

    def second() -> None:
        with cluster_folder.locked(tmp_path, Progress(said)):
            entered.set()

    with cluster_folder.locked(tmp_path, Progress(said)):
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.3)
    thread.join(30)

    assert entered.is_set()
    assert said.getvalue().startswith("waiting for another process that works on this cluster …")
