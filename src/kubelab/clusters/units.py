"""The services that everything else on a node depends on: its kubelet and its container runtime. They may have been stopped."""

from collections.abc import Callable, Sequence

from kubelab.output import Output

UNITS = ("containerd", "kubelet")
"""Their names for systemd, in the order in which they are started."""
RUNS = frozenset({"active", "activating", "reloading"})
Execute = Callable[[str, Sequence[str]], Output]
"""Runs a program in a node."""


def start(execute: Execute, node: str) -> list[str]:
    """Start the services that do not run, which keeps everything in the cluster; the names of those."""
    states = execute(node, ["systemctl", "is-active", *UNITS]).out.split()
    stopped = [unit for unit, state in zip(UNITS, states, strict=True) if state not in RUNS] if len(states) == len(UNITS) else []
    if stopped:
        execute(node, ["systemctl", "start", *stopped])
    return stopped
