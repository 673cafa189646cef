"""The image policy: what runs for the images that labs name, on a cluster of our own node image and on every other one, and why."""

from kubelab.policy.choice import NONE, chosen, located
from kubelab.policy.image_names import by_tag, mirrored, normal, short
from kubelab.policy.shipped import IMAGES, OWN, PUBLIC, Side, shipped
from kubelab.policy.substitution import Substitution, in_short

__all__ = [
    "IMAGES",
    "NONE",
    "OWN",
    "PUBLIC",
    "Side",
    "Substitution",
    "by_tag",
    "chosen",
    "in_short",
    "located",
    "mirrored",
    "normal",
    "shipped",
    "short",
]
