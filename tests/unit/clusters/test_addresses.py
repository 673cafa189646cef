"""Which addresses load balancers get: free ones that the engine assigns last, and none of another cluster."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters import addresses
from kubelab.clusters.addresses import COUNT, Network, spare
from kubelab.clusters.engine import Engine
from kubelab.errors import SetupTrouble
from kubelab.output import Output

PODMAN = [{"subnets": [{"subnet": "fc00::/64", "gateway": "fc00::1"}, {"subnet": "10.89.0.0/24", "gateway": "10.89.0.1"}]}]
DOCKER = [{"IPAM": {"Config": [{"Subnet": "172.18.0.0/16", "Gateway": "172.18.0.1"}, {"Subnet": "fc00::/64"}]}}]


def network(containers: str, base: str = "10.89.0", prefix: int = 24) -> Network:
    """A network whose containers have these last numbers."""
    taken = frozenset(IPv4Address(f"{base}.{number}") for number in containers.split())
    return Network(IPv4Network(f"{base}.0/{prefix}"), frozenset({IPv4Address(f"{base}.1")}), taken)


def numbers(found: list[IPv4Address]) -> tuple[str, str]:
    """The first and the last number."""
    return str(found[0]), str(found[-1])


@dataclass(frozen=True)
class Played(Engine):
    """An engine that answers by the first words of the command."""

    says: Mapping[str, str] = field(default_factory=dict)

    def run(self, *words: Any, **_options: Any) -> Output:
        """The answer, or a complaint."""
        said = next((text for start, text in self.says.items() if " ".join(words).startswith(start)), None)
        return Output(1, "", "no such thing") if said is None else Output(0, said, "")


def played(described: Any, containers: str) -> Played:
    """A fake engine with this network and containers at these addresses."""
    says = {
        "inspect --format {{range $name": "kind ",
        "network inspect kind": json.dumps(described),
        "ps --quiet --filter network=kind": "one two",
        "inspect --format {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}} one two": containers,
    }
    return Played("podman", "/bin/podman", "4", "", {}, says=says)


@pytest.mark.parametrize(
    ("containers", "found"),
    [
        ("2 3 4", ("10.89.0.239", "10.89.0.254")),
        ("127 128 129", ("10.89.0.111", "10.89.0.126")),
        ("2 3 100 101", ("10.89.0.239", "10.89.0.254")),
        ("5 6 7", ("10.89.0.242", "10.89.0.4")),
        ("", ("10.89.0.239", "10.89.0.254")),
    ],
)
def test_the_addresses_are_those_the_engine_comes_to_last(containers: str, found: tuple[str, str]) -> None:
    """Right before the containers that follow the longest free range, which may wrap around the end; never the router's."""
    chosen = spare(network(containers), ())

    assert numbers(chosen) == found
    assert len(chosen) == COUNT
    assert IPv4Address("10.89.0.1") not in chosen


def test_a_wide_network_is_looked_at_in_part() -> None:
    """Docker's has 65,534 addresses; a larger one is not searched to its end."""
    assert numbers(spare(network("2 3", "172.18.0", 16), ())) == ("172.18.255.239", "172.18.255.254")
    assert numbers(spare(Network(IPv4Network("10.0.0.0/8"), frozenset(), frozenset()), ())) == ("10.0.255.241", "10.1.0.0")


def test_addresses_of_other_clusters_are_taken() -> None:
    """Even if no container has them."""
    others = [IPv4Address(f"10.89.0.{number}") for number in range(111, 127)]

    assert numbers(spare(network("127 128"), others)) == ("10.89.0.95", "10.89.0.110")


def test_a_network_that_is_full_is_told_with_the_remedy() -> None:
    """If there are fewer addresses than wanted, there is no pool."""
    small = Network(IPv4Network("10.0.0.0/28"), frozenset(), frozenset())

    with pytest.raises(SetupTrouble, match=r"10\.0\.0\.0/28 has no 16 free addresses(.|\n)*kubelab down"):
        spare(small, ())


@pytest.mark.parametrize(
    ("described", "containers", "found"),
    [(PODMAN, "10.89.0.2 10.89.0.3 ", "10.89.0.254"), (DOCKER, "172.18.0.2 172.18.0.3", "172.18.255.254")],
)
def test_both_engines_tell_of_their_networks(tmp_path: Path, described: Any, containers: str, found: str) -> None:
    """Each in its own format; IPv6 is left alone."""
    (tmp_path / "one").mkdir()

    assert addresses.of_cluster(tmp_path / "one", "one-control-plane", played(described, containers))[-1] == found


def test_a_cluster_keeps_its_addresses_and_another_one_gets_others(tmp_path: Path) -> None:
    """Even if a container has taken one of them."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    first = addresses.of_cluster(tmp_path / "one", "one-control-plane", played(PODMAN, "10.89.0.2"))

    assert addresses.of_cluster(tmp_path / "one", "one-control-plane", played(PODMAN, "10.89.0.250")) == first
    assert not set(first) & set(addresses.of_cluster(tmp_path / "two", "two-control-plane", played(PODMAN, "10.89.0.2")))


def test_a_network_without_ipv4_is_told(tmp_path: Path) -> None:
    """There is no address to give out."""
    (tmp_path / "one").mkdir()

    with pytest.raises(SetupTrouble, match='"kind" has no IPv4 range'):
        addresses.of_cluster(tmp_path / "one", "n", played([{"subnets": [{"subnet": "fc00::/64"}]}], ""))


def test_an_engine_that_does_not_tell_is_trouble(tmp_path: Path) -> None:
    """With the engine's own message."""
    (tmp_path / "one").mkdir()

    with pytest.raises(SetupTrouble, match="no such thing"):
        addresses.of_cluster(tmp_path / "one", "n", Played("podman", "/bin/podman", "4", "", {}))
