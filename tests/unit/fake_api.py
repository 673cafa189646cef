"""A small API server in this process, on a real socket, for the faults that a real one cannot be made to show."""

import base64
import hashlib
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

WEBSOCKET = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455
KINDS = {
    "pods": "Pod",
    "events": "Event",
    "configmaps": "ConfigMap",
    "deployments": "Deployment",
    "daemonsets": "DaemonSet",
    "nodes": "Node",
}


@dataclass
class Fault:
    """What the next watch request gets instead: an HTTP error, or a stream that fails after its first list."""

    status: int = 0
    retry_after: str = ""
    message: str = "no"
    then: str = ""  # "end", "cut", "garbage", or "expire", right after the existing objects
    plural: str = "pods"


@dataclass
class FakeApi:
    """Lists, watches and faults. The test sets the objects; every request is recorded."""

    streams_lists: bool = True
    version: int = 10
    oldest: int = 0
    told: list[tuple[int, str, str, dict[str, Any]]] = field(default_factory=list)
    objects: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answers: dict[tuple[str, str], tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    said: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict)
    epoch: int = 0
    muted: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)
    server: ThreadingHTTPServer = field(init=False)

    def put(self, name: str, type_: str = "", plural: str = "pods", uid: str = "", namespace: str = "lab", **more: Any) -> dict[str, Any]:
        """Store an object's new state and send it to the watches."""
        with self.changed:
            self.version += 1
            known = self.objects.get((plural, name))
            metadata = {
                "name": name,
                "namespace": namespace,
                "uid": uid or f"uid-{name}",
                "resourceVersion": str(self.version),
                "managedFields": [1],
            }
            thing = {"kind": KINDS[plural], "apiVersion": "v1", "metadata": metadata, **more}
            self.objects[plural, name] = thing
            self.told.append((self.version, plural, type_ or ("MODIFIED" if known else "ADDED"), thing))
            self.changed.notify_all()
            return thing

    def delete(self, name: str, plural: str = "pods") -> None:
        """Delete an object and send that to the watches."""
        with self.changed:
            self.version += 1
            thing = self.objects.pop((plural, name))
            last = {**thing, "metadata": {**thing["metadata"], "resourceVersion": str(self.version)}}
            self.told.append((self.version, plural, "DELETED", last))
            self.changed.notify_all()

    def drop(self) -> None:
        """Cut every open watch."""
        with self.changed:
            self.epoch += 1
            self.changed.notify_all()

    def forget(self) -> None:
        """Let every resource version up to now be too old for a watch."""
        with self.changed:
            self.oldest = self.version

    def watched(self, plural: str = "pods") -> list[dict[str, str]]:
        """The queries of the watch requests."""
        return [query for _, path, query in list(self.requests) if path.endswith(plural) and "watch" in query]

    def next_fault(self, plural: str) -> Fault:
        """The fault for this watch."""
        if self.faults and self.faults[0].plural == plural:
            return self.faults.popleft()
        return Fault()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: FakeApi

    def log_message(self, *_: Any) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        """Answer a list or a watch."""
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.api.requests.append((self.command, parts.path, query))
        if (canned := self.api.answers.get((self.command, parts.path))) is not None:
            self.answer(*canned)
        elif self.headers.get("Upgrade") == "websocket":
            self.converse(query)
        elif "watch" in query:
            self.watch(parts.path.rpartition("/")[2], query)
        else:
            self.list(parts.path.rpartition("/")[2])

    def converse(self, query: dict[str, str]) -> None:
        """Open a websocket, send the test's data on each channel, and close it."""
        accept = base64.b64encode(hashlib.sha1(self.headers["Sec-WebSocket-Key"].encode() + WEBSOCKET).digest()).decode()  # noqa: S324
        self.send_response(101)
        for key, value in {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept}.items():
            self.send_header(key, value)
        self.send_header("Sec-WebSocket-Protocol", "v4.channel.k8s.io")
        self.end_headers()
        command = query.get("command", "attach")
        for channel, text in self.api.said[command]:
            data = bytes([channel]) + text
            self.wfile.write(b"\x82" + bytes([len(data)]) + data)
        if command == "hang":
            self.rfile.read(1)
        self.wfile.write(b"\x88\x00")
        self.close_connection = True

    def do_POST(self) -> None:
        """Give the test's answer, and keep the body."""
        parts = urlsplit(self.path)
        self.api.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        self.api.requests.append((self.command, parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()}))
        self.answer(*self.api.answers.get((self.command, parts.path), (404, {}, status(404, "NotFound", "no such path"))))

    do_PATCH = do_DELETE = do_POST  # noqa: N815  (http.server's names)

    def answer(self, code: int, headers: dict[str, str], body: bytes) -> None:
        """Send a complete answer."""
        self.send_response(code)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def list(self, plural: str) -> None:
        """Send the current list, without kinds in its items, as the API server does."""
        with self.api.changed:
            items = [{k: v for k, v in thing.items() if k != "kind"} for (p, _), thing in self.api.objects.items() if p == plural]
            body = {"kind": "List", "metadata": {"resourceVersion": str(self.api.version)}, "items": items}
        self.answer(200, {"Content-Type": "application/json"}, json.dumps(body).encode())

    def watch(self, plural: str, query: dict[str, str]) -> None:
        """Send a stream of events."""
        fault = self.api.next_fault(plural)
        if "sendInitialEvents" in query and not self.api.streams_lists:
            fault = Fault(422, message="sendInitialEvents is forbidden")
        if fault.status:
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            self.answer(fault.status, headers, status(fault.status, "Fault", fault.message))
            return
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.stream(plural, query, fault)

    def stream(self, plural: str, query: dict[str, str], fault: Fault) -> None:
        """Send the existing objects, then each change, until the fault, a drop or the client's end."""
        start, epoch = int(query.get("resourceVersion") or 0), self.api.epoch
        if "sendInitialEvents" in query:
            start = self.initial(plural)
        elif start < self.api.oldest:
            fault = Fault(then="expire")
        if fault.then:
            self.go_wrong(fault.then)
            return
        while self.api.epoch == epoch:
            start = self.tell(plural, start)
        self.close_connection = True

    def initial(self, plural: str) -> int:
        """Send the first list as events."""
        with self.api.changed:
            found, version = [thing for (p, _), thing in self.api.objects.items() if p == plural], self.api.version
        for thing in found:
            self.event("ADDED", thing)
        end = {"resourceVersion": str(version), "annotations": {"k8s.io/initial-events-end": "true"}}
        self.event("BOOKMARK", {"kind": "Pod", "metadata": end})
        return version

    def tell(self, plural: str, start: int) -> int:
        """Send the events after a version, waiting a moment for some."""
        with self.api.changed:
            news = [] if self.api.muted else [told for told in self.api.told if told[0] > start and told[1] == plural]
            if not news:
                self.api.changed.wait(0.05)
        for version, _, type_, thing in news:
            self.event(type_, thing)
            start = version
        return start

    def go_wrong(self, how: str) -> None:
        """Fail in the way the test wants."""
        if how == "expire":
            self.event("ERROR", json.loads(status(410, "Expired", "too old resource version")))
        elif how == "garbage":
            self.chunk(b'{"type": "ADDED", "object\n')
        if how != "cut":
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def event(self, type_: str, thing: dict[str, Any]) -> None:
        """Send one event in two chunks, as with a large one."""
        line = json.dumps({"type": type_, "object": thing}).encode() + b"\n"
        self.chunk(line[:7])
        self.chunk(line[7:])

    def chunk(self, data: bytes) -> None:
        """Send one HTTP chunk."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that disconnects is not an error."""


def status(code: int, reason: str, message: str) -> bytes:
    """A Status as the API server sends it."""
    return json.dumps({"kind": "Status", "code": code, "reason": reason, "message": message}).encode()


@contextmanager
def serving(api: FakeApi, port: int = 0) -> Iterator[FakeApi]:
    """Serve on a port of this machine, a free one by default."""
    handler = type("Handler", (_Handler,), {"api": api})
    api.server = _Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=api.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        api.drop()
        api.server.shutdown()
        api.server.server_close()
        thread.join()


def kubeconfig(folder: Path, server: str) -> Path:
    """A kubeconfig with one context, "fake"."""
    file = folder / "kubeconfig"
    file.write_text(
        json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "fake", "cluster": {"server": server}}],
                "users": [{"name": "me", "user": {"token": "secret"}}],
                "contexts": [{"name": "fake", "context": {"cluster": "fake", "user": "me"}}],
            }
        )
    )
    return file
