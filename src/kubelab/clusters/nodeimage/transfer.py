"""Copies a finished node image from one machine to others, so that only one machine of a classroom has to compile."""

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kubelab.clusters.nodeimage import recipe as recipes
from kubelab.clusters.nodeimage.results import StageResults, Work
from kubelab.clusters.nodeimage.stages import ImageMaker, told_when_full
from kubelab.errors import SetupTrouble

CARRIED = ("node", "programs")
"""The stages whose results are enough to need no other stage."""
MANIFEST = "kubelab-image.json"
"""The first member of the file: Kubernetes version, the machine's architecture, and the keys of the results inside."""


def save(file: Path, maker: ImageMaker) -> None:
    """Write what `kubelab up` needs of this image to a gzipped tar file: the node image, kind, kubectl, and what they are.

    What is missing is made first. The file appears completely or not at all.
    """
    made = maker.make(*CARRIED)
    manifest = {"kubernetes": maker.recipe.kubernetes, "keys": {name: maker.recipe.keys[name] for name in CARRIED}}
    partial = file.with_name(f".{file.name}.partial")
    try:
        with maker.progress.stage(f"writing {file}", 60), tarfile.open(partial, "w:gz", compresslevel=1) as archive:
            _add_text(archive, MANIFEST, json.dumps(manifest))
            for name, folder in made.items():
                archive.add(folder, name)
        partial.replace(file)
    except OSError as error:
        raise SetupTrouble(
            f"{file} could not be written: {error.strerror}.\nName a file on a disk with more room: kubelab image save FILE"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    archive.addfile(member, io.BytesIO(text.encode()))


def load(file: Path, maker_of: Callable[[str], ImageMaker]) -> str:
    """Load a file that `save` wrote; the Kubernetes version inside. `maker_of` gives the maker for a Kubernetes version."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            manifest = _manifest(archive, file)
            maker = maker_of(manifest["kubernetes"])
            _check(manifest, maker.recipe, file)
            with told_when_full(maker.store), maker.progress.stage(f"reading {file}", 30), maker.store.locked(maker.progress):
                _take_in(archive, maker)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise SetupTrouble(
            f"{file} could not be read: {error}.\nCopy it again from the machine that wrote it: kubelab image save {file.name}"
        ) from error
    return str(manifest["kubernetes"])


def _manifest(archive: tarfile.TarFile, file: Path) -> dict[str, Any]:
    first = archive.next()
    content = archive.extractfile(first) if first and first.name == MANIFEST else None
    if content is None:
        raise SetupTrouble(f"{file} is not a node image of kubelab.\nWrite one on a machine that has it: kubelab image save {file.name}")
    manifest: dict[str, Any] = json.load(content)
    return manifest


def _check(manifest: dict[str, Any], recipe: recipes.Recipe, file: Path) -> None:
    """SetupTrouble unless the image was made by the same recipe on the same architecture: else it is not what the labs expect."""
    if manifest["keys"] != {name: recipe.keys[name] for name in CARRIED}:
        raise SetupTrouble(
            f"{file} holds a node image of another version of kubelab or another kind of machine.\n"
            f"Write it again with the kubelab that is installed here: kubelab image save {file.name}"
        )


def _take_in(archive: tarfile.TarFile, maker: ImageMaker) -> None:
    with ExitStack() as stack:
        works = dict(_works(stack, maker.recipe, maker.store))
        for member in archive:
            stage, _, rest = member.name.partition("/")
            if stage in works and rest:
                member.name = rest
                archive.extract(member, works[stage].out, filter="data")


def _works(stack: ExitStack, recipe: recipes.Recipe, store: StageResults) -> Iterator[tuple[str, Work]]:
    for name in CARRIED:
        if not store.has(name, recipe.keys[name]):
            yield name, stack.enter_context(store.working(name, recipe.keys[name]))
