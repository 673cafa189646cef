"""A kind cluster of our own: found, created once under a lock, recreated when its nodes are gone, removed."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters import addresses, cluster_folder, creation, engine, kindconfig, prepulled
from kubelab.clusters.cluster_folder import KnownCluster
from kubelab.clusters.kind_nodes import KindNodes
from kubelab.clusters.outside import run_outside
from kubelab.clusters.process import failure, run
from kubelab.clusters.progress import Progress
from kubelab.clusters.provider import OURS, Cluster
from kubelab.clusters.settings import Settings
from kubelab.errors import SetupTrouble
from kubelab.output import Output
from kubelab.policy import OWN, PUBLIC

REVIVAL = (
    "end=$((SECONDS+60)); until curl -sk -m 2 https://localhost:6443/readyz >/dev/null; do [ $SECONDS -lt $end ] || exit 1; sleep 1; done"
)
"""Run in the control plane's node: return once the API server answers, or fail after a minute."""
CONTROL_PLANE = ("--namespace", "kube-system", "pod", "--selector", "tier=control-plane", "--for=condition=Ready")
"""What to wait for until its kubelet reports it too: before, each failure would be blamed on it."""


@dataclass(frozen=True)
class KindProvider:
    """The provider of the kind cluster that the settings name."""

    settings: Settings

    @property
    def nodes(self) -> KindNodes:
        """The cluster's nodes."""
        return KindNodes(self.settings)

    def find(self) -> Cluster | None:
        """The cluster if an `up` finished it, its API server answers and the processes of all its nodes run."""
        known = cluster_folder.read(self.settings.folder)
        if not known or known.phase != cluster_folder.READY or not self.settings.kubeconfig.exists():
            return None
        seen = self.nodes.server(known).nodes()
        return self._cluster(known, seen.version) if seen and seen.items and self.nodes.alive(known) else None

    def up(self, progress: Progress) -> Cluster:
        """The cluster: the running one if it is what was asked for, else a new one; one process at a time."""
        with cluster_folder.locked(self.settings.folder, progress):
            cluster = None if self.settings.fresh else self.find() or self._revived(progress)
            if cluster:
                self._fits(cluster)
                self.nodes.await_ready(progress)
            else:
                cluster = self._cluster(creation.ClusterMaker(self.settings, progress).make())
            if not self.nodes.known().own:
                prepulled.ensure(self.settings, progress)
            return cluster

    def down(self, progress: Progress | None = None) -> None:
        """Remove the cluster's containers, its kubeconfig and what its folder keeps; the images stay."""
        progress = progress or Progress(quiet=True)
        with cluster_folder.locked(self.settings.folder, progress):
            try:
                chosen = engine.choose()
            except SetupTrouble:
                if not cluster_folder.read(self.settings.folder):
                    return
                raise
            creation.clear(self.settings, chosen, progress)

    def execute(self, node: str, argv: Sequence[str], *, timeout: float = 10) -> Output:
        """Run a program in the node itself, as root."""
        return self.nodes.execute(node, argv, timeout=timeout)

    def by_hand(self, node: str, argv: Sequence[str]) -> str:
        """The command by which a person runs a program in the node itself."""
        return self.nodes.by_hand(node, argv)

    def reach(self, node: str) -> None:
        """Return if the node is one of ours; else SetupTrouble with the names of those that are."""
        self.nodes.reach(node)

    def pause(self, node: str) -> None:
        """Freeze the node's container; one that is frozen already is fine."""
        self.nodes.pause(node)

    def unpause(self, node: str) -> None:
        """Unfreeze the node's container; one that is not frozen is fine."""
        self.nodes.unpause(node)

    def outside(self, argv: Sequence[str], *, near: str = "", timeout: float = 10) -> Output:
        """Run curl on this machine, or in a container on the nodes' network where this machine does not reach them."""
        known = self.nodes.known()
        return run_outside(self.nodes.engine(known), kindconfig.NETWORK, known.image, argv, near, timeout)

    def addresses(self) -> list[str]:
        """Addresses of the nodes' network for load balancers."""
        return addresses.of_cluster(self.settings.folder, f"{self.settings.name}-control-plane", self.nodes.engine(self.nodes.known()))

    def notes(self) -> list[str]:
        """The progress of the nodes in pulling the labs' images."""
        return prepulled.told(self.settings)

    def collect_logs(self, folder: Path) -> None:
        """Write kind's export of all nodes' logs into the folder, without what kind cannot read, such as images without crictl."""
        known = self.nodes.known()
        before = _logs(folder)
        words = [known.kind, "export", "logs", os.fspath(folder), "--name", self.settings.name]
        output = run(words, 180, self.nodes.engine(known).environment)
        if not output.good and _logs(folder) == before:
            raise SetupTrouble(failure(words, output, "The nodes' logs could not be collected", "Is it up? kubelab status"))

    def _cluster(self, known: KnownCluster, version: str = "") -> Cluster:
        server = self.nodes.server(known)
        version = version or server.version()
        return Cluster(
            self.settings.name,
            "kind",
            server.kubeconfig,
            server.context,
            version,
            known.reason,
            images=OWN if known.own else PUBLIC,
            kubectl=server.kubectl,
            can=OURS,
        )

    def _revived(self, progress: Progress) -> Cluster | None:
        """The cluster if all its nodes run and its API server answers within a minute (it may be starting)."""
        known = cluster_folder.read(self.settings.folder)
        if not known or known.phase != cluster_folder.READY or not self.nodes.alive(known):
            return None
        node = f"{self.settings.name}-control-plane"
        with progress.stage("waiting for the API server of the running cluster", 20):
            self.unpause(node)
            self.nodes.start(node, progress)
            answers = self.execute(node, ["bash", "-c", REVIVAL], timeout=70).good
            if answers:
                self.nodes.server(known).ask("wait", *CONTROL_PLANE, "--timeout=60s", timeout=70)
        found = self.find()
        if answers and not found and self.settings.kubeconfig.exists() and self.nodes.alive(known):
            raise SetupTrouble(self._slow())  # a cluster that is only slow is not thrown away
        return found

    def _slow(self) -> str:
        text = f'The nodes of cluster "{self.settings.name}" run and its API server answers, but not within 5 s: the machine is very busy.'
        return f"{text}\nTry again later, or recreate it (what runs in it is lost): kubelab up --name {self.settings.name} --fresh"

    def _fits(self, cluster: Cluster) -> None:
        """Return if the running cluster is what was asked for; else SetupTrouble that says how it differs."""
        why = next(self._misfits(cluster), "")
        if why:
            wanted = self.settings
            asked_first = f" --mirror {wanted.mirror}" if wanted.mirror else ""
            again = f"kubelab up --name {wanted.name} --kubernetes {wanted.version} --workers {wanted.size}{asked_first} --fresh"
            raise SetupTrouble(f'Cluster "{wanted.name}" {why}.\nRecreate it (what runs in it is lost): {again}')

    def _misfits(self, cluster: Cluster) -> Iterator[str]:
        known, wanted = self.nodes.known(), self.settings
        if wanted.kubernetes and f"v{wanted.kubernetes}" != cluster.version and wanted.kubernetes != known.kubernetes:
            yield f"runs Kubernetes {cluster.version}, not v{wanted.kubernetes}"
        if wanted.workers is not None and wanted.workers != known.workers:
            yield f"has {known.workers} workers, not {wanted.workers}"
        if wanted.mirror is not None and wanted.mirror != known.mirror:
            yield f"asks {known.mirror or 'no mirror'} for images, not {wanted.mirror}"
        if known.own and not cluster_folder.has_images(wanted.folder):
            yield "was made by another version of kubelab: it does not have all the images that labs name now"


def _logs(folder: Path) -> dict[Path, tuple[int, int]]:
    """The log files in it, each with the time of its last change in nanoseconds and its size in bytes."""
    return {file: ((found := file.stat()).st_mtime_ns, found.st_size) for file in folder.rglob("*.log")}
