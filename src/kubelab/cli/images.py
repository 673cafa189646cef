"""`kubelab images`: shows what runs for the images that labs name, and why."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kubelab.cli.arguments import parser, settings

if TYPE_CHECKING:
    from kubelab.clusters.settings import Settings
    from kubelab.policy import Side, Substitution

ABOUT = """\
Show what runs for each image that labs name, and why: on the cluster that pytest would use; if there is none yet, on nodes of our own
image (own), which `kubelab up` builds if no container registry answers, and on every other cluster (public).
Changes nothing, and asks neither a cluster nor a registry.

A file of your own adds to it, overrides it, or names a mirror from which all of them are pulled:

  mirror: registry.school.example/hub      docker.io/library/nginx:1.14.2 is registry.school.example/hub/library/nginx:1.14.2 there
  images:
  - lab: nginx:1.14
    runs: registry.school.example/nginx:1.14-school

Name it with --lab-images FILE here and with pytest, as KUBELAB_IMAGES, or as lab_images in the settings file; "none" runs images as labs
name them, and "own" is for a context whose nodes are of our own image.
A mirror for each registry: `mirror: {docker.io: a.example/hub, registry.k8s.io: a.example/k8s}`.

examples:
  kubelab images
  kubelab images --side public
  kubelab images --lab-images school.yaml
"""
HEADS = {"own": "On nodes of our own image", "public": "On every other cluster"}


def go(words: Sequence[str]) -> int:
    """Run the verb; the exit code."""
    form = parser("images", ABOUT, context=True)
    form.add_argument("--side", choices=list(HEADS), help="show this side of the policy, whatever cluster there is")
    form.add_argument("--lab-images", dest="images", metavar="FILE", help="add a file of your own; or none, or own")
    arguments = form.parse_args(words)
    wanted = settings(arguments)

    from kubelab import policy  # noqa: PLC0415  (not needed for --help)

    for side in [arguments.side] if arguments.side else _sides(wanted):
        images = policy.chosen(side, wanted.images).values()
        print(f"{HEADS[side]}{f', with {wanted.images}' if wanted.images else ''}:\n")
        print(_table(list(images)) if images else "  each image as the lab names it\n")
    return 0


def _sides(wanted: "Settings") -> list["Side"]:
    from kubelab.clusters import cluster_folder  # noqa: PLC0415
    from kubelab.policy import OWN, PUBLIC  # noqa: PLC0415

    if wanted.context or wanted.images == OWN:
        return [OWN if wanted.images == OWN else PUBLIC]
    known = cluster_folder.read(wanted.folder)
    return [OWN if known.own else PUBLIC] if known else [OWN, PUBLIC]


def _table(images: Sequence["Substitution"]) -> str:
    rows = [("A LAB NAMES", "THERE RUNS", "BECAUSE"), *((one.lab, one.runs, one.because) for one in images)]
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "".join(f"{lab:<{first}}  {runs:<{second}}  {why}\n" for lab, runs, why in rows)
