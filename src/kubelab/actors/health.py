"""What the programs of a node report about themselves, on nodes that are ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kubelab.actors.ground import Ground
from kubelab.clusters.units import UNITS
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.output import Output

SHOW = ("systemctl", "show", "--timestamp=unix", "-p", "Id", "-p", "ActiveState", "-p", "ActiveEnterTimestamp", *UNITS)
PATIENCE = 8
"""Seconds that a health check may take: on a busy machine several."""
ANSWERED = "200"


@dataclass(frozen=True)
class Service:
    """A service of a node as systemd knows it: its state, "active" if it runs, and when it last started, None for never."""

    state: str
    since: datetime | None


def services(ground: Ground, node: str) -> Mapping[str, Service]:
    """The kubelet and the runtime of a node, by name; none where the node is not ours, or cannot be asked."""
    output = _executed(ground, node, *SHOW)
    blocks = output.out.strip().split("\n\n") if output and output.good else []
    told = [dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in blocks]
    return {one["Id"].removesuffix(".service"): _service(one) for one in told if "Id" in one}


def is_silent(ground: Ground, node: str, url: str) -> bool:
    """Whether a program of the node fails its health check; False for a node that is not ours, where that is not known."""
    output = _executed(ground, node, "curl", "-sk", "-m", str(PATIENCE), "-o", "/dev/null", "-w", "%{http_code}", url)
    return output is not None and output.code in _TOLD and output.out.strip() != ANSWERED


_TOLD = frozenset({0, 7, 28, 35, 52, 56})
"""curl's exit codes for an answer, a refused connection, a timeout and a broken connection: a request was made."""


def _service(told: Mapping[str, str]) -> Service:
    stamp = told.get("ActiveEnterTimestamp", "").removeprefix("@")
    since = datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() else None
    return Service(told.get("ActiveState", "unknown"), since)


def _executed(ground: Ground, node: str, *words: str) -> Output | None:
    if not ground.scene.cluster.can.nodes:
        return None
    try:
        return ground.scene.provider.execute(node, words, timeout=PATIENCE + 2)
    except (LabFailure, SetupTrouble):
        return None
