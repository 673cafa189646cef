"""Which images the nodes of a cluster should have: the public ones of the image policy, and the unpublished ones, which are built."""

from dataclasses import dataclass

from kubelab.clusters.settings import Settings
from kubelab.policy import PUBLIC, chosen
from kubelab.policy.image_names import normal, split


@dataclass(frozen=True)
class Wanted:
    """Images by their full names: `pulled` from a registry, `made` here from our source."""

    pulled: tuple[str, ...]
    made: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All images."""
        return (*self.pulled, *self.made)


def wanted(settings: Settings) -> Wanted:
    """What the settings' image policy runs, each image once, in the policy's order."""
    policy = chosen(PUBLIC, settings.images).values()
    pulled = dict.fromkeys(full(one.runs) for one in policy if not one.made)
    return Wanted(tuple(pulled), tuple(dict.fromkeys(full(one.runs) for one in policy if one.made)))


def full(image: str) -> str:
    """The name as containerd lists it: with its registry, its folder and its tag."""
    return "/".join(split(normal(image)))
