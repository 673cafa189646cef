"""When two image names mean the same image."""

REGISTRIES = ("docker.io/library/", "docker.io/", "library/")


def same_image(one: str, other: str) -> bool:
    """Whether two names are the same but for what Docker Hub's default registry, folder and tag leave out."""
    return bool(one) and normal(one) == normal(other)


def normal(image: str) -> str:
    """The name without Docker Hub's registry and folder, with the tag "latest" where it has none."""
    for prefix in REGISTRIES:
        image = image.removeprefix(prefix)
    tagged = ":" in image.rsplit("/", maxsplit=1)[-1] or "@" in image
    return image if tagged else f"{image}:latest"
