"""What is specific to kind: its configuration, its label on nodes, its network."""

from importlib.resources import files

CONTROL_PLANE = "- role: control-plane\n"
NETWORK = "kind"
"""The engine's network of kind's nodes."""


def label(cluster: str) -> str:
    """Kind's label on the containers of the nodes of a cluster."""
    return f"io.x-k8s.kind.cluster={cluster}"


def text(workers: int) -> str:
    """The configuration of a cluster of one control plane and these workers: the recipe's cluster.yaml with a line for each of them."""
    recipe = files("kubelab").joinpath("nodeimage/cluster.yaml").read_text()
    return recipe.replace(CONTROL_PLANE, CONTROL_PLANE + "- role: worker\n" * workers, 1)
