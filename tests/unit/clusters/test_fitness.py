"""Findings from facts: what prevents a cluster, and the command that fixes it."""

from dataclasses import replace
from pathlib import Path

import pytest

from kubelab.clusters import facts, fitness
from kubelab.clusters.engine import Engine
from kubelab.clusters.facts import Facts
from kubelab.clusters.fitness import Verdict
from kubelab.errors import SetupTrouble

PODMAN = Engine("podman", "/usr/bin/podman", "4.3.1", "no Docker daemon answers", {}, cgroup=1)
GOOD = Facts(
    workers=2, engine=PODMAN, capabilities=0x1FFFEFFFFFF, inotify=128, used=10, watches=192536, memory=8000, disk=50000, cache=50000
)


def test_a_fit_machine_has_only_fine_findings() -> None:
    """Nothing is refused then."""
    found = fitness.findings(GOOD)

    assert {one.verdict for one in found} == {Verdict.FINE}
    assert {one.remedy for one in found} == {""}
    fitness.refuse(found)


@pytest.mark.parametrize(
    ("change", "thing", "verdict", "remedy"),
    [
        ({"system": "win32"}, "system", Verdict.STOPS, "wsl --install"),
        ({"engine": None, "trouble": "No container engine answers"}, "engine", Verdict.STOPS, ""),
        ({"engine": replace(PODMAN, version="3.4.4")}, "engine", Verdict.ADVICE, "sudo apt-get install podman"),
        ({"engine": replace(PODMAN, name="docker", version="19.03.1")}, "engine", Verdict.ADVICE, "sudo apt-get install docker.io "),
        ({"engine": replace(PODMAN, rootless=True)}, "rights", Verdict.STOPS, "sudo kubelab up"),
        ({"capabilities": 0xA80425FB}, "rights", Verdict.STOPS, "docker run --privileged"),
        ({"missing": ("netavark", "runc")}, "packages", Verdict.STOPS, "sudo apt-get install netavark runc"),
        ({"modules": False}, "modules", Verdict.STOPS, "sudo mkdir -p /lib/modules"),
        ({"used": 100}, "inotify", Verdict.STOPS, "sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288"),
        ({"watches": 8192}, "inotify", Verdict.ADVICE, "sudo sysctl fs.inotify"),
        ({"memory": 700}, "memory", Verdict.STOPS, "kubelab up --workers 0"),
        ({"disk": 1500}, "disk", Verdict.STOPS, "podman system prune"),
        ({"cache": 5000}, "disk", Verdict.ADVICE, "podman system prune"),
        ({"listener": True}, "ports", Verdict.STOPS, "sudo ss -lunp 'sport = :53'"),
    ],
)
def test_each_shortage_is_found_with_the_command_that_fixes_it(
    change: dict[str, object], thing: str, verdict: Verdict, remedy: str
) -> None:
    """After a mere advice `up` goes on; any other finding stops it with that text."""
    found = fitness.findings(replace(GOOD, **change))  # type: ignore[arg-type]
    finding = next(one for one in found if one.thing == thing)

    assert finding.verdict is verdict
    assert remedy in finding.remedy
    if verdict is Verdict.STOPS:
        with pytest.raises(SetupTrouble, match="cannot run the cluster yet") as trouble:
            fitness.refuse(found)
        assert remedy in str(trouble.value)
    else:
        fitness.refuse(found)


def test_nodes_that_stand_already_are_not_counted_twice() -> None:
    """A recreated cluster gives back what it uses; one worker more needs one worker's share."""
    assert fitness.inotify(replace(GOOD, used=100, standing=3)).verdict is Verdict.FINE
    assert "needs 15;" in fitness.inotify(replace(GOOD, used=100, standing=2)).found


@pytest.mark.parametrize(
    ("change", "room"),
    [
        ({"used": 0}, "room for 2 clusters of 3 nodes"),
        ({"used": 60, "standing": 3}, "room for 1 more cluster of 3 nodes"),
        ({"workers": 0, "used": 100}, "room for 0 clusters of 1 node"),
        ({"inotify": 8192, "watches": 16384}, "room for 5 clusters of 3 nodes"),
    ],
)
def test_it_says_how_many_clusters_fit(change: dict[str, object], room: str) -> None:
    """By the tighter of inotify's two limits."""
    assert fitness.inotify(replace(GOOD, **change)).found.endswith(room)  # type: ignore[arg-type]


def test_a_system_that_tells_nothing_is_taken_as_fine() -> None:
    """Docker's own virtual machine has its own limits."""
    docker = replace(PODMAN, name="docker", version="28.2.2", cgroup=2)

    assert {one.verdict for one in fitness.findings(Facts(workers=2, engine=docker))} == {Verdict.FINE}


@pytest.mark.parametrize(("name", "says"), [("linux", "Linux: everything runs"), ("darwin", "macOS: labs run with Docker, or with podman")])
def test_it_says_what_runs_on_a_system(name: str, says: str) -> None:
    """The first finding, whether there is an engine or not."""
    for engine in (PODMAN, None):
        finding = fitness.findings(replace(GOOD, system=name, engine=engine))[0]

        assert finding.verdict is Verdict.FINE
        assert finding.found.startswith(says)


def test_a_finding_is_one_line_and_its_remedy_another() -> None:
    """Aligned, so that a list of them reads as a table."""
    lines = fitness.modules(replace(GOOD, modules=False)).lines()

    assert lines[0] == "✗ modules  /lib/modules is missing, and podman cannot mount it"
    assert lines[1] == "           fix it: sudo mkdir -p /lib/modules"


@pytest.mark.parametrize(
    ("local", "taken"), [("00000000:0035", True), ("0100007F:0035", False), ("00000000:0036", False), ("0" * 32 + ":0035", True)]
)
def test_only_a_listener_on_every_address_is_in_the_way_of_podmans_name_server(tmp_path: Path, local: str, taken: bool) -> None:  # noqa: FBT001
    """As in the kernel's table of UDP sockets, with ports in hexadecimal."""
    (tmp_path / "udp").write_text(f"  sl  local_address rem_address\n   1: {local} 00000000:0000 07\n")

    assert facts.everywhere(53, (tmp_path / "udp", tmp_path / "none")) == taken


def test_open_inotify_instances_are_counted(tmp_path: Path) -> None:
    """Processes that vanish or that we may not inspect count as nothing."""
    descriptors = tmp_path / "12" / "fd"
    descriptors.mkdir(parents=True)
    (descriptors / "1").symlink_to("anon_inode:inotify")
    (descriptors / "2").symlink_to("/dev/null")
    (tmp_path / "13").mkdir()

    assert facts.inotify_used(tmp_path) == 1
