"""The configuration handed to kind: the recipe's cluster.yaml with a line for each worker."""

from importlib.resources import files

CONTROL_PLANE = "- role: control-plane\n"


def text(workers: int) -> str:
    """The configuration of a cluster of one control plane and so many workers."""
    recipe = files("kubelab").joinpath("nodeimage/cluster.yaml").read_text()
    return recipe.replace(CONTROL_PLANE, CONTROL_PLANE + "- role: worker\n" * workers, 1)
