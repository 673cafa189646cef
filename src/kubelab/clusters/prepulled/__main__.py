"""The process that has the nodes of a kind cluster pull the labs' images: `python -m kubelab.clusters.prepulled NAME IMAGES`."""

import sys

from kubelab.clusters.prepulled import state
from kubelab.clusters.prepulled.node_pulls import PullingNodes
from kubelab.clusters.settings import Settings


def main(name: str, images: str) -> None:
    """Pull all images, unless another process does already."""
    settings = Settings(name=name, images=images)
    with state.locked(settings.folder, patience=2) as free:
        if free:
            sys.stdout.write("begun\n")
            sys.stdout.flush()
            PullingNodes.of(settings).fill()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
