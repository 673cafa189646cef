"""Starts the process that pulls a cluster's images, waits for it for a while, and ends it when the cluster is removed."""

import io
import subprocess
import sys
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

from kubelab.clusters.prepulled import state
from kubelab.clusters.process import end_group, run
from kubelab.clusters.settings import Settings

MODULE = "kubelab.clusters.prepulled"
LOG = "images.log"
"""The file for the process's errors, in the cluster's folder."""


def start(settings: Settings, images: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """The process, started and recorded: in a session of its own, so that neither Ctrl-C nor the end of its caller ends it.

    The line that it prints says that it holds the lock: from then on, others see that it is running.
    """
    settings.folder.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-P", "-m", MODULE, settings.name, settings.images]
    with (settings.folder / LOG).open("wb") as log:
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True)
    state.write(settings.folder, state.State(images, child.pid))
    with child.stdout or nullcontext(io.BytesIO()) as said:
        said.readline()
    return child


def await_end(child: "subprocess.Popen[bytes]", limit: float) -> bool:
    """Whether it ended within the time, in seconds."""
    try:
        child.wait(limit)
    except subprocess.TimeoutExpired:
        return False
    return True


def is_left_alone(child: "subprocess.Popen[bytes]") -> bool:
    """Whether it is still running; from now on it runs without us."""
    if child.poll() is not None:
        return False
    child.returncode = 0  # else Python warns about a process without a wait
    return True


def end(folder: Path, cluster: str) -> None:
    """End the process that still pulls images onto the cluster's nodes, if there is one, and forget its progress."""
    known = state.read(folder)
    if known:
        for process in _with_children(known.process, cluster):
            end_group(process)
    for name in (state.FILE, f"{state.FILE}.new", LOG):
        (folder / name).unlink(missing_ok=True)


def _with_children(process: int, cluster: str) -> list[int]:
    """The process, if it is (still) one of ours for the cluster, and the programs that it runs, each of which leads a group."""
    rows = [row.split() for row in run(["ps", "-ww", "-eo", "pid=,ppid=,args="]).out.splitlines()]
    ours = any(row[0] == str(process) and (MODULE, cluster) in pairwise(row) for row in rows)
    return [process, *(int(row[0]) for row in rows if row[1] == str(process))] if ours else []
