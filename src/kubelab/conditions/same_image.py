"""When two image names mean the same image."""

from kubelab.policy import normal


def same_image(one: str, other: str) -> bool:
    """Whether two names are the same, apart from Docker Hub's default registry, folder and tag."""
    return bool(one) and normal(one) == normal(other)
