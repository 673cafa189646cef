"""What a run that judges, and whoever starts it, agree on: whose settings count, and of one that is held what goes over its two pipes."""

from collections.abc import Mapping

PLUGIN = "kubelab.plugin.holding"
"""The module that a prepared run is started with, by pytest's -p."""
PIPES = "KUBELAB_PIPES"
"""The environment variable with the two file descriptors: the one it waits at, and the one it writes to."""
GO = b"g"
"""What makes it go on; a pipe that is closed without it ends the run."""
READY = '{"ready": true}'
"""The line that it writes when it begins to wait."""
WAITING = '{"waiting": true}'
"""The line that it writes when another run has what its scenario needs for itself."""
OWN_NAMESPACE = "needs a namespace of its own"
"""How the reason begins for which an objective is not judged where everything runs already (--lab-namespace)."""
SAID = frozenset({"PYTEST_ADDOPTS", "KUBELAB_FILES", "KUBELAB_NAMESPACE", "KUBELAB_SCORE", "KUBELAB_SOLUTIONS", PIPES})
"""The environment variables for people's own runs: whoever starts one that judges says on its command line what they would say."""


def plain(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without them."""
    return {name: value for name, value in environment.items() if name not in SAID}
