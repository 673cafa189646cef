"""Which images the nodes of a cluster are to have: the public ones of the image policy, pulled, and those that nobody publishes, made."""

from dataclasses import dataclass

from kubelab.clusters.settings import Settings
from kubelab.policy import PUBLIC, chosen
from kubelab.policy.image_names import normal, split


@dataclass(frozen=True)
class Wanted:
    """Images by their full names: `pulled` from a registry, `made` here from a source of ours."""

    pulled: tuple[str, ...]
    made: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.pulled, *self.made)


def wanted(settings: Settings) -> Wanted:
    """What the settings' image policy runs, each image once, in the policy's order."""
    policy = chosen(PUBLIC, settings.images).values()
    pulled = dict.fromkeys(full(one.runs) for one in policy if not one.made)
    return Wanted(tuple(pulled), tuple(dict.fromkeys(full(one.runs) for one in policy if one.made)))


def full(image: str) -> str:
    """The name as containerd lists it: with its registry, its folder and its tag."""
    return "/".join(split(normal(image)))
