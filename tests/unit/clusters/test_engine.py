"""The choice of an engine, from what each of them reports."""

from pathlib import Path

import pytest

from kubelab.clusters import engine, podman
from kubelab.clusters.engine import Probe
from kubelab.errors import SetupTrouble

DOCKER = Probe("/usr/bin/docker", True, "28.2.2|2|/var/lib/docker|[name=seccomp,profile=builtin name=cgroupns]")
DEAD_DOCKER = Probe("/usr/bin/docker", False, "Cannot connect to the Docker daemon")
REFUSED = Probe("/usr/bin/docker", False, "permission denied while trying to connect to the Docker daemon socket")
PODMAN = Probe("/usr/bin/podman", True, "4.3.1|v1|/var/lib/containers/storage|rootless=false")
NOTHING = Probe("")


@pytest.mark.parametrize(
    ("docker", "other", "chosen"),
    [
        (DOCKER, PODMAN, ("docker", "a Docker daemon answers")),
        (DEAD_DOCKER, PODMAN, ("podman", "no Docker daemon answers")),
        (NOTHING, PODMAN, ("podman", "there is no docker here")),
        (DOCKER, NOTHING, ("docker", "a Docker daemon answers")),
    ],
)
def test_docker_is_taken_where_its_daemon_answers_else_podman(docker: Probe, other: Probe, chosen: tuple[str, str]) -> None:
    """The choice is given with its reason."""
    assert engine.choice({"docker": docker, "podman": other}) == chosen


def test_what_the_environment_asks_for_is_the_only_one_considered() -> None:
    """The variable is the one that kind itself reads."""
    assert engine.choice({"podman": PODMAN}, "podman") == ("podman", "KIND_EXPERIMENTAL_PROVIDER asks for it")


@pytest.mark.parametrize(
    ("docker", "remedy"),
    [
        (NOTHING, "sudo apt-get install podman netavark aardvark-dns runc iptables"),
        (DEAD_DOCKER, "apt-get install podman"),
        (REFUSED, "sudo usermod -aG docker $USER && newgrp docker"),
    ],
)
def test_without_an_engine_the_text_names_each_complaint_and_the_remedy(docker: Probe, remedy: str) -> None:
    """An engine that refuses us is different from one that is not installed."""
    with pytest.raises(SetupTrouble) as trouble:
        engine.choice({"docker": docker, "podman": NOTHING})

    assert "podman: not installed" in str(trouble.value)
    assert (docker.said or "docker: not installed") in str(trouble.value)
    assert remedy in str(trouble.value)


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("docker", DOCKER.said, ("28.2.2", 2, Path("/var/lib/docker"), False)),
        ("docker", "28.2.2|2|/home/a/.local/share/docker|[name=rootless]", ("28.2.2", 2, Path("/home/a/.local/share/docker"), True)),
        ("podman", PODMAN.said, ("4.3.1", 1, Path("/var/lib/containers/storage"), False)),
        ("podman", "5.4.0|v2|/home/a/storage|rootless=true", ("5.4.0", 2, Path("/home/a/storage"), True)),
    ],
)
def test_facts_are_read_from_the_engines_own_words(name: str, said: str, expected: tuple[str, int, Path, bool]) -> None:
    """Version, cgroup version, storage and rights."""
    found = engine.described(name, Probe(f"/usr/bin/{name}", True, said), "because", {})

    assert (found.version, found.cgroup, found.storage, found.rootless) == expected


def test_kind_is_always_told_which_engine() -> None:
    """It would choose docker wherever Docker's client exists."""
    assert engine.complete("docker", {"A": "b"})["KIND_EXPERIMENTAL_PROVIDER"] == "docker"
    assert engine.complete("docker", {"A": "b"})["A"] == "b"


def test_the_users_own_podman_settings_are_left_alone() -> None:
    """If somebody names a file, there is a reason."""
    assert engine.complete("podman", {"CONTAINERS_CONF": "/mine"})["CONTAINERS_CONF"] == "/mine"


def test_a_proxy_never_sees_the_clusters_addresses() -> None:
    """The user's exceptions stay, each listed once."""
    words = engine.direct({"NO_PROXY": "intern.example,localhost"})["NO_PROXY"].split(",")

    assert words[:2] == ["intern.example", "localhost"]
    assert words.count("localhost") == 1
    assert {"127.0.0.1", "10.96.0.0/12", "10.244.0.0/16", ".svc"} <= set(words)


def test_podmans_settings_stay_below_the_machines_hard_limits() -> None:
    """Unlimited (negative) and high ones are capped, since a node needs no more."""
    assert '"nofile=4096:4096"' in podman.settings_text(4096, -1)
    assert '"nproc=20000:20000"' in podman.settings_text(4096, -1)
    assert 'runtime = "runc"' in podman.settings_text(4096, -1)


def test_capabilities_are_read_as_the_kernels_bit_mask(tmp_path: Path) -> None:
    """A system without that file has none."""
    (tmp_path / "status").write_text("Name:\tx\nCapPrm:\t0000000000000001\nCapEff:\t000001fffeffffff\n")

    assert podman.effective_capabilities(tmp_path / "status") == 0x1FFFEFFFFFF
    assert podman.effective_capabilities(tmp_path / "none") is None


@pytest.mark.parametrize(("program", "stays"), [("aardvark-dns", True), ("sleep", False), (None, False)])
def test_a_stale_pid_file_of_a_name_server_is_removed(tmp_path: Path, program: str | None, stays: bool) -> None:  # noqa: FBT001
    """Podman would send a signal to whatever process has that ID now."""
    (tmp_path / "notes").mkdir()
    note = tmp_path / "notes" / "aardvark.pid"
    note.write_text("77")
    if program:
        (tmp_path / "77").mkdir()
        (tmp_path / "77" / "comm").write_text(f"{program}\n")

    podman.forget_dead_name_server(tmp_path / "notes", tmp_path)

    assert note.exists() == stays
