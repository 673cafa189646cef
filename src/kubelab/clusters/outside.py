"""Running a program outside the cluster, where its nodes can be reached: on this machine, or in a container beside them."""

import shutil
import socket
from collections.abc import Sequence

from kubelab.clusters.engine import Engine
from kubelab.clusters.process import Output, run

NETWORK = "kind"
"""The engine's network that kind puts its nodes on."""
KUBELET = 10250
"""The port that every node serves."""
PATIENCE = 1.0
"""Seconds in which a node that can be reached lets us connect."""
START = 15
"""Seconds that a container may need to begin."""


def run_outside(engine: Engine, image: str, argv: Sequence[str], near: str, timeout: float) -> Output:
    """Run it on this machine where it has the program and reaches the node's address `near`; else (macOS, Windows) beside the nodes."""
    if shutil.which(argv[0]) and is_reachable(near):
        return run(list(argv), timeout)
    words = ["run", "--rm", "--network", NETWORK, "--entrypoint", argv[0], image, *argv[1:]]
    return engine.run(*words, timeout=timeout + START)


def is_reachable(address: str) -> bool:
    """Whether this machine has a way to a node's address."""
    try:
        socket.create_connection((address, KUBELET), PATIENCE).close()
    except OSError:
        return False
    return True
