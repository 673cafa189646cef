"""Creates a kind cluster, after removing what a dead or half-made one left; a failure or Ctrl-C leaves nothing behind."""

import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kubelab.clusters import apt, cluster_folder, containers, engine, facts, fitness, image_choice, kindconfig, mirror, readiness
from kubelab.clusters.cluster_folder import KnownCluster
from kubelab.clusters.engine import Engine
from kubelab.clusters.image_choice import Image
from kubelab.clusters.prepulled import background
from kubelab.clusters.process import end_group, failure, run
from kubelab.clusters.progress import Progress
from kubelab.clusters.server import Server
from kubelab.clusters.settings import Settings, cache_folder
from kubelab.errors import SetupTrouble
from kubelab.output import Output

LIMIT = 600
"""Seconds that kind may take."""


@dataclass(frozen=True)
class ClusterMaker:
    """Creates the cluster that the settings name; the caller holds the lock."""

    settings: Settings
    progress: Progress

    def make(self) -> KnownCluster:
        """A new cluster in which everything is ready; SetupTrouble, before anything is changed, when the machine cannot run one."""
        apt.ensure(self.progress)
        machine = facts.gather(self.settings.name, self.settings.size)
        fitness.refuse(fitness.findings(machine))
        chosen = machine.engine or engine.choose()
        self.progress.line(f"engine: {chosen.name} {chosen.version} ({chosen.reason})")
        clear(self.settings, chosen, self.progress)
        node = image_choice.choose(self.settings, chosen, self.progress)
        self.progress.line(f"node image: {node.reason}")
        return self._created(chosen, node)

    def _created(self, chosen: Engine, node: Image) -> KnownCluster:
        known = self._recorded(chosen, node)
        cluster_folder.keep_images(self.settings.folder)
        try:
            self._create(known, chosen, node)
            self._await(known, chosen)
        except BaseException:
            with uninterrupted():
                clear(self.settings, chosen, self.progress)
            raise
        ready = replace(known, phase=cluster_folder.READY, child=0)
        cluster_folder.write(self.settings.folder, ready)
        return ready

    def _recorded(self, chosen: Engine, node: Image) -> KnownCluster:
        wanted = self.settings
        mirrored = f"; mirror {wanted.mirror}" if wanted.mirror else ""
        reason = f"{chosen.name} {chosen.version} ({chosen.reason}); {node.reason}{mirrored}"
        kind, kubectl = (os.fspath(cluster_folder.keep(wanted.folder, one) if _ours(one) else one) for one in (node.kind, node.kubectl))
        known = KnownCluster(cluster_folder.MAKING, wanted.version, wanted.size, chosen.name, node.name, node.own, kind, kubectl, reason)
        return replace(known, mirror=wanted.mirror or "")

    def _create(self, known: KnownCluster, chosen: Engine, node: Image) -> None:
        wanted = self.settings
        text = kindconfig.text(wanted.size)
        what = f'creating cluster "{wanted.name}" with {wanted.size} workers, Kubernetes {wanted.version}'
        with _file(text) as config, self.progress.stage(what, 18 + 9 * wanted.size, then="nodes, network and DNS ready"):
            options = ["--name", wanted.name, "--image", node.name, "--config", config, "--kubeconfig", os.fspath(wanted.kubeconfig)]
            words = [known.kind, "create", "cluster", *options, "--retain"]
            output = run(
                words, LIMIT, chosen.environment, started=lambda child: cluster_folder.write(wanted.folder, replace(known, child=child))
            )
        if not output.good:
            raise SetupTrouble(failure(words, output, "kind could not create the cluster", self._logs(known, chosen)))

    def _await(self, known: KnownCluster, chosen: Engine) -> None:
        server = Server(Path(known.kubectl), self.settings.kubeconfig, f"kind-{self.settings.name}")
        names = [node.name for node in containers.nodes(chosen, kindconfig.label(self.settings.name))]

        def execute(node: str, words: Sequence[str], limit: float) -> Output:
            return chosen.run("exec", node, *words, timeout=limit)

        for node in names if self.settings.mirror else ():
            mirror.tell(execute, node, str(self.settings.mirror))
        with self.progress.stage("waiting for nodes, network and DNS", 15, then="done"):
            readiness.settled(server, execute, names)

    def _logs(self, known: KnownCluster, chosen: Engine) -> str:
        folder = self.settings.folder / "logs"
        run([known.kind, "export", "logs", os.fspath(folder), "--name", self.settings.name], 120, chosen.environment)
        return f"The nodes' logs are in {folder}; see whether the machine is fit: kubelab doctor"


def _ours(program: Path) -> bool:
    """Whether it is in our cache, which may be cleared while the cluster runs."""
    return program.is_relative_to(cache_folder())


def clear(settings: Settings, chosen: Engine, progress: Progress) -> None:
    """Remove everything of the cluster: processes that still create it or pull images for it, its nodes, its folder's files."""
    known = cluster_folder.read(settings.folder)
    background.end(settings.folder, settings.name)
    if known:
        _end_orphan(known.child, settings.name)
    left = containers.nodes(chosen, kindconfig.label(settings.name))
    if left and not known and settings.name != Settings.name:
        raise SetupTrouble(
            f'There is a kind cluster "{settings.name}" that kubelab did not make.\n'
            f"Take another --name, or remove it: {engine.PROVIDER}={chosen.name} kind delete cluster --name {settings.name}"
        )
    volumes = containers.volumes(chosen, settings.name)
    if left or volumes:
        with progress.stage(f'removing cluster "{settings.name}"', 10):
            containers.remove(chosen, kindconfig.label(settings.name))
            containers.remove_volumes(chosen, volumes)
    cluster_folder.forget(settings.folder)


def _end_orphan(child: int, name: str) -> None:
    """End the kind process that a killed `up` left running, if its process group still belongs to this cluster."""
    rows = run(["ps", "-ww", "-eo", "pgid=,args="]).out.splitlines() if child else []
    if any(row.split(maxsplit=1)[0] == str(child) and name in row for row in rows):
        end_group(child)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C and SIGTERM do not end the block (in the main thread; others do not get them)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, signal.SIG_IGN) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _file(text: str) -> Iterator[str]:
    with tempfile.NamedTemporaryFile("w", prefix="kubelab-", suffix=".yaml", delete=False) as file:
        file.write(text)
    try:
        yield file.name
    finally:
        with suppress(OSError):
            Path(file.name).unlink()
