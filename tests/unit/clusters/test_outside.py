"""Outside the cluster: on this machine if it reaches the nodes, otherwise in a container beside them."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab.clusters import outside
from kubelab.output import Output

if TYPE_CHECKING:
    from kubelab.clusters.engine import Engine

ROUTES = """Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
podman1	0000590A	00000000	0001	0	0	0	00FFFFFF	0	0	0
"""


class Noting:
    """An engine that records its commands."""

    def run(self, *words: str, timeout: float) -> Output:
        """Return the command itself."""
        return Output(0, " ".join(words), f"{timeout:g}")


def test_the_device_of_the_nodes_network_is_found(tmp_path: Path) -> None:
    """Never the one that leads out: requests must not leave that network."""
    (tmp_path / "route").write_text(ROUTES)

    assert outside.device_to("10.89.0.7", tmp_path / "route") == "podman1"
    assert outside.device_to("10.100.100.100", tmp_path / "route") == ""
    assert outside.device_to("10.89.0.7", tmp_path / "none") == ""


def test_a_machine_that_reaches_the_nodes_runs_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bound to the device that leads to them; a port that every node serves shows whether they are reached."""
    with socket.create_server(("127.0.0.1", 0)) as node:
        monkeypatch.setattr(outside, "KUBELET", node.getsockname()[1])
        monkeypatch.setattr(outside, "device_to", lambda _address: "podman1")
        monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/curl")

        done = outside.run_outside(cast("Engine", Noting()), "net", "node:1", ["echo", "here"], "127.0.0.1", 5)

    assert done.out == "here --interface podman1\n"


@pytest.mark.parametrize(("device", "reached", "program"), [("", True, "curl"), ("podman1", False, "curl"), ("podman1", True, None)])
def test_else_a_container_on_the_nodes_network_does(
    monkeypatch: pytest.MonkeyPatch, device: str, program: str | None, *, reached: bool
) -> None:
    """Without a default route: requests must not leave that network, either."""
    monkeypatch.setattr(outside, "device_to", lambda _address: device)
    monkeypatch.setattr(outside, "is_reachable", lambda _address: reached)
    monkeypatch.setattr("shutil.which", lambda _name: program)

    done: Any = outside.run_outside(cast("Engine", Noting()), "net", "node:1", ["curl", "-i", "URL"], "127.0.0.1", 5)

    words = f"run --rm --network net --cap-add NET_ADMIN --entrypoint sh node:1 -c {outside.ALONE} sh curl -i URL"
    assert done == Output(0, words, "20")


def test_a_port_that_nobody_serves_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a second."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        monkeypatch.setattr(outside, "KUBELET", closed.getsockname()[1])

    assert not outside.is_reachable("127.0.0.1")
    assert outside.is_answered("127.0.0.1")
