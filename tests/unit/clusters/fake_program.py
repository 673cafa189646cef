"""Plays docker, kind or kubectl, depending on its name: their state and their failures are in a JSON file that PLAYED names.

It is started some thousand times, so it imports little: pathlib and typing would triple its time.
"""

from __future__ import annotations

import json
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

STATE = os.environ["PLAYED"]
NODE = {"status": {"conditions": [{"type": "Ready", "status": "True"}], "nodeInfo": {"kubeletVersion": "v1.36.3"}}}


def read(file: str) -> str:
    """The text of a file."""
    with open(file, encoding="utf-8") as opened:  # noqa: PTH123
        return opened.read()


def write(file: str, text: str) -> None:
    """Replace the text of a file."""
    with open(file, "w", encoding="utf-8") as opened:  # noqa: PTH123
        opened.write(text)


def beside(*names: str) -> str:
    """A path in the folder of the state."""
    return os.path.join(os.path.dirname(STATE), *names)  # noqa: PTH118, PTH120


def say(text: str) -> NoReturn:
    """Print and exit with 0."""
    sys.stdout.write(f"{text}\n")
    sys.exit(0)


def fail(text: str) -> NoReturn:
    """Complain and exit with 1."""
    sys.exit(text)


def docker(state: dict[str, Any], words: list[str]) -> None:
    """The engine: `nodes` maps a container to its state."""
    nodes, verb = state["nodes"], words[0]
    if verb in state["fails"]:
        fail(state["fails"][verb])
    if verb == "info":
        say("28.2.2|2|/|[name=seccomp]")
    if verb == "ps":
        say("\n".join(nodes))
    if verb == "inspect":
        say("\n".join(f"/{name} id-{name} {nodes[name]} 1" for name in words[5:]))
    if verb == "rm":
        nodes.clear()
    if verb in {"pause", "unpause"}:
        nodes[words[1]] = {"pause": "paused", "unpause": "running"}[verb]
    if verb == "exec" and "systemctl" in words and "units" in state:
        systemctl(state["units"], words[3:])
    elif verb == "exec":
        containerd(state, words) if "images" in words else say(" ".join(words[1:]))
    if verb in {"image", "manifest", "save"}:
        images(state, words)


def systemctl(units: dict[str, str], words: list[str]) -> None:
    """The services of every node, a map to their states; starting one prints nothing."""
    if words[0] == "start":
        units.update(dict.fromkeys(words[1:], "active"))
    else:
        say("\n".join(units[unit] for unit in words[1:]))


def images(state: dict[str, Any], words: list[str]) -> None:
    """The engine's own images, and a registry that is queried for one: if its images are None it does not answer."""
    if words[0] == "image":
        sys.exit(words[2] not in state["images"])
    if words[0] == "manifest":
        say("{}") if words[2] in (state["registry"] or []) else fail("no such host" if state["registry"] is None else "manifest unknown")
    write(words[2], words[3])


def containerd(state: dict[str, Any], words: list[str]) -> None:
    """The images of one node, a file each, since several are pulled at once: those of the registry can be pulled."""
    node = words[1].removeprefix("id-")
    if node not in state["nodes"]:
        fail(f"no such container: {words[1]}")
    folder, image = images_of(node), words[-1]
    if "list" in words:
        say("\n".join(read(file.path) for file in os.scandir(folder)))
    while os.path.exists(beside("hold")):  # noqa: PTH110
        time.sleep(0.02)
    if image not in (state["registry"] or []):
        fail(f'ctr: failed to resolve reference "{image}": {image}: not found')
    keep(folder, image)
    sys.exit(0)


def images_of(node: str) -> str:
    """The folder of a node's images."""
    folder = beside("images", node)
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    return folder


def keep(folder: str, image: str) -> None:
    """Put the image into the folder."""
    write(f"{folder}/{image.replace('/', '_')}", image)


def kind(state: dict[str, Any], words: list[str]) -> None:
    """kind: as many nodes as the configuration has roles."""
    options = dict(zip(words[2::2], words[3::2], strict=False))
    if words[0] in state["fails"]:
        fail(state["fails"][words[0]])
    if words[0] == "version":
        say(f"kind v{state.get('kind', '0.33.0')} go1.26.8 linux/amd64")
    if words[0] == "create":
        count = read(options["--config"]).count("- role:")
        ends = ["control-plane", *(f"worker{number or ''}" for number in range(count - 1))]
        state["nodes"].update({f"{options['--name']}-{end}": "running" for end in ends})
        write(options["--kubeconfig"], "made")
    if words[0] == "load":
        for node in state["nodes"]:
            keep(images_of(node), read(words[2]))
    if words[0] == "export":
        os.makedirs(words[2], exist_ok=True)  # noqa: PTH103


KUBECONFIG = {
    "current-context": "mine",
    "contexts": [{"name": "mine", "context": {"cluster": "mine", "user": "me"}}],
    "clusters": [{"name": "mine", "cluster": {"server": "https://localhost:1"}}],
    "users": [{"name": "me", "user": {}}],
}
"""What kubectl shows of the context "mine"."""


def kubectl(state: dict[str, Any], words: list[str]) -> None:
    """The client, preceded by a kubeconfig and a context if it is to contact a server."""
    words = words[4:] if words[0] == "--kubeconfig" else words
    first = next((word for word in state["fails"] if word.startswith("kubectl ") and word[8:] in " ".join(words)), None)
    if first:
        fail(state["fails"][first])
    if words[:2] == ["version", "--client"]:
        say(json.dumps({"clientVersion": {"gitVersion": f"v{state.get('kubectl', '1.36.3')}"}}))
    if words[:2] == ["get", "nodes"]:
        say(json.dumps({"items": [{"metadata": {"name": name}, **NODE} for name in state["nodes"]]}))
    if words[:3] == ["get", "--raw", "/version"]:
        say(json.dumps({"gitVersion": "v1.36.3"}))
    if words[:2] == ["config", "view"]:
        say(json.dumps({**KUBECONFIG, **state.get("kubeconfig", {})})) if words[-1] == "mine" else fail("error: no such context")
    if words[:2] == ["config", "get-contexts"]:
        say("mine\nother")


PLAYS: dict[str, Callable[[dict[str, Any], list[str]], None]] = {"docker": docker, "kind": kind, "kubectl": kubectl}

if __name__ == "__main__":
    known = json.loads(read(STATE))
    before = json.dumps(known)
    PLAYS[os.path.basename(sys.argv[0])](known, sys.argv[1:])  # noqa: PTH119
    if json.dumps(known) != before:  # several programs may run at the same time
        write(STATE, json.dumps(known))
