"""The image that grades within a cluster: built from deploy/Containerfile, loaded into the nodes of a kind cluster, and removed again."""

import ast
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters import cluster_folder, containers, kindconfig
from kubelab.clusters.cluster_folder import KnownCluster
from kubelab.clusters.engine import Engine, recorded
from kubelab.clusters.nodeimage import packages
from kubelab.clusters.nodeimage.recipe import FOLDER
from kubelab.clusters.prepulled.node_pulls import CTR
from kubelab.clusters.process import run
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import Settings
from tests.cluster.changes import ROOT

NAME = "localhost/kubelab-test/kubelab:0.1.0"
PYTHON, KUBECTL = "localhost/kubelab-test/python:trixie", "localhost/kubelab-test/kubectl:own"
"""What it is built from if no registry answers."""
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""What an imported image lacks, and every published one declares."""
DEBIAN = '. "$RECIPE/stages/mirror.sh" && debian minbase "python3 python3-venv curl ca-certificates" python.tar'
"""Makes a tree of Debian packages, as the stages of the node image do; it takes the place of python:slim."""
SAVED = {"podman": ("--format", "oci-archive")}
"""How an engine writes an archive that containerd can read, if it needs an option for that."""


def said(*words: str | os.PathLike[str], timeout: float = 60, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """The output of a command; if it fails, everything that it printed."""
    output = run(words, timeout, env, cwd=cwd)
    assert output.good, f"exit code {output.code} of {shlex.join([os.fspath(word) for word in words])}\n{output.out}\n{output.err}"
    return output.out


@dataclass(frozen=True)
class GraderImage:
    """The image for the kind cluster of these settings; the folder is for temporary files."""

    settings: Settings
    known: KnownCluster
    engine: Engine
    folder: Path

    @classmethod
    def of(cls, settings: Settings, folder: Path) -> "GraderImage":
        """That of the cluster which the settings name, by its folder."""
        known = cluster_folder.read(settings.folder)
        engine = recorded(known.engine) if known else None
        assert known
        assert engine
        return cls(settings, known, engine, folder)

    @contextmanager
    def on_nodes(self) -> Iterator[str]:
        """The name of the image, which the engine and every node have until the block ends."""
        try:
            self.build()
            self._load()
            yield NAME
        finally:
            for image in (NAME, PYTHON, KUBECTL):
                self.engine.run("image", "rm", image)
            for node in containers.nodes(self.engine, kindconfig.label(self.settings.name)):
                self._remove_from(node.name)

    def build(self) -> None:
        """Build it from the published images, or from our own ones if the nodes use those because no registry answers."""
        options = self._without_registry() if self.known.own else []
        self._engine("build", *options, "-f", "deploy/Containerfile", "-t", NAME, ".", timeout=1800)

    def _without_registry(self) -> list[str]:
        packages.install({"mmdebstrap": "mmdebstrap debian-archive-keyring"}, Progress(quiet=True))
        environment = {**os.environ, "RECIPE": str(FOLDER), "SUITE": "trixie"}
        said("bash", "-euo", "pipefail", "-c", DEBIAN, timeout=900, env=environment, cwd=self.folder)
        there = ("--dereference", "--transform=s,^,bin/,", "-C", Path(self.known.kubectl).parent, "kubectl")
        said("tar", "-cf", self.folder / "kubectl.tar", *there)
        self._engine("import", "--change", f"ENV=PATH={PATH}", self.folder / "python.tar", PYTHON, timeout=300)
        self._engine("import", self.folder / "kubectl.tar", KUBECTL, timeout=300)
        images = [f"--build-arg=PYTHON={PYTHON}", f"--build-arg=KUBECTL={KUBECTL}"]
        return ["--layers=false", "--force-rm", "--network=host", *images, *self._pip_settings()]

    def _pip_settings(self) -> list[str]:
        """Options that make pip in the build use the package index that pip uses here; none of them ends up in the image."""
        rows = [line.partition("=") for line in said(sys.executable, "-m", "pip", "config", "list").splitlines()]
        values = {name.rpartition(".")[2]: str(ast.literal_eval(text)).split() for name, _, text in rows}
        file = self.folder / "pip.conf"
        file.write_text("[global]\n" + "".join(f"{name} = {' '.join(words)}\n" for name, words in values.items()))
        paths = {word for words in values.values() for word in words if word.startswith("/") and Path(word).exists()}
        return [f"--volume={file}:/etc/pip.conf:ro", *(f"--volume={path}:{path}:ro" for path in sorted(paths))]

    def _load(self) -> None:
        archive = self.folder / "kubelab.tar"
        self._engine("save", *SAVED.get(self.engine.name, ()), "-o", archive, NAME, timeout=900)
        words = ("load", "image-archive", archive, "--name", self.settings.name)
        said(self.known.kind, *words, timeout=900, env=self.engine.environment)

    def _remove_from(self, node: str) -> None:
        """Remove every name of the image: kind gives it a second one, and the kubelet's namespace in containerd a third one."""
        rows = [line.split() for line in self._engine("exec", node, *CTR, "list").splitlines()[1:]]
        digests = {row[0]: row[2] for row in rows}
        names = [name for name, digest in digests.items() if digest == digests.get(NAME)]
        if names:
            self._engine("exec", node, *CTR, "rm", *names, timeout=120)

    def _engine(self, *words: str | os.PathLike[str], timeout: float = 60) -> str:
        return said(self.engine.program, *words, timeout=timeout, env=self.engine.environment, cwd=ROOT)
