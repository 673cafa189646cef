"""`kubelab image`: saves the node image and its programs to a file, or loads them from one."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from kubelab.clusters.settings import KUBERNETES

ABOUT = """\
Carry our own node image, with the kind and kubectl that belong to it, from one machine to another: one compiles, a classroom loads.

What it touches: FILE; the engine's images; ~/.cache/kubelab.

examples:
  kubelab image save kubelab-1.36.3.tar       on the machine that has run `kubelab up` once
  kubelab image load kubelab-1.36.3.tar       on every other one; `kubelab up` there takes a minute
"""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = argparse.ArgumentParser("kubelab image", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    form.add_argument("action", choices=["save", "load"], help="save to FILE or load from it")
    form.add_argument("file", metavar="FILE", type=Path)
    form.add_argument("--kubernetes", metavar="VERSION", default=KUBERNETES, help=f"which version to save (default: {KUBERNETES})")
    form.add_argument("--quiet", action="store_true", help="plain lines instead of a live line")
    arguments = form.parse_args(words)

    from kubelab.clusters import nodeimage  # noqa: PLC0415  (not needed for --help)
    from kubelab.clusters.progress import Progress  # noqa: PLC0415

    progress = Progress(quiet=arguments.quiet)
    if arguments.action == "load":
        version = nodeimage.load(arguments.file, progress)
        print(f"Loaded the node image of Kubernetes {version}. Make a cluster of it: kubelab up --kubernetes {version}")
        return 0
    nodeimage.save(arguments.file, progress, arguments.kubernetes.removeprefix("v"))
    print(f"Saved to {arguments.file}. On another machine: kubelab image load {arguments.file}")
    return 0
