"""Bad weather between us and the API server, in the middle of a wait: the wait goes on, and its timeline shows what could not be seen."""

import math
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
import yaml

from kubelab import hopeless
from kubelab.client import Client, Refused
from kubelab.conditions import presence
from kubelab.conditions.build import of_namespace
from kubelab.errors import SetupTrouble
from kubelab.observation import Mark, Observer, Store
from kubelab.waiting import Hopeless, Noted, throughout, until
from tests.cluster import weather
from tests.cluster.weather import SmallCluster

pytestmark = pytest.mark.cluster

SHARES = True

LATE = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "late"}}


@dataclass
class Wire:
    """A forwarder in front of the API server, whose connections can be cut."""

    target: tuple[str, int]
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    open: list[socket.socket] = field(default_factory=list)

    def serve(self) -> None:
        """Forward every connection, each in a thread, until the listener is closed."""
        while True:
            try:
                near = self.listener.accept()[0]
            except OSError:
                return
            far = socket.create_connection(self.target)
            self.open += [near, far]
            threading.Thread(target=_forward, args=(near, far), daemon=True).start()

    def cut(self) -> None:
        """Reset every open connection."""
        for one in self.open:
            one.close()
        self.open.clear()


def _forward(near: socket.socket, far: socket.socket) -> None:
    with selectors.DefaultSelector() as ready:
        ready.register(near, selectors.EVENT_READ, far)
        ready.register(far, selectors.EVENT_READ, near)
        try:
            while True:
                for key, _ in ready.select(timeout=0.1):
                    data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    key.data.sendall(data)
                    if not data:
                        return
        except (OSError, ValueError):
            return


@dataclass
class Lab:
    """What waiting needs of a scenario."""

    client: Client
    store: Store
    since: Mark
    patience: float = 2.0
    failed_at: float = math.inf
    hopeless: tuple[Hopeless, ...] = ()
    clock: Callable[[], float] = monotonic
    waits: list[Noted] = field(default_factory=list)

    def attend(self, wording: str) -> None:
        """ConfigMaps need no controllers."""


@contextmanager
def watching(client: Client, namespace: str) -> Iterator[Lab]:
    """A scenario that watches ConfigMaps in a new namespace."""
    weather.until(lambda: can_create(client, namespace))
    store = Store(namespace)
    observer = Observer(client, store, namespace, ["ConfigMap"])
    observer.start()
    try:
        yield Lab(client, store, store.mark(), hopeless=hopeless.table(client, namespace))
    finally:
        observer.stop()


def in_node(small: SmallCluster, script: str) -> None:
    """Run a shell script in the control plane."""
    said = small.engine.run("exec", f"{small.name}-control-plane", "sh", "-c", script)
    assert said.good, said.err


def later(action: Callable[[], object]) -> threading.Thread:
    """Do something while the test waits."""
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def create_when_it_answers(client: Client, namespace: str) -> None:
    """Create the object that is waited for, as soon as the API server accepts it."""
    while True:
        try:
            client.apply(LATE, namespace)
        except (SetupTrouble, Refused):  # after a restart the API server forbids everything for a moment
            continue
        return


def can_create(client: Client, namespace: str) -> bool:
    """Whether the API server works again, and the namespace exists."""
    try:
        client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}})
    except (SetupTrouble, Refused):
        return False
    return True


def direct(small: SmallCluster) -> Client:
    """A client of the small cluster, without the forwarder."""
    return Client(small.folder / "kubeconfig", f"kind-{small.name}")


def test_an_api_server_that_is_killed_in_the_middle_of_a_wait(small: SmallCluster) -> None:
    """The wait is met after it is back; the timeline has the gap, and what may have happened in it is not judged."""
    client = direct(small)
    with watching(client, "restarted") as lab:
        in_node(small, "kill -9 $(pidof kube-apiserver)")
        done = later(lambda: create_when_it_answers(client, "restarted"))

        assert until(lab, presence.exists("ConfigMap", "late")).met

        done.join(60)
        gaps = [gap for gap in lab.store.gaps() if gap.kind == "ConfigMap"]
        assert gaps
        assert all(gap.until for gap in gaps)
        if any(gap.lost for gap in gaps):
            with pytest.raises(SetupTrouble, match="was not watched from"):
                throughout(lab, of_namespace("anything goes", lambda _view: (True, "", ())))


def test_an_etcd_that_freezes_for_six_seconds(small: SmallCluster) -> None:
    """Writes hang, watches are silent; nothing is lost."""
    client = direct(small)
    with watching(client, "frozen") as lab:
        in_node(small, "pid=$(pidof etcd); kill -STOP $pid; (sleep 6; kill -CONT $pid) >/dev/null 2>&1 &")
        done = later(lambda: create_when_it_answers(client, "frozen"))

        assert until(lab, presence.exists("ConfigMap", "late")).met

        done.join(60)
        assert next(change.type for change in lab.store.history("ConfigMap") if change.name == "late") == "ADDED"


def test_a_connection_that_is_cut(small: SmallCluster, tmp_path: Path) -> None:
    """The watch resumes where it was: a gap without loss."""
    config = yaml.safe_load((small.folder / "kubeconfig").read_text())
    server = urlsplit(config["clusters"][0]["cluster"]["server"])
    wire = Wire((server.hostname or "", server.port or 443))
    later(wire.serve)
    config["clusters"][0]["cluster"] |= {
        "server": f"https://127.0.0.1:{wire.listener.getsockname()[1]}",
        "tls-server-name": server.hostname,
    }
    (tmp_path / "kubeconfig").write_text(yaml.safe_dump(config))
    try:
        with watching(Client(tmp_path / "kubeconfig", f"kind-{small.name}"), "cut") as lab:
            wire.cut()
            direct(small).apply(LATE, "cut")

            assert until(lab, presence.exists("ConfigMap", "late")).met

            gaps = [gap for gap in lab.store.gaps() if gap.kind == "ConfigMap"]
            assert gaps
            assert not any(gap.lost for gap in gaps)
    finally:
        wire.listener.close()
