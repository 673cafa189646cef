"""The mirror: a registry that the nodes' containerd asks first for every image, and the configuration of containerd for it."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from kubelab.errors import SetupTrouble
from kubelab.output import Output

CERTS = "/etc/containerd/certs.d"
"""Where a node's containerd reads hosts.toml files at each pull: a folder for each registry, `_default` for all others."""
HOST = """\
# Asked first; what it does not have is asked of those that follow, or of the registry that the image names.
[host."{url}"]
  capabilities = ["pull", "resolve"]
"""
SCRIPT = """\
set -e
mkdir -p "$1/_default"
for folder in "$1"/*/; do
  cd "$folder"
  touch hosts.toml
  { sed '/^\\[/,$d' hosts.toml; printf '%s\\n' "$2"; sed -n '/^\\[/,$p' hosts.toml; } > new
  mv new hosts.toml
done
"""
"""Adds a host before those that a node image may have: after the lines of the file before the first host."""


def checked(url: str) -> str:
    """The URL as it is stored; SetupTrouble if it is not one, or is on the loopback, which for a node is the node itself."""
    parts = urlsplit(url.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise SetupTrouble(
            f'The mirror "{url}" is not the URL of a registry.\nName scheme, host and port: kubelab up --mirror http://10.0.0.5:5000'
        )
    if _on_the_loopback(parts):
        raise SetupTrouble(
            f'The mirror "{url}" is on the loopback, where a node finds only itself.\n'
            "Name an address of this machine that the nodes reach: the gateway of the engine's network "
            "(docker or podman network inspect kind)"
        )
    return parts.geturl()


def tell(execute: Callable[[str, Sequence[str], float], Output], node: str, url: str) -> None:
    """Configure the node's containerd to ask the mirror first."""
    output = execute(node, ["sh", "-c", SCRIPT, "sh", CERTS, HOST.format(url=url)], 10)
    if not output.good:
        raise SetupTrouble(f"Node {node} could not be told of the mirror {url}:\n{output.tail}")


def _on_the_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
