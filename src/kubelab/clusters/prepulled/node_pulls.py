"""The nodes of a kind cluster: each pulls what it lacks with its own containerd; unpublished images are built here and loaded."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters import cluster_folder, containers, engine, kindconfig
from kubelab.clusters.engine import Engine
from kubelab.clusters.mirror import CERTS
from kubelab.clusters.prepulled import webapp
from kubelab.clusters.prepulled.board import Board
from kubelab.clusters.prepulled.wanted import Wanted, wanted
from kubelab.clusters.process import run
from kubelab.clusters.settings import Settings
from kubelab.errors import SetupTrouble
from kubelab.output import Output

CTR = ("ctr", "--namespace", "k8s.io", "images")
"""containerd's own client, since not every node image has crictl, in the namespace in which the kubelet finds images."""
LIMIT = 1800
"""Seconds that one image may take."""


@dataclass(frozen=True)
class PullingNodes:
    """The node containers of a cluster, their identities by name, and the images that they should have."""

    settings: Settings
    engine: Engine
    kind: Path
    identities: Mapping[str, str]
    wanted: Wanted

    @classmethod
    def of(cls, settings: Settings) -> "PullingNodes":
        """The nodes of the cluster that the settings name, by its folder."""
        known = cluster_folder.read(settings.folder)
        found = engine.recorded(known.engine) if known else None
        if not known or not found:
            raise SetupTrouble(f'There is no cluster "{settings.name}" whose nodes could pull images.\nMake it: kubelab up')
        identities = {node.name: node.identity for node in containers.nodes(found, kindconfig.label(settings.name))}
        return cls(settings, found, Path(known.kind), identities, wanted(settings))

    def fill(self) -> None:
        """Have every node pull what it lacks, all nodes at once, one image after another; failures are recorded."""
        board = Board.of(self.settings.folder, self.wanted.names, list(self.identities))
        with ThreadPoolExecutor(len(self.identities) + 1) as pool:
            work = [pool.submit(self._pull_all, node, board) for node in self.identities]
            work.append(pool.submit(self._load_all, board))
        for one in work:
            one.result()
        board.close()

    def _pull_all(self, node: str, board: Board) -> None:
        there = self._there(node)
        board.has(node, *there.intersection(self.wanted.names))
        for image in [image for image in self.wanted.pulled if image not in there]:
            output = self._images(node, "pull", "--hosts-dir", CERTS, image)
            if output.good:
                board.has(node, image)
            elif self._stand():
                board.lacks(image, _words(output))
            else:
                return

    def _load_all(self, board: Board) -> None:
        there = [self._there(node) for node in self.identities]
        for image in self.wanted.made:
            if not all(image in images for images in there) and self._stand():
                self._load(image, board)
        webapp.tidy(self.engine)

    def _load(self, image: str, board: Board) -> None:
        try:
            archive = webapp.archive(image, self.engine)
        except SetupTrouble as trouble:
            board.lacks(image, str(trouble))
            return
        output = run([self.kind, "load", "image-archive", archive, "--name", self.settings.name], LIMIT, self.engine.environment)
        if not output.good:
            board.lacks(image, _words(output))
            return
        for node in self.identities:
            board.has(node, image)

    def _stand(self) -> bool:
        """Whether the same nodes are still there: for a recreated cluster of the same name, another process is started."""
        return self.identities == {node.name: node.identity for node in containers.nodes(self.engine, kindconfig.label(self.settings.name))}

    def _there(self, node: str) -> set[str]:
        return set(self._images(node, "list", "--quiet").out.split())

    def _images(self, node: str, *words: str) -> Output:
        """The output of containerd's client in the container that was the node at the beginning."""
        return self.engine.run("exec", self.identities[node], *CTR, *words, timeout=LIMIT)


def _words(output: Output) -> str:
    """The last line that a client printed."""
    return (output.tail.splitlines() or ["no answer"])[-1].removeprefix("ctr: ")
