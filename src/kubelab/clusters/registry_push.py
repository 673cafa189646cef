"""Pushes the images of our own node image into a registry, each by a copy of its archive with the registry's name."""

import io
import json
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kubelab.clusters.engine import Engine
from kubelab.clusters.nodeimage.stages import ImageMaker
from kubelab.clusters.prepulled import webapp
from kubelab.clusters.process import failure
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble
from kubelab.output import Output
from kubelab.policy import mirrored

MANIFEST = "manifest.json"
"""The member of an archive that has its image's name."""
LIMIT = 900.0
"""Seconds that one image may take."""


@dataclass(frozen=True)
class Registry:
    """Where images are pushed: its name with a prefix, and whether it uses TLS with a verified certificate."""

    name: str
    verified: bool = True

    def name_of(self, image: str) -> str:
        """The registry's name for an image: `docker.io/library/nginx:1.18` is `<name>/library/nginx:1.18`."""
        return mirrored(image, {"": self.name})


def archives(maker: ImageMaker, engine: Engine, made: Iterable[str]) -> dict[str, Path]:
    """The archives of labs' images that are on this machine, by image; `made`: those to build if they are missing."""
    stages = maker.recipe.stages["node"].arguments["IMAGES"].split()
    there = [maker.result(stage) for stage in stages if maker.store.has(stage, maker.recipe.keys[stage])]
    found = {_named(path): path for folder in there for path in sorted(folder.glob("*.tar"))}
    return {**found, **{image: webapp.archive(image, engine) for image in made if image not in found}}


def push(found: Mapping[str, Path], registry: Registry, engine: Engine, progress: Progress) -> None:
    """Push the images of these archives; SetupTrouble with the remedy for the first one that is refused."""
    for image, path in found.items():
        target = registry.name_of(image)
        with progress.stage(f"pushing {target}", 5), tempfile.TemporaryDirectory() as folder:
            _load(path, target, Path(folder) / path.name, engine)
            if not engine.run("image", "inspect", target).good:  # Docker takes the name from elsewhere in an archive of its own making
                engine.run("tag", image, target)
            output = engine.run("push", *_flags(registry, engine), target, timeout=LIMIT)
            engine.run("image", "rm", target)
        if not output.good:
            words = [engine.name, "push", target]
            raise SetupTrouble(failure(words, output, f"{target} could not be pushed", _mend(output, registry, engine)))


def _named(archive: Path) -> str:
    with tarfile.open(archive) as tar:
        content = tar.extractfile(MANIFEST)
        manifest = json.load(content) if content else [{"RepoTags": [""]}]
    return str(manifest[0]["RepoTags"][0])


def _load(archive: Path, name: str, copy: Path, engine: Engine) -> None:
    """Load the image into the engine under this name only, so that no other image of the user loses its name."""
    with tarfile.open(archive) as source, tarfile.open(copy, "w") as target:
        for member, content in _renamed(source, name):
            target.addfile(member, content)
    output = engine.run("load", "-i", copy, timeout=LIMIT)
    if not output.good:
        raise SetupTrouble(
            failure([engine.name, "load", "-i", copy], output, f"{engine.name} did not take {name}", "Look at its disk: df -h")
        )


def _renamed(source: tarfile.TarFile, name: str) -> Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]:
    for member in source:
        content: IO[bytes] | None = source.extractfile(member)
        if member.name == MANIFEST and content:
            text = json.dumps([{**json.load(content)[0], "RepoTags": [name]}]).encode()
            member.size, content = len(text), io.BytesIO(text)
        yield member, content


def _flags(registry: Registry, engine: Engine) -> list[str]:
    return ["--tls-verify=false"] if engine.name == "podman" and not registry.verified else []


def _mend(output: Output, registry: Registry, engine: Engine) -> str:
    said, host = output.err.lower(), registry.name.partition("/")[0]
    if any(word in said for word in ("unauthorized", "denied", "authentication required")):
        return f"Log in to it with an account that may push: {engine.name} login {host}"
    if any(word in said for word in ("http response to https", "x509", "certificate", "tls:")):
        docker = f'Let Docker trust it: "insecure-registries": ["{host}"] in /etc/docker/daemon.json'
        return docker if engine.name == "docker" else "Push without TLS, if it is a registry of your own: --tls-verify=false"
    return f"See whether it answers: curl -v https://{host}/v2/"
