"""Whether a container runs at this moment: its kubelet asks the container runtime, while a Pod's status may be a second old or more."""

import re

from kubelab.client.connection import BAD_REQUEST, Connection
from kubelab.errors import SetupTrouble

UPGRADE = {
    "Accept": "*/*",
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "a3ViZWxhYi1hdHRhY2htZQ==",
    "Sec-WebSocket-Protocol": "v4.channel.k8s.io",
}
"""What opens a websocket (RFC 6455), of which nothing is read: the key is any 16 bytes."""
NOT_RUNNING = re.compile(rb"container (\S+ )?not found")
"""What kubelets say of a container that has ended, or has not started (GetAttach in kubelet_pods.go)."""
PATIENCE = 2.0
"""Seconds for the answer."""


def is_running(connection: Connection, path: str, container: str) -> bool:
    """False where the kubelet says that the container does not run; True too where it does not answer or may not be asked.

    `path` is the Pod's `attach`: its output is not read, and nothing is started in it.
    """
    try:
        status, body = connection.opened(path, [("container", container), ("stdout", "true")], UPGRADE, PATIENCE)
    except SetupTrouble:
        return True
    return status < BAD_REQUEST or not NOT_RUNNING.search(body)
