"""Makes the missing results of a recipe's stages, and returns their folders."""

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kubelab.clusters.nodeimage import golang, packages
from kubelab.clusters.nodeimage.lanes import Running, run_lanes
from kubelab.clusters.nodeimage.recipe import Recipe, Stage, read, versions
from kubelab.clusters.nodeimage.results import StageResults, Work
from kubelab.clusters.process import run
from kubelab.clusters.progress import Progress
from kubelab.errors import SetupTrouble
from kubelab.output import Output

COMPILES = "compile"
"""The lane whose stages call Go."""
FULL = 5.0
"""Megabytes: with fewer left, a full disk was the cause, even if there was no room to log that."""
LONGEST = 2 * 3600.0
"""Seconds after which a stage counts as hanging."""


@dataclass(frozen=True)
class ImageMaker:
    """Makes the stages of one recipe, with results in one store."""

    recipe: Recipe
    store: StageResults
    progress: Progress
    running: Running = field(default_factory=Running)

    def make(self, *names: str) -> dict[str, Path]:
        """The folders of the results of these stages, made if they are missing."""
        if self.missing(*names):
            with told_when_full(self.store), self.store.locked(self.progress):
                self._make_missing(*names)
        return {name: self.result(name) for name in names}

    def missing(self, *names: str) -> list[Stage]:
        """The stages to run, in the recipe's order: what only existing results needed is left out."""
        absent: set[str] = set()
        ask = list(names)
        while ask:
            name = ask.pop()
            if name not in absent and not self.store.has(name, self.recipe.keys[name]):
                absent.add(name)
                ask.extend(self.recipe.stages[name].needs)
        return [stage for stage in self.recipe.stages.values() if stage.name in absent]

    def result(self, name: str) -> Path:
        """The folder of a stage's result."""
        return self.store.path(name, self.recipe.keys[name])

    def _make_missing(self, *names: str) -> None:
        stages = self.missing(*names)  # again: another builder may have made them while we waited for the lock
        check_room(stages, self.store)
        packages.allowed({program: words for stage in stages for program, words in stage.programs.items()})
        run_lanes(stages, lambda stage: self._run(stage, stages), self.running)
        keys = [self.recipe.keys, *(read(version, self.recipe.folder).keys for version in versions(self.recipe.folder))]
        for stage in stages:
            self.store.forget(stage.name, {one[stage.name] for one in keys})

    def _run(self, stage: Stage, stages: list[Stage]) -> None:
        following = [other.title for other in stages if other.lane == stage.lane]
        following = following[following.index(stage.title) + 1 :]
        packages.install(stage.programs, self.progress)
        path = self._path(stage)
        with (
            self.progress.stage(stage.title, stage.seconds, then=following[0] if following else ""),
            self.store.working(stage.name, self.recipe.keys[stage.name]) as work,
        ):
            output = self._script(stage, work, {**os.environ, "LC_ALL": "C.UTF-8", **path, **self._arguments(stage, work)})
            if not output.good:
                raise SetupTrouble(failure(stage, output, self.store))

    def _path(self, stage: Stage) -> dict[str, str]:
        """The PATH with Go first, for a stage that compiles."""
        if stage.lane != COMPILES:
            return {}
        go = golang.folder(self.recipe.go, self.store.folder.parent / "go", self.progress)
        return {"PATH": os.pathsep.join([os.fspath(go), os.environ.get("PATH", os.defpath)])}

    def _arguments(self, stage: Stage, work: Work) -> dict[str, str]:
        needs = {f"NEED_{need}": os.fspath(self.result(need)) for need in stage.needs}
        folders = {"RECIPE": self.recipe.folder, "OUT": work.out, "TMPDIR": work.temporary}
        paths = {name: os.fspath(path) for name, path in folders.items()}
        return {**needs, **paths, **stage.arguments, "FILES": " ".join(stage.files), "KEY": self.recipe.keys[stage.name]}

    def _script(self, stage: Stage, work: Work, environment: Mapping[str, str]) -> Output:
        """Run the stage's script in its scratch folder; its output goes to its log, and processes that it left are ended."""
        groups: list[int] = []

        def started(process: int) -> None:
            groups.append(process)
            self.running.add(process)

        line = 'cat /proc/$$/stat > "$3" && exec bash "$1" > "$2" 2>&1'
        words: list[str | Path] = ["bash", "-c", line, "stage", self.recipe.folder / stage.script, self.store.log(stage.name), work.owner]
        try:
            return run(words, LONGEST, environment, cwd=work.scratch, started=started)
        finally:
            for group in groups:
                self.running.discard(group)


def check_room(stages: list[Stage], store: StageResults) -> None:
    """SetupTrouble if the disk does not have enough room for these stages."""
    wanted, free = sum(stage.megabytes for stage in stages), store.room()
    if free < wanted:
        raise SetupTrouble(
            f"Making the node image takes {wanted / 1000:.1f} GB in {store.folder}, and {free / 1000:.1f} GB are free there.\n"
            + more_room(store)
        )


def failure(stage: Stage, output: Output, store: StageResults) -> str:
    """The text for a failed stage: its name, its last lines, where the log is, what to do."""
    log = store.log(stage.name)
    said = (log.read_text(errors="replace") if log.exists() else "") + output.err
    lines = [f"  | {line}" for line in said.strip().splitlines()[-12:]]
    full = "no space left on device" in said.lower() or store.room() < FULL
    what = f"The disk is full: {stage.title} could not be finished" if full else f"{stage.title[:1].upper()}{stage.title[1:]} failed"
    remedy = more_room(store) if full else "Finished stages are kept; when the cause is gone, go on with: kubelab up"
    return "\n".join(
        [f'{what} (stage "{stage.name}" of the node image, exit code {output.code}).', *lines, f"The whole log: {log}", remedy]
    )


@contextmanager
def told_when_full(store: StageResults) -> Iterator[None]:
    """SetupTrouble with the remedy if the disk of the results gets full while we write."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise SetupTrouble(f"The disk is full: {store.folder} cannot take more.\n{more_room(store)}") from error


def more_room(store: StageResults) -> str:
    """What to do when the disk of the results is full."""
    return f"Free some disk, or name a folder on another one: XDG_CACHE_HOME=/a/larger/disk kubelab up   (now: {store.folder.parent})"
