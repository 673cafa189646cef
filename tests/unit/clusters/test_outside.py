"""Outside the cluster: on this machine where it reaches the nodes, in a container beside them where it does not."""

import socket
from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab.clusters import outside
from kubelab.clusters.process import Output

if TYPE_CHECKING:
    from kubelab.clusters.engine import Engine


class Noting:
    """An engine that notes its commands."""

    def run(self, *words: str, timeout: float) -> Output:
        """Say them back."""
        return Output(0, " ".join(words), f"{timeout:g}")


def test_a_machine_that_reaches_the_nodes_runs_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told by connecting to a port that every node serves."""
    with socket.create_server(("127.0.0.1", 0)) as node:
        monkeypatch.setattr(outside, "KUBELET", node.getsockname()[1])

        done = outside.run_outside(cast("Engine", Noting()), "node:1", ["echo", "here"], "127.0.0.1", 5)

    assert done.out == "here\n"


@pytest.mark.parametrize("argv", [["curl", "-i", "URL"], ["no-such-program", "-i", "URL"]])
def test_else_a_container_on_the_nodes_network_does(monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> None:
    """Where no node can be reached, or the program is not there."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        monkeypatch.setattr(outside, "KUBELET", closed.getsockname()[1])

    done: Any = outside.run_outside(cast("Engine", Noting()), "node:1", argv, "127.0.0.1", 5)

    assert done == Output(0, f"run --rm --network kind --entrypoint {argv[0]} node:1 -i URL", "20")
