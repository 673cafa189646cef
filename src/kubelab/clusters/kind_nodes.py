"""The nodes of a kind cluster: whether they run, running programs in them, freezing them, and starting stopped ones again."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kubelab import locks
from kubelab.clusters import cluster_folder, containers, engine, kindconfig, units
from kubelab.clusters.cluster_folder import KnownCluster
from kubelab.clusters.engine import Engine
from kubelab.clusters.process import failure
from kubelab.clusters.progress import Progress
from kubelab.clusters.server import Server
from kubelab.clusters.settings import Settings, locks_folder
from kubelab.errors import SetupTrouble
from kubelab.output import Output


@dataclass(frozen=True)
class KindNodes:
    """The nodes of the kind cluster that the settings name."""

    settings: Settings

    def execute(self, node: str, argv: Sequence[str], *, timeout: float = 10) -> Output:
        """Run a program in the node itself, as root."""
        return self.engine(self.known()).run("exec", node, *argv, timeout=timeout)

    def by_hand(self, node: str, argv: Sequence[str]) -> str:
        """The command by which a person runs a program in the node itself."""
        return shlex.join([self.known().engine, "exec", node, *argv])

    def reach(self, node: str) -> None:
        """Return if the node is one of ours; else SetupTrouble with the names of those that are."""
        self._state(node)

    def pause(self, node: str) -> None:
        """Freeze the node's container; one that is frozen already is fine."""
        self._switch("pause", node, "paused")

    def unpause(self, node: str) -> None:
        """Unfreeze the node's container; one that is not frozen is fine."""
        self._switch("unpause", node, "running")

    def known(self) -> KnownCluster:
        """The cluster as its folder tells; SetupTrouble where there is none."""
        known = cluster_folder.read(self.settings.folder)
        if not known:
            raise SetupTrouble(f'There is no cluster "{self.settings.name}".\nMake it: kubelab up --name {self.settings.name}')
        return known

    def engine(self, known: KnownCluster) -> Engine:
        """The container engine that runs the cluster; SetupTrouble where it is not there any more."""
        found = engine.recorded(known.engine)
        if not found:
            raise SetupTrouble(f"{known.engine}, which runs the cluster, is not on PATH any more.\nSee what there is: kubelab doctor")
        return found

    def server(self, known: KnownCluster) -> Server:
        """The cluster's API server."""
        return Server(Path(known.kubectl), self.settings.kubeconfig, f"kind-{self.settings.name}")

    def listed(self, known: KnownCluster) -> list[containers.Node]:
        """The nodes' containers as the engine lists them; SetupTrouble where it does not."""
        return containers.nodes(self.engine(known), kindconfig.label(self.settings.name))

    def alive(self, known: KnownCluster) -> bool:
        """Whether every node is there and its processes run."""
        try:
            chosen = self.engine(known)
            found = containers.nodes(chosen, kindconfig.label(self.settings.name))
        except SetupTrouble:
            return False
        return len(found) == known.workers + 1 and all(node.lives(chosen) for node in found)

    def await_ready(self, progress: Progress) -> None:
        """Return once every node is ready, except those that a running lab has stopped, which will start them again."""
        stopped, server = self._stopped(progress), self.server(self.known())
        seen = server.nodes()
        unready = [node for node in seen.unready if node not in stopped] if seen else []
        if not unready:
            return
        for node in unready:
            self.start(node, progress)
        with progress.stage(f"waiting for node {', '.join(unready)}", 30):
            output = server.ask("wait", "node", *unready, "--for=condition=Ready", "--timeout=90s", timeout=100)
        if not output.good:
            text = f"Node {', '.join(unready)} does not become ready within 90 s."
            again = f"kubelab up --name {self.settings.name} --fresh"
            raise SetupTrouble(f"{text}\nRecreate the cluster (what runs in it is lost): {again}")

    def start(self, node: str, progress: Progress) -> None:
        """Start the services in a node that somebody has stopped."""
        if started := units.start(self.execute, node):
            progress.line(f"node {node}: {' and '.join(started)} did not run, and {'was' if len(started) == 1 else 'were'} started again")

    def _stopped(self, progress: Progress) -> list[str]:
        """The nodes that a running lab has stopped; those that a killed one left stopped are started again."""
        with locks.nobody_alone(locks_folder(self.settings.name)) as free:
            stopped = [node.name for node in self.listed(self.known()) if node.state == "paused"]
            why = "was left stopped, and is started again" if free else "is stopped by a lab that runs now"
            for node in stopped:
                progress.line(f"node {node} {why}")
                if free:
                    self.unpause(node)
        return [] if free else stopped

    def _switch(self, verb: str, node: str, wanted: str) -> None:
        known = self.known()
        output = Output(0, "", "") if self._state(node) == wanted else self.engine(known).run(verb, node)
        if not output.good:
            raise SetupTrouble(failure([known.engine, verb, node], output, f"Node {node} could not be {verb}d"))

    def _state(self, node: str) -> str:
        """The engine's word for the state of the node's container."""
        states = {one.name: one.state for one in self.listed(self.known())}
        if node not in states:
            raise SetupTrouble(f'Cluster "{self.settings.name}" has no node "{node}".\nIts nodes: {", ".join(sorted(states))}')
        return states[node]
