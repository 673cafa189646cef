"""What a cluster is to the rest of the program, and what every provider of clusters must do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kubelab.clusters.progress import Progress
from kubelab.output import Output
from kubelab.policy import Side


@dataclass(frozen=True)
class Capabilities:
    """What labs can do with a provider's clusters; without any capability, the cluster is somebody else's and used as it is.

    `ours`: created for labs, so that the account may do everything, and what a lab lacks is an ERROR and not SKIPPED.
    `nodes`: programs can be run on its nodes, of which curl, iptables-save, systemctl and those of `node_files` must be there; and a node
    can be stopped.
    `own_images`: those of our images that are in no registry are on its nodes.
    """

    ours: bool = False
    nodes: bool = False
    own_images: bool = False


OURS = Capabilities(ours=True, nodes=True, own_images=True)
"""Those of a cluster that is created for labs alone."""


@dataclass(frozen=True)
class Cluster:
    """A cluster that answers.

    `provider` is its name, such as "kind"; `version` the server's, as "v1.36.3"; `reason` says why this cluster, engine and image;
    `images`: which side of the image policy it runs, "own" on our own node image; `kubectl` is the program to talk to it with.
    """

    name: str
    provider: str
    kubeconfig: Path
    context: str
    version: str
    reason: str
    images: Side
    kubectl: Path
    can: Capabilities = Capabilities()


class Provider(Protocol):
    """A way of getting a cluster."""

    def find(self) -> Cluster | None:
        """The cluster if it runs and works, else None; quick and without side effects."""

    def up(self, progress: Progress) -> Cluster:
        """The cluster, found, created or repaired; SetupTrouble when that is not possible."""

    def down(self, progress: Progress | None = None) -> None:
        """Remove what `up` created; if there is nothing, that is fine."""

    def execute(self, node: str, argv: Sequence[str], *, timeout: float = 10) -> Output:
        """Run a program in the node itself."""

    def by_hand(self, node: str, argv: Sequence[str]) -> str:
        """The command by which a person runs a program in the node itself."""

    def outside(self, argv: Sequence[str], *, near: str = "", timeout: float = 10) -> Output:
        """Run curl outside the cluster, in the network of the node's address `near`."""

    def reach(self, node: str) -> None:
        """Return if the node's container can be paused; else SetupTrouble."""

    def pause(self, node: str) -> None:
        """Freeze everything that runs on the node, as if it had lost its power."""

    def unpause(self, node: str) -> None:
        """Unfreeze a node; one that is not frozen is fine."""

    def addresses(self) -> Sequence[str]:
        """IPv4 addresses of the nodes' network that nothing else uses, for a load balancer to give out. The same at every call."""

    def notes(self) -> Sequence[str]:
        """Further lines for `kubelab status`."""

    def collect_logs(self, folder: Path) -> None:
        """Write the nodes' logs into the folder."""
