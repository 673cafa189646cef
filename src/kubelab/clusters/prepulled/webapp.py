"""The labs' web program as unpublished images: built by the engine from its source, and stored under the source's hash."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters import nodeimage
from kubelab.clusters.engine import Engine
from kubelab.clusters.nodeimage.recipe import FOLDER
from kubelab.clusters.process import failure, run
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import KUBERNETES, cache_folder
from kubelab.errors import SetupTrouble

DOCKERFILE = FOLDER / "images" / "webapp" / "Dockerfile"
APPLICATIONS = DOCKERFILE.with_name("applications")
SOURCE = FOLDER / "go" / "webapp"
LIMIT = 900
"""Seconds that the engine may take; it may have to pull a compiler first."""


@dataclass(frozen=True)
class Application:
    """A line of `applications`: the image's name, its port and its page."""

    name: str
    port: str
    page: str

    @property
    def key(self) -> str:
        """Twelve hex digits that change with what is built."""
        sources = [DOCKERFILE, *sorted(SOURCE.iterdir())]
        parts = [f"{self}".encode(), *(path.read_bytes() for path in sources)]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def archive(image: str, engine: Engine) -> Path:
    """The file with the image, built if it is missing; SetupTrouble if neither the engine nor we can build it."""
    found = _application(image)
    file = cache_folder() / "webapp" / f"{found.name}-{found.key}.tar"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            _build(found, image, engine, file)
        except SetupTrouble as trouble:
            return _compiled(found, trouble)
    return file


def tidy(engine: Engine) -> None:
    """Remove the engine's leftovers of the build: only the archives are needed."""
    engine.run("image", "prune", "--force", "--filter", "label=kubelab=webapp")


def _application(image: str) -> Application:
    name = image.rpartition("/")[2].partition(":")[0]
    rows = [line.split("|") for line in APPLICATIONS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    known = {row[0]: Application(*row) for row in rows}
    if name not in known:
        raise SetupTrouble(f'There is no source of the image "{image}": {APPLICATIONS} has {", ".join(known)}.')
    return known[name]


def _build(one: Application, image: str, engine: Engine, file: Path) -> None:
    """Build the image and write it to the file; the engine keeps only what it pulled for the build."""
    arguments = [f"--build-arg={name}={value}" for name, value in (("NAME", one.name), ("PORT", one.port), ("PAGE", one.page))]
    _run(engine, "build", *arguments, "--tag", image, "--file", os.fspath(DOCKERFILE), os.fspath(SOURCE))
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        whole = Path(folder, file.name)
        _run(engine, "save", "--output", os.fspath(whole), image)
        whole.replace(file)
    engine.run("image", "rm", image)


def _run(engine: Engine, *words: str) -> None:
    output = run([engine.program, *words], LIMIT, engine.environment)
    if not output.good:
        raise SetupTrouble(failure([engine.name, *words], output, "The engine cannot build the labs' web program"))


def _compiled(one: Application, trouble: SetupTrouble) -> Path:
    """The archive from our own node image's stages, which are built without a container."""
    try:
        made = nodeimage.maker(KUBERNETES, Progress(quiet=True)).make("webapp_images")
    except SetupTrouble as other:
        raise SetupTrouble(f"{trouble}\n{other}") from None
    return made["webapp_images"] / f"{one.name}.tar"
