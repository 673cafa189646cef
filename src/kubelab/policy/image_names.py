"""An image's name: in full and in short, and as a mirror has it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

HUB = "docker.io"
"""The registry of an image whose name does not say one."""


def short(image: str) -> str:
    """The name without Docker Hub's registry and folder."""
    return image.removeprefix(f"{HUB}/").removeprefix("library/")


def normal(image: str) -> str:
    """The short name with the tag "latest" where it has none: equal for two names of one image."""
    plain = short(image)
    tagged = ":" in plain.rsplit("/", maxsplit=1)[-1] or "@" in plain
    return plain if tagged else f"{plain}:latest"


def split(image: str) -> tuple[str, str]:
    """The registry and what it calls the image: `("docker.io", "library/nginx:1.14.2")`."""
    first, slash, rest = image.partition("/")
    if slash and (first == "localhost" or "." in first or ":" in first):
        return first, rest
    return HUB, image if slash else f"library/{image}"


def mirrored(image: str, mirrors: Mapping[str, str]) -> str:
    """The image under the prefix that the mirrors give for its registry, or for "" (every other one); itself where they give none."""
    registry, name = split(image)
    prefix = mirrors.get(registry, mirrors.get("", ""))
    return f"{prefix}/{name}" if prefix else image


def by_tag(images: Iterable[str]) -> str:
    """Several images in one line, their tags together: "nginx (1.14, 1.15, latest), redis (7)"."""
    tags = defaultdict[str, list[str]](list)
    for image in images:
        name, _, tag = normal(image).rpartition(":")
        tags[name] += [tag] if tag not in tags[name] else []
    return ", ".join(f"{name} ({', '.join(some)})" for name, some in tags.items())
