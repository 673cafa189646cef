"""What a run that is prepared ahead, and whoever prepares it, agree on: the plugin that holds it, and what goes over their two pipes."""

PLUGIN = "kubelab.plugin.holding"
"""The module that a prepared run is started with, by pytest's -p."""
PIPES = "KUBELAB_PIPES"
"""The environment variable with the two file descriptors: the one it waits at, and the one it writes to."""
GO = b"g"
"""What makes it go on; a pipe that is closed without it ends the run."""
READY = '{"ready": true}'
"""The line that it writes when it begins to wait."""
