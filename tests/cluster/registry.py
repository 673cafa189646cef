"""A container registry for the tests: Debian's docker-registry, and a proxy in front of it that counts, refuses or is slow."""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kubelab.clusters import apt
from kubelab.clusters.progress import Progress

PACKAGE = "docker-registry"
CONFIG = """\
version: 0.1
log: {{level: warn}}
storage: {{filesystem: {{rootdirectory: "{folder}/storage"}}}}
http: {{addr: "127.0.0.1:{port}"}}
"""
PIECE = 1 << 14
"""Bytes that are passed on at once."""


@dataclass
class Door:
    """The address for nodes and engine: passes every request on to the registry behind it, and remembers what that delivered.

    `refusing`: the status that it answers with instead; `rate`: bytes per second, None for no limit; `shut`: nothing listens.
    """

    behind: int
    refusing: int | None = None
    rate: int | None = None
    given: list[str] = field(default_factory=list)
    port: int = 0
    shut: bool = False

    @contextmanager
    def open(self) -> Iterator["Door"]:
        """Open the proxy, which listens on every address of this machine; on the same port each time it is opened."""
        handler = type("Handler", (_Handler,), {"door": self})
        self.shut = False
        with ThreadingHTTPServer(("", self.port), handler) as server:
            server.daemon_threads = True
            self.port = server.server_port
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            try:
                yield self
            finally:
                self.shut = True
                server.shutdown()

    def gave(self, image: str) -> bool:
        """Whether the manifest of `library/nginx:1.27` or the like was delivered to anybody."""
        name, _, tag = image.rpartition(":")
        return f"/v2/{name}/manifests/{tag}" in self.given


class _Handler(BaseHTTPRequestHandler):
    """Serves one connection to the proxy."""

    door: Door
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        """Like GET, without the body."""
        self._hand_on()

    def do_GET(self) -> None:
        """Pass the request on, or refuse it."""
        self._hand_on()

    def log_message(self, *_: object) -> None:
        """Print nothing: the requests are recorded."""

    def _hand_on(self) -> None:
        if self.door.shut:
            self.close_connection = True
            return
        if self.door.refusing:
            self._refuse(self.door.refusing)
            return
        connection = HTTPConnection("127.0.0.1", self.door.behind, timeout=60)
        connection.putrequest(self.command, self.path, skip_accept_encoding=True)
        for name, value in self.headers.items():  # a header such as Accept may occur several times
            if name != "Host":
                connection.putheader(name, value)
        connection.endheaders()
        self._pass(connection.getresponse())
        connection.close()

    def _refuse(self, status: int) -> None:
        text = b'{"errors": [{"code": "TOOMANYREQUESTS", "message": "You have reached your pull rate limit."}]}'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else text)

    def _pass(self, answer: HTTPResponse) -> None:
        if answer.status == HTTPStatus.OK:
            self.door.given.append(self.path.partition("?")[0])
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name not in {"Date", "Server", "Connection"}:
                self.send_header(name, value)
        self.end_headers()
        while self.command != "HEAD" and (piece := answer.read(PIECE)):
            self.wfile.write(piece)
            if self.door.rate:
                time.sleep(len(piece) / self.door.rate)


@contextmanager
def registry(folder: Path) -> Iterator[int]:
    """The port of a registry on the loopback interface that keeps its images in the folder; it ends with the block."""
    if not shutil.which(PACKAGE):
        apt.install([PACKAGE], Progress(quiet=True))
    port = _free_port()
    config = folder / "config.yml"
    config.write_text(CONFIG.format(folder=folder, port=port))
    with (folder / "log").open("w") as log, subprocess.Popen([PACKAGE, "serve", config], stdout=log, stderr=log) as process:
        try:
            _await_answer(process, port)
            yield port
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _await_answer(process: "subprocess.Popen[Any]", port: int, limit: float = 20) -> None:
    end = time.monotonic() + limit
    while process.poll() is None and time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/v2/")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            threading.Event().wait(0.1)
        finally:
            connection.close()
    raise AssertionError(f"{PACKAGE} does not answer on port {port}")
