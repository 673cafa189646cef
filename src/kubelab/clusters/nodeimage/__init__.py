"""Builds our own kind node image, with the labs' images inside and kind and kubectl beside it, from package registries alone."""

from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters.engine import Engine
from kubelab.clusters.nodeimage import recipe as recipes
from kubelab.clusters.nodeimage import transfer
from kubelab.clusters.nodeimage.results import StageResults
from kubelab.clusters.nodeimage.stages import ImageMaker
from kubelab.clusters.process import failure
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import KUBERNETES, cache_folder
from kubelab.errors import SetupTrouble

__all__ = ["NodeImage", "build", "load", "programs", "save"]


@dataclass(frozen=True)
class NodeImage:
    """A node image that the engine has: its tag, and the folder with `kind` and the `kubectl` of its version."""

    tag: str
    programs: Path


def build(version: str, engine: Engine, progress: Progress) -> NodeImage:
    """The node image of a Kubernetes version such as "1.36.3", built if it is missing, and loaded into the engine."""
    made = maker(version, progress).make("node", "programs")
    tag = (made["node"] / "tag").read_text().strip()
    if not engine.run("image", "inspect", tag).good:
        with progress.stage(f"giving the node image to {engine.name}", 20):
            hand_over(made["node"] / "image.tar", tag, engine)
    return NodeImage(tag, made["programs"])


def programs(version: str, progress: Progress) -> Path:
    """The folder with `kind` and the `kubectl` of that version, compiled if they are missing: every cluster needs them."""
    return maker(version, progress).make("programs")["programs"]


def save(file: Path, progress: Progress, version: str = KUBERNETES) -> None:
    """Write the node image with kind and kubectl to a file, after building it if it is missing."""
    transfer.save(file, maker(version, progress))


def load(file: Path, progress: Progress) -> str:
    """Load a file that `save` wrote on another machine, so that nothing needs to be compiled here; the Kubernetes version inside."""
    return transfer.load(file, lambda version: maker(version, progress))


def maker(version: str, progress: Progress) -> ImageMaker:
    """The maker of the stages of kubelab's own recipe, with results in the cache folder."""
    return ImageMaker(recipes.read(version), StageResults(cache_folder() / "nodeimage"), progress)


def hand_over(archive: Path, tag: str, engine: Engine) -> None:
    """Load the image into the engine, and remove older ones of the same version that no container uses."""
    output = engine.run("load", "-i", archive, timeout=900)
    if not output.good:
        remedy = f"Look at its disk and its rights, then again: kubelab up   (by hand: {engine.name} load -i {archive})"
        raise SetupTrouble(failure([engine.program, "load", "-i", archive], output, f"{engine.name} did not take the node image", remedy))
    older = engine.run("images", "--format", "{{.Repository}}:{{.Tag}}").out.split()
    version = tag.rpartition("-")[0]
    for other in older:
        if other.startswith(f"{version}-") and other != tag:
            engine.run("image", "rm", other)
