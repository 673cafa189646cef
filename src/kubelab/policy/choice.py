"""Which substitutions a cluster runs: those that ship for its side, overridden by those of a user's file, or none."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kubelab.policy.image_names import mirrored, normal
from kubelab.policy.shipped import OWN, PUBLIC, Side, shipped
from kubelab.policy.substitution import Substitution

NONE = "none"
"""The word that switches the policy off: images as the labs name them."""
WORDS = ("", NONE, OWN)
"""What is said of images without a file; OWN is for a cluster of our own node image that is used by a context."""


def chosen(side: Side, images: str = "") -> dict[str, Substitution]:
    """The substitutions of a cluster by the image that labs name; `images` is a file, NONE, OWN whatever the side, or "" for what ships.

    An entry of the file comes before ours of the same image. A mirror is for what is pulled: the nodes of our own image hold
    theirs and ask no registry.
    """
    if images == NONE:
        return {}
    if images in WORDS:
        return shipped(OWN if images else side)
    from kubelab.policy.custom import read  # noqa: PLC0415  (only who names a file needs it)

    custom = read(Path(images))
    overridden = {normal(one.lab) for one in custom.images}
    ours = {lab: one for lab, one in shipped(side).items() if normal(lab) not in overridden}
    pulled = {lab: _from(custom.mirrors, one) for lab, one in ours.items()} if side == PUBLIC else ours
    return {one.lab: one for one in custom.images} | pulled


def located(images: str, folder: Path) -> str:
    """What a setting of images says, a relative path made absolute from the folder that it is meant from."""
    return images if images in WORDS else str(folder / Path(images).expanduser())


def _from(mirrors: Mapping[str, str], one: Substitution) -> Substitution:
    return replace(one, runs=mirrored(one.runs, mirrors))
