"""Machines without an engine, or with one that refuses us: caused for real, reported clearly, with nothing left behind."""

import os
import shutil
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.cluster.weather import kubelab

pytestmark = pytest.mark.cluster


def environment(tmp_path: Path, *programs: str, **further: str) -> dict[str, str]:
    """An environment whose PATH holds only these programs, with folders of its own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in programs:
        (folder / program).symlink_to(str(shutil.which(program)))
    return {
        "PATH": str(folder),
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        **further,
    }


def left_behind(tmp_path: Path) -> list[str]:
    """The files in the state folder, except the lock."""
    return [path.name for path in (tmp_path / "state").rglob("*") if path.is_file() and path.name != "lock"]


def test_without_an_engine_up_stops_with_what_to_install(tmp_path: Path) -> None:
    """Before anything is started."""
    done = kubelab("up", env=environment(tmp_path))

    assert done.returncode == 3
    assert "No container engine answers" in done.stderr
    assert "docker: not installed" in done.stderr
    assert "sudo apt-get install podman" in done.stderr
    assert "Traceback" not in done.stderr
    assert left_behind(tmp_path) == []


def test_without_an_engine_doctor_finds_just_that(tmp_path: Path) -> None:
    """And checks the rest nevertheless."""
    done = kubelab("doctor", env=environment(tmp_path))

    assert done.returncode == 1
    found = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert found[0].startswith("✗ engine   No container engine answers")
    assert "memory" in done.stdout


def test_without_an_engine_there_is_nothing_to_take_down(tmp_path: Path) -> None:
    """If no cluster was ever made."""
    assert kubelab("down", env=environment(tmp_path)).returncode == 0


@pytest.fixture
def forbidden_socket(tmp_path: Path) -> Iterator[Path]:
    """A daemon's socket that belongs to somebody else."""
    path = tmp_path / "docker.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        path.chmod(0)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
        yield path


def without_rights() -> Sequence[str]:
    """A command line that runs a program without root's right to ignore file modes."""
    return ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"] if os.geteuid() == 0 else []


@pytest.mark.skipif(not shutil.which("docker"), reason="needs Docker's client; that its daemon refuses is what is tested")
def test_an_engine_that_refuses_us_is_told_apart_from_none(tmp_path: Path, forbidden_socket: Path) -> None:
    """The remedy is a permission, not a package."""
    setpriv, *words = [*without_rights()] or [""]
    before = [str(shutil.which(setpriv)), *words] if setpriv else []

    done = kubelab("up", env=environment(tmp_path, "docker", DOCKER_HOST=f"unix://{forbidden_socket}"), before=before)

    assert done.returncode == 3
    assert "permission denied" in done.stderr
    assert "sudo usermod -aG docker $USER && newgrp docker" in done.stderr
    assert left_behind(tmp_path) == []


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("podman"), reason="takes root's rights away from podman")
def test_podman_without_any_rights_is_told_with_its_own_complaint(tmp_path: Path) -> None:
    """Without capabilities no container could be a node."""
    setpriv, *words = without_rights()

    done = kubelab("up", env=environment(tmp_path, "podman", "runc", "conmon"), before=[str(shutil.which(setpriv)), *words])

    assert done.returncode == 3
    assert "See why podman does not work: podman info" in done.stderr
    assert "Traceback" not in done.stderr
    assert left_behind(tmp_path) == []
