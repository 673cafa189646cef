"""`kubelab image`: saves the node image and its programs to a file, loads them from a file, or pushes the labs' images to a registry."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kubelab.clusters.settings import KUBERNETES

if TYPE_CHECKING:
    from kubelab.clusters.progress import Progress

ABOUT = """\
Copy our own node image, with its kind and kubectl, from one machine to another: one compiles, a classroom loads.
Or push the images that labs need to a registry, for clusters of somebody else: that of our web program, built if it is missing,
and the other images of our own node image that are on this machine. They run on machines of the same architecture (amd64 or arm64).

What it changes: FILE; the engine's images; ~/.cache/kubelab. `push` also REGISTRY, in which it creates <REGISTRY>/library/nginx and so on,
and the file that it writes for --lab-images.

examples:
  kubelab image save kubelab-1.36.3.tar       on the machine that has run `kubelab up` once
  kubelab image load kubelab-1.36.3.tar       on every other one; `kubelab up` there takes a minute

  kubelab image push registry.school.example/hub
  pytest --lab-context school --lab-images lab-images.yaml features/
"""
HEAD = "# Written by kubelab image push: what a cluster that pulls from {registry} runs for the images that labs name. For --lab-images.\n"
"""The first line of the file that `push` writes; a file with another first line is not overwritten."""


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    arguments = _form().parse_args(words)

    from kubelab.clusters import nodeimage  # noqa: PLC0415  (not needed for --help)
    from kubelab.clusters.progress import Progress  # noqa: PLC0415

    progress, file = Progress(quiet=arguments.quiet), Path(arguments.where)
    if arguments.action == "push":
        return _push(arguments, progress)
    if arguments.action == "load":
        version = nodeimage.load(file, progress)
        print(f"Loaded the node image of Kubernetes {version}. Make a cluster of it: kubelab up --kubernetes {version}")
        return 0
    nodeimage.save(file, progress, arguments.kubernetes.removeprefix("v"))
    print(f"Saved to {file}. On another machine: kubelab image load {file}")
    return 0


def _form() -> argparse.ArgumentParser:
    form = argparse.ArgumentParser("kubelab image", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    form.add_argument("action", choices=["save", "load", "push"], help="save to FILE, load from it, or push to REGISTRY")
    form.add_argument("where", metavar="FILE|REGISTRY")
    form.add_argument("--kubernetes", metavar="VERSION", default=KUBERNETES, help=f"which version to save (default: {KUBERNETES})")
    form.add_argument("--quiet", action="store_true", help="plain lines instead of a live line")
    push = form.add_argument_group("push")
    push.add_argument("--file", metavar="FILE", type=Path, default=Path("lab-images.yaml"), help="the file to write (lab-images.yaml)")
    push.add_argument("--only-made", action="store_true", help="only unpublished images; the others come from public registries")
    push.add_argument("--pulled-as", metavar="REGISTRY", default="", help="the registry's name on the nodes, if they call it otherwise")
    push.add_argument("--tls-verify", choices=["true", "false"], default="true", help="false for a registry without TLS (podman)")
    return form


def _push(arguments: argparse.Namespace, progress: "Progress") -> int:
    from kubelab import policy  # noqa: PLC0415
    from kubelab.clusters import (  # noqa: PLC0415
        engine,
        nodeimage,
        registry_push,
    )
    from kubelab.policy.custom import written  # noqa: PLC0415

    _refuse_another(arguments.file)
    wanted = {lab: one for lab, one in policy.shipped(policy.PUBLIC).items() if one.made or not arguments.only_made}
    own = [one for lab, one in policy.shipped(policy.OWN).items() if lab in wanted]
    chosen, made = engine.choose(), [one.runs for one in wanted.values() if one.made]
    there = registry_push.archives(nodeimage.maker(arguments.kubernetes, progress), chosen, made)
    found = {one.runs: there[one.runs] for one in own if one.runs in there}
    registry = registry_push.Registry(arguments.where.rstrip("/"), verified=arguments.tls_verify == "true")
    registry_push.push(found, registry, chosen, progress)
    name_of = registry_push.Registry((arguments.pulled_as or arguments.where).rstrip("/")).name_of
    entries = [(one.lab, name_of(one.runs), one.because) for one in own if one.runs in found]
    arguments.file.write_text(HEAD.format(registry=arguments.where) + written(entries), encoding="utf-8")
    print(f"Pushed {len(found)} images. With them: pytest --lab-images {arguments.file} features/")
    return 0


def _refuse_another(file: Path) -> None:
    from kubelab.errors import SetupTrouble  # noqa: PLC0415

    if file.exists() and not file.read_text(encoding="utf-8", errors="replace").startswith(HEAD.partition("{")[0]):
        raise SetupTrouble(f"{file} is there, and kubelab has not written it.\nName another file: kubelab image push … --file push.yaml")
