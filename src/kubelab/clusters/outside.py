"""Running curl outside the cluster, where only its nodes can be reached: on this machine, or in a container beside them."""

import shutil
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address
from pathlib import Path

from kubelab.clusters.engine import Engine
from kubelab.clusters.process import run
from kubelab.output import Output

KUBELET = 10250
"""The kubelet's port, which every node serves."""
PATIENCE = 1.0
"""Seconds within which a reachable node accepts a connection."""
START = 15
"""Seconds that a container may need to start."""
ROUTES = Path("/proc/net/route")
"""Linux' routing table: a line each, the device first, then the destination, the mask eighth, as hex digits in the machine's byte order."""
ALONE = 'ip route del default && exec "$@"'
"""In a container: remove the way out of the nodes' network."""


def run_outside(engine: Engine, network: str, image: str, argv: Sequence[str], near: str, timeout: float) -> Output:
    """Run curl (or a shell that ends with it) so that it reaches only the network of the node's address `near`; `network` is its name.

    On this machine if it has a device in that network and the program; else (macOS, Windows) in a container beside the nodes.
    """
    device = device_to(near)
    if device and shutil.which("curl") and is_reachable(near):
        return run([*argv, "--interface", device], timeout)
    words = ["run", "--rm", "--network", network, "--cap-add", "NET_ADMIN", "--entrypoint", "sh", image, "-c", ALONE, "sh", *argv]
    return engine.run(*words, timeout=timeout + START)


def device_to(address: str, routes: Path = ROUTES) -> str:
    """The device whose own network contains the address, empty if this machine has none (or is not Linux)."""
    try:
        lines = [line.split() for line in routes.read_text().splitlines()[1:]]
    except OSError:
        return ""
    return next((one[0] for one in lines if _holds(one[1], one[7], address)), "")


def is_reachable(address: str) -> bool:
    """Whether this machine can reach a node's address."""
    try:
        socket.create_connection((address, KUBELET), PATIENCE).close()
    except OSError:
        return False
    return True


def is_answered(address: str) -> bool:
    """Whether something answers this machine at an address, even by refusing: a node without a kubelet still serves its ports."""
    try:
        socket.create_connection((address, KUBELET), PATIENCE).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return True


def _holds(destination: str, mask: str, address: str) -> bool:
    network, bits = (int.from_bytes(bytes.fromhex(word)[::-1], "big") for word in (destination, mask))
    return bool(bits) and int(IPv4Address(address)) & bits == network
