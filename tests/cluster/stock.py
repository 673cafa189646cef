"""The contents of the tests' registry: our node image as kindest/node, and our lab images under the names of the policy's public ones."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters import nodeimage
from kubelab.clusters.engine import Engine
from kubelab.clusters.prepulled.wanted import full
from kubelab.clusters.prepulled.webapp import DOCKERFILE
from kubelab.clusters.process import must
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import KUBERNETES
from kubelab.policy import OWN, PUBLIC, shipped
from kubelab.policy.image_names import split

GO = Path("/usr/local/go")
"""Where this machine has Go."""
UNUSED = ("test", "doc", "api", "misc")
"""Subfolders of it that are not needed to compile."""


@dataclass(frozen=True)
class Stock:
    """Pushes images to the registry on a port of the loopback interface, with the engine's own push."""

    engine: Engine
    port: int

    def fill(self, folder: Path) -> None:
        """Everything that a cluster and its labs ask for; the folder is for temporary files."""
        self._push((self._node() / "tag").read_text().strip(), f"docker.io/kindest/node:v{KUBERNETES}")
        for lab, public in shipped(PUBLIC).items():
            if not public.made:
                self._give(shipped(OWN)[lab].runs, full(public.runs))
        self._give_bases(folder)

    def _node(self) -> Path:
        return nodeimage.maker(KUBERNETES, Progress(quiet=True)).result("node")

    def _give(self, own: str, name: str) -> None:
        """One of the images that our node image is made of, under another name."""
        archive = next(archive for archive in self._archives() if own in tags(archive))
        known = self.engine.run("image", "inspect", own).good
        must([self.engine.program, "load", "--quiet", "--input", archive], own, env=self.engine.environment)
        self._push(own, name)
        if not known:
            self.engine.run("image", "rm", own)

    def _archives(self) -> Iterator[Path]:
        maker = nodeimage.maker(KUBERNETES, Progress(quiet=True))
        for stage in maker.recipe.stages["node"].arguments["IMAGES"].split():
            yield from maker.result(stage).glob("*.tar")

    def _give_bases(self, folder: Path) -> None:
        """What the labs' web program is built with: this machine's own compiler, and the base image to run it on."""
        compiler, runner = [line.split()[1] for line in DOCKERFILE.read_text().splitlines() if line.startswith("FROM ")]
        archive = next(archive for archive in self._archives() if any("/busybox:" in tag for tag in tags(archive)))
        with tarfile.open(archive) as whole, tarfile.open(folder / "base.tar", "w") as base:
            layers = manifest(whole)["Layers"]
            assert len(layers) == 1
            with tarfile.open(fileobj=whole.extractfile(layers[0])) as layer:
                for member in layer:
                    base.addfile(member, layer.extractfile(member) if member.isreg() else None)
            self._import(folder / "base.tar", runner)
        with tarfile.open(folder / "base.tar", "a") as base:
            base.add(GO, "usr/local/go", filter=lambda member: None if member.name.split("/")[3:4] in [[one] for one in UNUSED] else member)
        self._import(folder / "base.tar", compiler, f"ENV=PATH={GO}/bin:/usr/bin:/bin")
        (folder / "base.tar").unlink()

    def _import(self, archive: Path, name: str, *changes: str) -> None:
        """An image of one layer; unlike ours it has the history that builds on top of it require."""
        words = [word for change in changes for word in ("--change", change)]
        local = f"localhost/kubelab-test/{split(name)[1]}"
        must([self.engine.program, "import", "--quiet", *words, archive, local], name, timeout=300, env=self.engine.environment)
        self._push(local, name)
        self.engine.run("image", "rm", local)

    def _push(self, image: str, name: str) -> None:
        target = f"127.0.0.1:{self.port}/{split(name)[1]}"
        words = [self.engine.program, "push", "--quiet", "--tls-verify=false", image, target]
        must(words, f"{image} could not be pushed", timeout=600, env=self.engine.environment)


def tags(archive: Path) -> list[str]:
    """The names of the image in a docker archive."""
    with tarfile.open(archive) as whole:
        return manifest(whole)["RepoTags"]


def manifest(archive: tarfile.TarFile) -> dict[str, list[str]]:
    """The manifest of the one image in a docker archive."""
    file = archive.extractfile("manifest.json")
    assert file
    found: dict[str, list[str]] = json.load(file)[0]
    return found
