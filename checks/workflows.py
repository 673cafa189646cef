"""Checks .github/workflows with actionlint, built once from its Go module into a folder of ours."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from kubelab.clusters.nodeimage import golang, recipe
from kubelab.clusters.process import must
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import cache_folder

MODULE = "github.com/rhysd/actionlint/cmd/actionlint"
VERSION = "v1.7.12"
ALIKE = ("-shellcheck=", "-pyflakes=")
"""Programs that actionlint calls if a machine has them: turned off, so that every machine gives the same findings."""
FOLDER = Path(__file__).parents[1] / ".github" / "workflows"


def main() -> None:
    """Exit with actionlint's exit code, after printing its output."""
    sys.exit(check(FOLDER))


def check(folder: Path) -> int:
    """The exit code of actionlint for the workflows in the folder: 0 if nothing is wrong with them; otherwise its findings are printed."""
    program = actionlint(Progress())
    return subprocess.run([program, *ALIKE, *sorted(folder.glob("*.yml"))], check=False).returncode


def actionlint(progress: Progress) -> Path:
    """The program, from the cache; compiled first if it is not there."""
    program = cache_folder() / "actionlint" / VERSION / "actionlint"
    if not program.exists():
        go = golang.folder(recipe.pinned()["go"], cache_folder() / "go", progress)
        with progress.stage(f"compiling actionlint {VERSION}", 30):
            build(go, program)
    return program


def build(go: Path, program: Path) -> None:
    """Compile it with the `go` of that folder; the program appears complete or not at all."""
    program.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=program.parent) as folder:
        words: list[str | Path] = [go / "go", "install", f"{MODULE}@{VERSION}"]
        remedy = "See whether Go reaches its modules, then again: make lint"
        must(words, "actionlint could not be compiled", remedy, 900, {**os.environ, "GOBIN": folder, "GOFLAGS": ""})
        (Path(folder) / program.name).replace(program)


if __name__ == "__main__":
    main()
