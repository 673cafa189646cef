"""The services of a node on which all else there stands: its kubelet and its container runtime. They may have been stopped."""

from collections.abc import Callable, Sequence

from kubelab.output import Output

UNITS = ("containerd", "kubelet")
"""By the names that systemd knows them by, in the order in which they are started."""
RUNS = frozenset({"active", "activating", "reloading"})
Execute = Callable[[str, Sequence[str]], Output]
"""Runs a program in a node."""


def start(execute: Execute, node: str) -> list[str]:
    """Start those that do not run, which keeps everything that is in the cluster; which they were."""
    states = execute(node, ["systemctl", "is-active", *UNITS]).out.split()
    stopped = [unit for unit, state in zip(UNITS, states, strict=True) if state not in RUNS] if len(states) == len(UNITS) else []
    if stopped:
        execute(node, ["systemctl", "start", *stopped])
    return stopped
