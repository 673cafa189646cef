"""One raw watch: events as they come, ended from any thread."""

import json
from collections.abc import Iterator
from contextlib import suppress

import urllib3

from kubelab.client.connection import BAD_REQUEST, FORBIDDEN, Connection, Query
from kubelab.client.objects import Object
from kubelab.client.refusals import status_of


class Rejected(Exception):  # noqa: N818  (an answer, judged by the watcher)
    """The server answered a request for a watch with an error. `retry_after` is in seconds, 0 where it named none."""

    def __init__(self, code: int, reason: str, message: str, retry_after: float = 0.0) -> None:
        super().__init__(f"{message} ({reason or code})")
        self.code, self.reason, self.message, self.retry_after = code, reason, message, retry_after


class WatchStream:
    """An open watch of one collection. Iterating yields raw events (`type`, `object`) until the server ends it.

    Opening raises Rejected for a 4xx or 5xx answer; reading raises urllib3's errors. The connection is never used for anything else.
    """

    def __init__(self, connection: Connection, path: str, query: Query, silence: float) -> None:
        self._response = _opened(connection, path, query, silence)

    def __iter__(self) -> Iterator[Object]:
        pending = b""
        try:
            for chunk in self._response.stream(amt=None):
                *lines, pending = (pending + chunk).split(b"\n")
                yield from (json.loads(line) for line in lines if line)
        finally:
            self._response.close()

    def close(self) -> None:
        """End the watch from any thread: the socket of a blocked read is shut, and its reader sees the end."""
        with suppress(ValueError, OSError):  # already at its end
            self._response.shutdown()


def _opened(connection: Connection, path: str, query: Query, silence: float) -> urllib3.BaseHTTPResponse:
    """The answer that will be read. What is forbidden is asked once more when the server says that it is ready."""
    try:
        return _tried(connection, path, query, silence)
    except Rejected as rejected:
        if not (rejected.code == FORBIDDEN and connection.is_ready_again(rejected.message)):
            raise
    return _tried(connection, path, query, silence)


def _tried(connection: Connection, path: str, query: Query, silence: float) -> urllib3.BaseHTTPResponse:
    response = connection.stream(path, query, silence)
    if response.status >= BAD_REQUEST:
        raise _rejected(response.status, response.read(), response.headers.get("Retry-After", ""))
    return response


def _rejected(code: int, body: bytes, retry_after: str) -> Rejected:
    status = status_of(body)
    message = str(status.get("message") or body.decode(errors="replace").strip()[:300])
    return Rejected(code, str(status.get("reason", "")), message, float(retry_after) if retry_after.isdigit() else 0.0)
