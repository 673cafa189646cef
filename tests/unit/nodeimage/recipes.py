"""Tiny recipes: real stage scripts in a folder, and a maker for them whose progress can be read."""

import io
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kubelab.clusters.nodeimage.recipe import read
from kubelab.clusters.nodeimage.results import StageResults
from kubelab.clusters.nodeimage.stages import ImageMaker
from kubelab.clusters.progress import Progress

COUNTED = 'echo again >> "$COUNTER"\n'
"""A line of a script that leaves a trace of each run."""


def write(folder: Path, scripts: Mapping[str, str], stages: Mapping[str, Mapping[str, Any]] | None = None, **words: Any) -> Path:
    """A recipe in `folder` with a stage for each script; `stages` adds to a stage's entry, `words` to the versions."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = {}
    for name, script in scripts.items():
        (folder / f"{name}.sh").write_text("set -e\n" + script)
        entries[name] = {"title": f"making {name}", "lane": "packages", "script": f"{name}.sh", **(stages or {}).get(name, {})}
    data = {"versions": words, "kubernetes": {"1.36.3": {"etcd": "3.6.8"}, "1.35.4": {"etcd": "3.6.6"}}, "stages": entries}
    (folder / "recipe.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    return folder


def maker(recipe: Path, cache: Path, kubernetes: str = "1.36.3") -> ImageMaker:
    """A maker with the recipe of that folder and results under `cache`; `said(maker)` returns its output."""
    return ImageMaker(read(kubernetes, recipe), StageResults(cache / "nodeimage"), Progress(io.StringIO()))


def runs(counter: Path) -> int:
    """How often scripts with COUNTED ran."""
    return len(counter.read_text().splitlines()) if counter.exists() else 0


def alive(process: int) -> bool:
    """The process runs, and is not a zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def all_dead(processes: Iterable[int]) -> bool:
    """None of the processes is alive, or all have died within 5 s: SIGKILL takes a moment on a busy machine."""
    return any(not any(alive(one) for one in processes) or threading.Event().wait(0.05) for _ in range(100))
