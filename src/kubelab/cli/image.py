"""`kubelab image`: saves the node image and its programs to a file, or loads them from one."""

import argparse
from collections.abc import Sequence
from pathlib import Path

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
    form.add_argument("--quiet", action="store_true", help="plain lines instead of a live line")
    arguments = form.parse_args(words)

    from kubelab.clusters import engine, nodeimage, packages  # noqa: PLC0415  (not needed for --help)
    from kubelab.clusters.progress import Progress  # noqa: PLC0415

    progress = Progress(quiet=arguments.quiet)
    packages.ensure(progress)
    carry = nodeimage.save if arguments.action == "save" else nodeimage.load
    carry(arguments.file, engine.choose(), progress)
    return 0
