"""Addresses of the nodes' network that a load balancer may give out: free, and the last that the engine would give to a container."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, ip_network
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from kubelab.clusters.engine import Engine
from kubelab.errors import SetupTrouble

COUNT = 16
"""How many addresses a cluster gets for its load balancers."""
FILE = "addresses"
"""The file for them in the cluster's own folder, which is beside those of the other clusters."""
WIDE = 2**16
"""How many addresses of a network are considered."""


@dataclass(frozen=True)
class Network:
    """A container network: its IPv4 range, the addresses of its routers, and those of containers now."""

    range: IPv4Network
    routers: frozenset[IPv4Address]
    containers: frozenset[IPv4Address]


def of_cluster(folder: Path, node: str, engine: Engine) -> list[str]:
    """The addresses of the cluster whose state is in the folder, the same at every call; `node` is the name of one of its nodes."""
    from filelock import FileLock  # noqa: PLC0415  (only clusters that balance loads need it)

    with FileLock(folder.parent / "addresses.lock"):
        noted = _noted(folder / FILE)
        if not noted:
            others = {address for file in folder.parent.glob(f"*/{FILE}") for address in _noted(file)}
            noted = spare(network(engine, node), others)
            (folder / FILE).write_text("\n".join(str(address) for address in noted))
    return [str(address) for address in noted]


def spare(found: Network, others: Collection[IPv4Address], count: int = COUNT) -> list[IPv4Address]:
    """The end of the longest stretch of free addresses; SetupTrouble where no stretch is long enough. `others` are other clusters'.

    Engines give out addresses in ascending order and begin again after the last: they reach the end of the longest stretch last.
    """
    taken = found.containers.union(others)
    ring = [address for address in islice(found.range.hosts(), WIDE) if address not in found.routers]
    start = next((place for place, address in enumerate(ring) if address in taken), 0)
    turned = [*ring[start:], *ring[:start]]
    stretches = [list(group) for free, group in groupby(turned, key=lambda address: address not in taken) if free]
    longest = max(stretches, key=len, default=[])
    if len(longest) < count:
        raise SetupTrouble(
            f"The nodes' network {found.range} has no {count} free addresses in a row for load balancers.\n"
            "Remove clusters that are not needed any more: kubelab down --name NAME"
        )
    return longest[-count:]


def network(engine: Engine, node: str) -> Network:
    """The network of the node's container, as the engine describes it."""
    name = _told(engine, "inspect", "--format", "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}", node).split()[0]
    ranges = list(_ranges(json.loads(_told(engine, "network", "inspect", name))[0]))
    if not ranges:
        raise SetupTrouble(f'The network "{name}" has no IPv4 range for load balancers.\nRecreate the cluster: kubelab up --fresh')
    running = _told(engine, "ps", "--quiet", "--filter", f"network={name}").split()
    said = _told(engine, "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", *running)
    routers = frozenset(IPv4Address(router) for _, router in ranges if router)
    return Network(ranges[0][0], routers, frozenset(IPv4Address(address) for address in said.split()))


def _ranges(told: dict[str, Any]) -> Sequence[tuple[IPv4Network, str]]:
    """The IPv4 ranges of a network with their routers: podman's `subnets`, docker's `IPAM.Config`."""
    rows = told.get("subnets") or told.get("IPAM", {}).get("Config") or []
    known = [{key.lower(): value for key, value in row.items()} for row in rows]
    both = [(ip_network(row["subnet"]), str(row.get("gateway", ""))) for row in known]
    return [(one, router) for one, router in both if isinstance(one, IPv4Network)]


def _noted(file: Path) -> list[IPv4Address]:
    return [IPv4Address(line) for line in file.read_text().split()] if file.exists() else []


def _told(engine: Engine, *words: str) -> str:
    output = engine.run(*words)
    if not output.good:
        raise SetupTrouble(f"{engine.name} does not tell about the nodes' network.\n{output.tail}\nSee what is wrong: kubelab doctor")
    return output.out
