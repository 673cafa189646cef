"""The node image of a new cluster, and its kind and kubectl: kindest/node if a registry answers, else an image that we build."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from kubelab.clusters import programs
from kubelab.clusters.engine import Engine
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import Settings
from kubelab.errors import SetupTrouble

ABSENT = ("manifest unknown", "no such manifest", "not found", "denied", "unauthorized")
"""What a registry says about an image that it does not have."""


@dataclass(frozen=True)
class Image:
    """A node image by its full name, the kind and kubectl to use with it, why this one, and whether it is our own."""

    name: str
    kind: Path
    kubectl: Path
    reason: str
    own: bool


def choose(settings: Settings, engine: Engine, progress: Progress) -> Image:
    """The image for the wanted version: an image on this machine comes before a registry, a registry before building."""
    if settings.image:
        return _named(settings, engine, progress)
    names = candidates(settings.version)
    local = next((name for name in names if engine.run("image", "inspect", name).good), None)
    if local:
        return _published(local, settings.version, "it is on this machine", progress)
    if _made(settings.version):
        return _own(settings.version, engine, progress, "it is on this machine")
    return _asked(names, settings.version, engine, progress) or _own(settings.version, engine, progress, "no container registry answers")


def candidates(version: str) -> list[str]:
    """Names of kindest/node images for a version, the best first: the listed one or the tag, then a listed one of the same minor."""
    listed = tomllib.loads(files("kubelab.clusters").joinpath("kindest.toml").read_text())
    if version in listed:
        return [listed[version]["image"]]
    minor = version.rsplit(".", 1)[0]
    near = [entry["image"] for other, entry in listed.items() if other.rsplit(".", 1)[0] == minor]
    return [f"docker.io/kindest/node:v{version}", *near]


def _named(settings: Settings, engine: Engine, progress: Progress) -> Image:
    name = str(settings.image)
    if not engine.run("image", "inspect", name).good and "/" not in name:
        raise SetupTrouble(f'There is no image "{name}" on this machine.\nSee what there is: {engine.name} images')
    own = "kindest/node" not in name
    folder = programs.built() if own else None
    kind, kubectl = (folder / "kind", folder / "kubectl") if folder else programs.pair(settings.version, progress)
    return Image(name, kind, kubectl, f"{name}: asked for", own)


def _published(name: str, version: str, why: str, progress: Progress) -> Image:
    plain = name.removeprefix("docker.io/").split("@")[0]
    stand_in = "" if plain.endswith(f":v{version}") else f" (stands in for {version}, of which none is published)"
    return Image(name, *programs.pair(version, progress), f"{plain}{stand_in}: {why}", own=False)


def _asked(names: list[str], version: str, engine: Engine, progress: Progress) -> Image | None:
    for name in names:
        output = engine.run("manifest", "inspect", _untagged(name), timeout=8)
        if output.good:
            return _published(name, version, "a container registry answers", progress)
        if not any(word in output.err.lower() for word in ABSENT):
            return None
    return None


def _untagged(name: str) -> str:
    """The name without its tag if it also has a digest: podman does not ask a registry for both at once."""
    tagged, at, digest = name.partition("@")
    return f"{tagged.rpartition(':')[0]}@{digest}" if at else name


def _made(version: str) -> bool:
    """Whether our own image for this version is complete in the cache."""
    from kubelab.clusters import nodeimage  # noqa: PLC0415

    try:
        return not nodeimage.maker(version, Progress(quiet=True)).missing("node", "programs")
    except SetupTrouble:
        return False


def _own(version: str, engine: Engine, progress: Progress, why: str) -> Image:
    from kubelab.clusters import nodeimage  # noqa: PLC0415

    image = nodeimage.build(version, engine, progress)
    return Image(image.tag, image.programs / "kind", image.programs / "kubectl", f"{image.tag}, our own: {why}", own=True)
